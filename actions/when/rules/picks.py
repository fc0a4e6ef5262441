"""Answers to "which one do you mean?": "either", "the second one", "the later one", "11"."""

from __future__ import annotations

from actions.when.nodes import Node
from actions.when.rules.grammar import Grammar
from actions.when.scene import Scene

picks = Grammar()
rule = picks.rule

_LED_IN = "^ fits/deny? comma?"


@rule("picks", f"{_LED_IN} which_one:which", f"{_LED_IN} ord:which $", f"{_LED_IN} ord:which =fits")
def by_place(which: str | int, nodes: list[Node], scene: Scene) -> str | None:
    """ "The second one"; "the 2nd" is a date, and "the second" the second of two."""
    if scene.context.asked != "reading" or (nodes[-1].kind == "ord" and not nodes[-1].text.isalpha()):
        return None
    return str(which)


@rule("word", "which_one")
def pointed_at() -> str:
    return "pick"


@rule("picks", f"{_LED_IN} later:way $", f"{_LED_IN} later:way num:one")
def by_time(way: str, scene: Scene, one: int = 1) -> str | None:
    return way if scene.context.asked == "reading" and one == 1 else None


@rule("picks", f"{_LED_IN} num:number $", f"{_LED_IN} num:number stop $", f"{_LED_IN} num:number =fits")
def by_number(number: int, scene: Scene) -> str | None:
    return str(number) if scene.context.asked == "reading" and 1 <= number <= 31 else None


@rule(
    "picks",
    f"{_LED_IN} indifferent",
    "^ either $",
    "^ either stop",
    "^ either fits",
    "^ both $",
    "^ both stop",
    "^ both fits",
)
def all_of_them(scene: Scene) -> str | None:
    return "all" if scene.context.asked == "reading" else None
