"""Days of the week that are named by number: "a segunda terça de julho" is the second Tuesday, "2ª" is Monday.

Where a language counts its days, its table says in `numbered_days` which number each one's name is.
"""

from __future__ import annotations

from dataclasses import replace

from actions.when.nodes import Node

_FIRST = 2
"""Monday is the second day where days are numbered."""
_COUNTED = frozenset({"unit", "word", "pick", "slot", "month", "unit_address", "people", "weekday"})
_LITTLE = frozenset({"of", "to", "the_day", "the_hour", "filler"})


def with_numbered_days(nodes: list[Node], numbers: dict[str, int]) -> list[Node]:
    if not numbers:
        return nodes
    return [_read(node, nodes[place + 1 : place + 6], numbers) for place, node in enumerate(nodes)]


def _read(node: Node, after: list[Node], numbers: dict[str, int]) -> Node:
    following = next((each for each in after if each.kind != "filler"), None)
    if node.kind == "weekday" and node.text in numbers and following and _is_of_a_month(following, after):
        return replace(node, kind="ord", value=numbers[node.text])
    signed = node.kind == "ord" and node.text[:-1].isdigit() and node.text.endswith("a")
    if signed and node.value in numbers.values() and not (following and following.kind in _COUNTED):
        return replace(node, kind="weekday", value=node.value - _FIRST)
    return node


def _is_of_a_month(following: Node, after: list[Node]) -> bool:
    """The Tuesday or week behind the number is that of a month."""
    if following.kind != "weekday" and not (
        following.kind == "unit" and following.value in ("week", "fortnight")
    ):
        return False
    behind = after[after.index(following) + 1 :]
    if not behind or behind[0].kind != "of":
        return False
    month = next((each for each in behind if each.kind not in _LITTLE), None)
    named = month is not None and month.kind in ("month", "weakmonth", "this", "next", "coming")
    return named or (month is not None and month.kind == "unit" and month.value == "month")
