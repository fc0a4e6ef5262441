"""The small signs of a date: "Oct-22", "21 Dec. to 6 Jan.", and the article of "the 27"."""

from __future__ import annotations

from dataclasses import replace

from actions.when.nodes import Node

_MONTHS = ("month", "weakmonth")
_END = Node("stop", None, 0, 0, "")
_BEHIND_A_DATE = frozenset(
    "stop comma or and to by at on for of clock clockword daypart else but around after before between since from "
    "month weakmonth".split()
)
_LAST_HOUR = 12


def dated(nodes: list[Node], articles: frozenset[str]) -> list[Node]:
    """ "The 27" is a date, "the 3 of us" and "the 2 chairs" are not."""
    if not articles:
        return nodes
    out: list[Node] = []
    for place, node in enumerate(nodes):
        after = next((n for n in nodes[place + 1 : place + 4] if n.kind != "filler"), _END)
        is_date = (
            out
            and out[-1].text in articles
            and node.kind == "num"
            and node.text.isdigit()
            and 1 <= node.value <= 31
            and (after.kind in _BEHIND_A_DATE or (after.kind == "word" and node.value > _LAST_HOUR))
        )
        out.append(replace(node, kind="dated") if is_date else node)
    return out


def untied(nodes: list[Node]) -> list[Node]:
    """ "Oct-22", "22/Oct", "Oct. 22": the sign is part of the date."""
    kept: list[Node] = []
    for place, node in enumerate(nodes):
        if not (node.text in ("-", "/", ".") and node.glued and _ties(kept[-2:], node, nodes[place + 1 :])):
            kept.append(node)
    return kept


def _ties(before: list[Node], tie: Node, after: list[Node]) -> bool:
    """Not the one of "5 Oct-7 Nov"."""
    if not before or not after:
        return False
    left, right, beyond = before[-1], after[0], after[1].kind if len(after) > 1 else ""
    if left.kind in _MONTHS and right.kind in ("num", "ord"):
        dotted = tie.text == "." and (len(left.text) < 5 or beyond in ("", "stop"))
        return (right.glued or dotted) and beyond not in _MONTHS
    if right.kind == "num" and right.glued and len(right.text) == 4:
        return left.kind in ("num", "ord") and before[0].kind in _MONTHS and 1900 <= right.value <= 2200
    if left.kind == "num" and right.kind in _MONTHS:
        alone = len(before) == 1 or before[0].kind not in _MONTHS
        dotted = tie.text == "." and right.kind == "month" and left.value <= 31
        return (right.glued or dotted) and alone and (beyond not in ("num", "ord") or len(after[1].text) == 4)
    return False


def without_points(nodes: list[Node]) -> list[Node]:
    """The full stop of "21 Dec. to 6 Jan." ends no sentence."""
    out: list[Node] = []
    for place, node in enumerate(nodes):
        after = nodes[place + 1].kind if place + 1 < len(nodes) else ""
        shortened = out and out[-1].kind in ("month", "weakmonth", "weekday") and len(out[-1].text) < 5
        if not (
            shortened and node.text == "." and after in ("of", "to", "by", "and", "num", "ord", "at", "comma")
        ):
            out.append(node)
    return out
