"""Numbers, days and months that belong to an address, a price or a measure: "12 March Road", "room 5", "20 pounds"."""

from __future__ import annotations

from dataclasses import replace

from actions.when.nodes import Node

_NOT_TIME = "word"
_DATES = frozenset({"num", "ord", "month", "weakmonth", "dmy", "clock"})
_REACH = 5
"""Nodes that the date of a street may take: "rue du 8 mai 1945"."""
_LITTLE = frozenset({"of", "the_day", "filler"})


def without_addresses(nodes: list[Node]) -> list[Node]:
    """The number of "12 High Street", "room 5" or "20 pounds" is not a time."""
    cleaned = list(nodes)
    for place, node in enumerate(nodes):
        if _names_a_street(nodes, place):
            cleaned[place - 1 : place + 2] = [
                replace(each, kind=_NOT_TIME) for each in nodes[place - 1 : place + 2]
            ]
        if node.kind in _DATES and _is_a_name_of_a_street(nodes, place):
            cleaned[place] = replace(node, kind=_NOT_TIME)
        if _is_a_code(nodes, place):
            cleaned[place : place + 2] = [replace(each, kind=_NOT_TIME) for each in nodes[place : place + 2]]
        if node.kind not in ("num", "ord", "dm", "dotted", "clock"):
            continue
        before = nodes[place - 1].kind if place else ""
        after = nodes[place + 1].kind if place + 1 < len(nodes) else ""
        numbered = before == "street_first" and after not in ("oclock", "half")
        numbered = numbered or (before == "unit_address" and after != "unit")
        told = after in ("money", "measure") or (numbered and node.kind in ("num", "dm"))
        told = told or (node.kind == "ord" and after == "unit_address")
        if told or _leads_to_street(nodes, place):
            cleaned[place] = Node(_NOT_TIME, None, node.start, node.end, node.text, node.glued)
    return cleaned


def _is_a_code(nodes: list[Node], place: int) -> bool:
    """The JUNE27 of "voucher code JUNE27"."""
    months = ("month", "weakmonth", "weekday")
    coded = nodes[place].kind in months and _kind_at(nodes, place - 1) == "unit_address"
    return coded and _kind_at(nodes, place + 1) in ("num", "ord") and nodes[place + 1].glued


def _kind_at(nodes: list[Node], place: int) -> str:
    return nodes[place].kind if 0 <= place < len(nodes) else ""


def _names_a_street(nodes: list[Node], place: int) -> bool:
    """The March of "12 March Road", the Friday of "10 Friday Street"; "12 March, close to noon" is a date."""
    if _kind_at(nodes, place) not in ("month", "weakmonth", "weekday", "weekday_plural", "relday"):
        return False
    return _kind_at(nodes, place - 1) in ("num", "ord") and _kind_at(nodes, place + 1) == "street"


def _is_a_name_of_a_street(nodes: list[Node], place: int) -> bool:
    """The date of "rue du 8 mai", where the kind of street stands first."""
    behind = reversed(nodes[max(place - _REACH, 0) : place])
    before = next((node for node in behind if node.kind not in _LITTLE and node.kind not in _DATES), None)
    return before is not None and before.kind in ("street_next", "street_first")


def _leads_to_street(nodes: list[Node], place: int) -> bool:
    if _kind_at(nodes, place + 1 + (_kind_at(nodes, place + 1) == "comma")) == "street_next":
        return True
    between = 0
    for number, node in enumerate(nodes[place + 1 : place + 5], start=place + 1):
        if node.kind == "street":
            named = between > 0 or " " in node.text or nodes[place].kind == "ord"
            return named or _kind_at(nodes, number + 1) == "street"  # "12 Park Road"
        if node.kind != _NOT_TIME:
            return False
        between += 1
    return False
