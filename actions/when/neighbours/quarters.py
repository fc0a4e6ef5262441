"""The "and" of "two and a quarter hours" is one with the share; that of "2 and half past 3" joins two times."""

from __future__ import annotations

from dataclasses import replace

from actions.when.nodes import Node


def quarters_apart(nodes: list[Node]) -> list[Node]:
    out: list[Node] = []
    place = 0
    while place < len(nodes):
        node = nodes[place]
        sign = _side(nodes, place) if node.kind == "and_a_half" and " " in node.text else 0
        if not sign:
            out.append(node)
            place += 1
            continue
        cut = node.start + node.text.index(" ")
        named = nodes[place + 1].kind in ("to", "past")
        end = nodes[place + 1].end if named else node.end
        out.append(replace(node, kind="and", value="", end=cut))
        out.append(Node("quarter", sign * round(60 * node.value), cut + 1, end, node.text))
        place += 1 + named
    return out


def _side(nodes: list[Node], place: int) -> int:
    """1 where the share is told past the hour that follows, -1 before it, 0 where it belongs to an amount."""
    after, behind = (nodes[n].kind if n < len(nodes) else "" for n in (place + 1, place + 2))
    if after in ("to", "past"):
        return -1 if after == "to" else 1
    is_half = nodes[place].text.split()[1:] == ["half"]
    between = any(node.kind == "between" for node in nodes[:place])
    return int(is_half and between and after == "num" and behind != "unit")  # "between 8 and half 10"
