"""What only greets or picks, before the clocks take it for a time: "good morning", "the first one"."""

from __future__ import annotations

from actions.when.nodes import Node
from actions.when.rules.grammar import Grammar
from actions.when.scene import Scene
from actions.when.words.vocabulary import Daypart

greetings = Grammar()
rule = greetings.rule


@rule(
    "word",
    "ord/rank pick",
    "ord/rank slot !weekday !relday !on !of !in !weekend !next !this !daypart !month !ord",
    "ord num:one !num !half !oclock",
    "ord soonest",
)
def picked(one: int = 1) -> str | None:
    """ "The second one" picks from a list."""
    return "pick" if one == 1 else None


@rule("word", "greeting daypart")
def greeting() -> str:
    return "greeting"


@rule("word", "^ daypart:part comma/stop")
def greeting_at_the_beginning(part: Daypart, nodes: list[Node], scene: Scene) -> str | None:
    """ "Morning, can I book …" unless a time was asked for."""
    if scene.context.asked in ("time", "reading", "day", "slot") or nodes[0].text.endswith("s"):
        return None
    if scene.greets and nodes[0].text not in scene.greets:
        return None
    return "greeting" if part.name in ("morning", "afternoon", "evening") else None
