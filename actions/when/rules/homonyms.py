"""Words of time with two meanings, told apart by their neighbours before anything else is read."""

from __future__ import annotations

from actions.when.grammar import Grammar, Scene
from actions.when.lexicon import Daypart
from actions.when.nodes import Node

homonyms = Grammar()
rule = homonyms.rule


@rule("word", "greeting morrow", "^ morrow:said stop")
def good_morning(nodes: list[Node], scene: Scene, said: Daypart | None = None) -> str | None:
    """ "Guten Morgen", "Morgen!"; but "Morgen." answers the question for a day."""
    if said and (nodes[-1].text != "!" or scene.context.asked in ("day", "time", "slot")):
        return None
    return "greeting"


@rule("daypart", "<=weekday/weekday_plural/relday/this/every morrow:part")
def morning_of_a_day(part: Daypart) -> Daypart:
    """ "Freitag Morgen", "heute Morgen"."""
    return part


@rule("relday", "morrow")
def tomorrow() -> int:
    return 1


@rule(
    "weekday",
    "<=on weakday:day",
    "weakday:day (?= comma? dmy/dm/dotted/ord )",
    "weakday:day (?= or/and/to/comma/by weekday )",
    "(?<= weekday or/and/to/comma/by ) weakday:day",
    "weakday:day =daypart",
)
def short_weekday(day: int) -> int:
    """ "Am So", "So 27.2."; alone the word is an everyday one."""
    return day
