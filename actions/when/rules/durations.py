"""Amounts as lengths: "for half an hour", "a 45 minute slot", "all day", and any amount that says nothing else."""

from __future__ import annotations

from actions.when.amount import Amount
from actions.when.amount import amount as amount_of
from actions.when.nodes import Clock, Node
from actions.when.rules.grammar import Grammar

durations = Grammar()
leftovers = Grammar()
"""Amounts that no other rule has made use of."""


@durations.rule("word", "have_been word/a/poss/at/in/on* for amount")
def lasted() -> str:
    """ "I've been growing it for two years"."""
    return "told"


@durations.rule(
    "duration",
    "slot of amount:amount",
    "for within/at_most/more_than/around? amount:amount !from_now !later !ago !time",
    "amount:amount =slot",
    "slot/word of amount:amount",
    "amount:amount =pick",
)
def lasting(amount: Amount, nodes: list[Node]) -> int | None:
    if nodes[0].kind == "word" and not amount.by_clock:  # "une fille de 5 ans"
        return None
    return amount.seconds


@durations.rule(
    "duration", "<=remake amount:amount !later !after_that !direction !from_now !after !since !before"
)
def of_a_new_length(amount: Amount) -> int | None:
    """ "Make it an hour"."""
    return amount.seconds if amount.by_clock else None


@durations.rule("word", "late amount", "amount late")
def late_by() -> str:
    """ "En retard de dix minutes"."""
    return "late"


@durations.rule("duration", "for a? whole to? unit:unit", "whole unit:unit =slot")
def the_whole(unit: str) -> int | None:
    found = amount_of(1, unit)
    return found.seconds if found else None


@durations.rule("anytime", "whole to? unit:unit")
def all_day(unit: str) -> str | None:
    """ "I'm free all day"."""
    return "time" if unit == "day" else None


@durations.rule("duration", "for at? clock:clock !half !oclock")
def hours_with_an_h(clock: Clock, nodes: list[Node]) -> int | None:
    """ "For 1h30"."""
    return clock.minutes * 60 if "h" in nodes[-1].text and clock.minutes < 8 * 60 else None


@leftovers.rule("duration", "at_most/more_than around? amount:amount")
def about_as_long(amount: Amount) -> int | None:
    return amount.seconds if amount.by_clock else None


@leftovers.rule("duration", "^ around? amount:amount around? $")
def only_an_amount(amount: Amount) -> int:
    return amount.seconds


@leftovers.rule(
    "duration",
    "<!num <!money amount:amount =word",
    "<!num <!money amount:amount (?= on? day )",
    "<=day amount:amount",
)
def an_hour(amount: Amount) -> int | None:
    """ "An hour with Sam", "an hour on Friday"; not "20 an hour"."""
    number, unit = amount.parts[0]
    return amount.seconds if unit == "hour" and number < 24 else None


@leftovers.rule("word", "at:way amount")
def that_far(way: str | None) -> str | None:
    """ "À dix minutes de chez vous", where the word for "at" is also "to"."""
    return "far" if way == "at" else None


@leftovers.rule("duration", "amount:amount")
def amount_left(amount: Amount) -> int | None:
    """ "Two hours" is a length; "an hour" may be part of anything, and so may "3 weeks" ("3 weeks' notice")."""
    if amount.parts == ((24, "hour"),):
        return None  # a 24 hour service
    return amount.seconds if amount.is_measured or (amount.by_clock and not amount.by_article) else None
