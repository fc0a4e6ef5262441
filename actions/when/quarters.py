"""The "and" of "two and a quarter hours" is one with the share; that of "2 and half past 3" joins two times."""

from __future__ import annotations

from dataclasses import replace

from actions.when.nodes import Node


def quarters_apart(nodes: list[Node]) -> list[Node]:
    out: list[Node] = []
    past = 0
    for place, node in enumerate(nodes):
        after = nodes[place + 1].kind if place + 1 < len(nodes) else ""
        if node.kind == "and_a_half" and " " in node.text and after in ("to", "past"):
            past = round(60 * node.value) * (-1 if after == "to" else 1)
            cut = node.start + node.text.index(" ")
            out.append(replace(node, kind="and", value="", end=cut))
        elif past:
            out.append(Node("quarter", past, cut + 1, node.end, node.text))
            past = 0
        else:
            out.append(node)
    return out
