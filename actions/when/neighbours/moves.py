"""Prepositions of a visit that moves: "from" what is moved, "to" where it goes."""

from __future__ import annotations

from dataclasses import replace

from actions.when.nodes import Node


def marked_moves(nodes: list[Node]) -> list[Node]:
    """After "move", "from" and "to" say what is moved where, and are no range; after "swap", "for" does.

    Where the verb comes last ("Freitag gegen Samstag tauschen"), the word that may mean "for" has that value.
    """
    marked, moving, moved, swapping = [], False, False, False
    swaps = any(node.kind == "swap" for node in nodes)
    moves = any(node.kind in ("move", "swap", "held", "slot", "from") for node in nodes)
    for place, node in enumerate(nodes):
        if node.kind in ("move", "swap"):
            moving, swapping = True, node.kind == "swap"
        elif moving and node.kind == "since" and node.text == "from":
            node = replace(node, kind="origin")
        elif moved and node.kind == "since" and node.text == "from" and _is_day(nodes, place + 1):
            node = replace(node, kind="origin")
        elif moving and _is_target(nodes, place, swapping):
            node, moving, moved = replace(node, kind="target"), False, True
        elif node.kind == "target" and not moves:
            node = replace(node, kind="on")
        elif swaps and node.kind == "around" and node.value == "for":
            node = replace(node, kind="target")
        marked.append(node)
    return marked


def _is_target(nodes: list[Node], place: int, swapping: bool) -> bool:
    node = nodes[place]
    if node.kind == "for":
        return swapping or _says_whereto(nodes, place)
    return node.kind == "to" and node.text == "to"


def _says_whereto(nodes: list[Node], place: int) -> bool:
    """ "Reschedule tomorrow's visit for next week"; but "move my visit for Friday to Monday"."""
    said = any(_is_day(nodes, before) for before in range(place))
    leads = _is_day(nodes, place + 1) or any(
        n.kind in ("next", "this", "coming") for n in nodes[place + 1 : place + 2]
    )
    return said and leads and not any(node.kind == "to" for node in nodes[place:])


def _is_day(nodes: list[Node], place: int) -> bool:
    """ "Swap to the 12th from the 11th"; but "move it to Friday from 3" is a bound."""
    return place < len(nodes) and nodes[place].kind in (
        "ord",
        "weekday",
        "relday",
        "month",
        "holiday",
        "dm",
        "iso",
        "dmy",
    )
