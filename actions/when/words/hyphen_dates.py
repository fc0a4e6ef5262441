"""Day and month tied by a hyphen, where that is how dates are written: "3-4" is the 3rd of April, or three to four."""

from __future__ import annotations

from actions.when.nodes import Node

_LEADING_TO_HOURS = frozenset({"at", "from", "of", "between", "since", "weekday", "relday", "daypart"})
_HOURS = frozenset({"hour", "oclock", "half", "daypart"})


def with_hyphen_dates(nodes: list[Node]) -> list[Node]:
    """ "3-4" and "op 11-6" are dates; "9-11 uur", "tussen 9-11" and "vrijdag 9-11" are hours."""
    out: list[Node] = []
    place = 0
    while place < len(nodes):
        date = _date(nodes[place : place + 3])
        if date and not _are_hours(out[-1:], nodes[place + 3 :]):
            out.append(date)
            place += 3
        else:
            out.append(nodes[place])
            place += 1
    return out


def _date(row: list[Node]) -> Node | None:
    if [node.kind for node in row[::2]] != ["num", "num"] or row[1].text != "-":
        return None
    day, month = row[0].value, row[2].value
    if not (row[1].glued and row[2].glued and 1 <= day <= 31 and 1 <= month <= 12):
        return None
    text = f"{row[0].text}-{row[2].text}"
    return Node("dm", (day, month), row[0].start, row[2].end, text, row[0].glued)


def _are_hours(before: list[Node], after: list[Node]) -> bool:
    led = any(node.kind in _LEADING_TO_HOURS for node in before)
    return led or any(node.kind in _HOURS for node in after[:1])
