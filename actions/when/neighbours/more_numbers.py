"""Numbers that are times because a time stands beside them: "at 3 or 4", "Sat 10 or 11", "at 2 … no wait, 3"."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from actions.when.nodes import Clock, Node
from actions.when.rules.clocks import figures
from actions.when.scene import Scene

_JOINING = ("or", "comma", "deny", "else", "so")
_PASSED = ("stop", "and")
"""May stand beside what joins: "at 2 ... no wait 3", "at 2 and if not 4"."""
_COUNTED = ("unit", "amount", "people", "word", "month", "weakmonth", "ord")


def more_numbers(nodes: list[Node], scene: Scene) -> list[Node]:
    out = list(nodes)
    for place, node in enumerate(out):
        if node.kind == "num" and not _is_counted(out, place):
            before = _joined_before(out, place)
            clock = figures(node) if before is not None else None
            if before is not None and clock and (out[before].kind == "clock" or _is_hour(out, before, scene)):
                out[place] = replace(node, kind="clock", value=clock)
    for place in range(len(out) - 3, -1, -1):
        node, link, after = out[place : place + 3]
        dated = place > 0 and out[place - 1].kind in ("month", "weakmonth", "on")
        if node.kind == "num" and after.kind == "clock" and link.kind in ("or", "and", "comma") and not dated:
            clock = figures(node)
            out[place] = replace(node, kind="clock", value=clock) if clock else node
    return out


def _is_counted(nodes: list[Node], place: int) -> bool:
    return place + 1 < len(nodes) and nodes[place + 1].kind in _COUNTED


def _joined_before(nodes: list[Node], place: int) -> int | None:
    """Where that stands which this number is joined to."""
    links = []
    while place > 0 and nodes[place - 1].kind in (*_JOINING, *_PASSED):
        place -= 1
        links.append(nodes[place].kind)
    if "so" in links:
        return next((p for p in range(place - 1, -1, -1) if nodes[p].kind == "clock"), None)
    joined = any(kind in _JOINING for kind in links) and ("stop" not in links or "deny" in links)
    return place - 1 if joined and place else None


def _is_hour(nodes: list[Node], place: int, scene: Scene) -> bool:
    """The 10 of "Sat 10 or 11", unless that Saturday is the 10th."""
    if place < 1 or nodes[place].kind != "num" or nodes[place - 1].kind != "weekday":
        return False
    today, number = scene.now.date(), nodes[place].value
    coming = today + timedelta(days=(nodes[place - 1].value - today.weekday()) % 7)
    near = (coming.day, (coming + timedelta(days=7)).day)
    clock: Clock | None = figures(nodes[place])
    return clock is not None and clock.either and number not in near
