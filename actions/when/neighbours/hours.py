"""The word for an hour that is also o'clock: "à 3 heures", "pendant 3 heures", "dans 3 heures".

A table with such a word gives it the kind `hour`, with the value `length` where a clock needs no such word. Whether
a time or a length of time is meant depends on what stands before and after, so it is settled here, before the
grammar, which knows the two apart.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from actions.when.amount import Amount
from actions.when.nodes import Clock, Node
from actions.when.scene import Scene

_MARKS_A_LENGTH = frozenset({"in", "within", "ago", "every"})
_FOLLOWS_A_LENGTH = frozenset({"later", "from_now", "direction", "before", "ago", "last", "next", "coming"})
_MARKS_A_TIME = frozenset(
    "at to around before after since by between past starting soonest at_latest target origin make_it remake".split()
)
_BESIDE_A_TIME = frozenset(
    "weekday weekday_plural relday ord month weakmonth iso dmy dm tonight instead daypart not except".split()
)
_FOLLOWS_A_TIME = frozenset(
    "weekday relday daypart half tonight this onwards at_latest instead around the_day".split()
)
_JOINS = frozenset({"or", "and", "comma", "to", "else"})
_SMALL = 7
"""A number below it may be a length as well as a time: "2 heures"; "15 heures" is a time unless marked."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A number of hours in the text, the nodes it takes and the minutes behind it."""

    hours: int
    minutes: int
    past: bool
    """The minutes were told as a share, "et demie", where that makes it a time; "dos horas y media" is a length."""
    length: int
    short: bool
    """Written with the letter alone: "15h"."""
    one: bool
    """ "Une heure": the number is also the article."""


def hours_told_apart(nodes: list[Node], scene: Scene) -> list[Node]:
    if not any(node.kind == "hour" or _is_short(node, scene) for node in nodes):
        return nodes
    in_parts = any(node.kind in ("daypart", "tonight", "half") for node in nodes)
    out: list[Node] = []
    place = 0
    while place < len(nodes):
        said = _said(nodes, place, scene)
        if said is None:
            node = nodes[place]
            out.append(replace(node, kind="unit", value="hour") if node.kind == "hour" else node)
            place += 1
            continue
        matched, following = nodes[place : place + said.length], nodes[place + said.length :]
        is_time = _is_time(said, out, following, scene)
        told = _time(said, in_parts=in_parts) if is_time else _length(said, matched, following)
        if told is None:
            out += [replace(n, kind="unit", value="hour") if n.kind == "hour" else n for n in matched]
        else:
            kind, value = told
            text = " ".join(node.text for node in matched)
            out.append(Node(kind, value, matched[0].start, matched[-1].end, text, matched[0].glued))
        place += said.length
    return out


def _is_short(node: Node, scene: Scene) -> bool:
    """15h30, where hours are written so."""
    return scene.marked_hours and node.kind == "clock" and "h" in node.text


def _said(nodes: list[Node], place: int, scene: Scene) -> _Said | None:
    node = nodes[place]
    if _is_short(node, scene):
        return _Said(node.value.minutes // 60, node.value.minutes % 60, False, 1, short=True, one=False)
    if place + 1 < len(nodes) and nodes[place + 1].kind == "hour":
        if node.kind == "dotted":
            return _with_a_point(node)
        if node.kind == "num" and len(node.text) == 4 and node.text.isdigit():
            return _in_four_figures(node)
    hours, length = _number(nodes, place)
    if node.kind == "a":
        hours, length = node.value, 1
    if length == 0 or place + length >= len(nodes) or nodes[place + length].kind != "hour":
        return None
    word = nodes[place + length]
    minutes, more = _minutes(nodes, place + length + 1)
    share = more == 1 and nodes[place + length + 1].kind == "minutes_behind" and word.value != "length"
    return _Said(hours, minutes, share, length + 1 + more, len(word.text) == 1, node.kind == "a")


def _with_a_point(node: Node) -> _Said | None:
    """ "14.30 uur"; "1.5 uur" is a length."""
    hours, minutes = node.value
    clock = len(node.text.rpartition(".")[2]) == 2 and minutes < 60
    return _Said(hours, minutes, past=True, length=2, short=False, one=False) if clock else None


def _in_four_figures(node: Node) -> _Said | None:
    """ "A las 1500 horas"."""
    hours, minutes = divmod(node.value, 100)
    clock = hours < 24 and minutes < 60
    return _Said(hours, minutes, past=True, length=2, short=False, one=False) if clock else None


def _number(nodes: list[Node], place: int) -> tuple[int, int]:
    """The number at this place and how many nodes it takes, 0 where there is none."""
    kinds = [node.kind for node in nodes[place : place + 2]]
    if kinds == ["tens", "num"] and nodes[place + 1].value < 10:
        return nodes[place].value + nodes[place + 1].value, 2
    return (nodes[place].value, 1) if kinds[:1] in (["num"], ["tens"]) else (0, 0)


def _minutes(nodes: list[Node], place: int) -> tuple[int, int]:
    """The minutes behind the hour, below zero where they are taken off it, and how many nodes they take."""
    kind = nodes[place].kind if place < len(nodes) else ""
    if kind == "minutes_behind":
        return nodes[place].value, 1
    first = place + (kind == "minus")
    minutes, length = _number(nodes, first) if first < len(nodes) else (0, 0)
    if not length or minutes > 59 or (kind != "minus" and nodes[first].text.isdigit() and minutes < 10):
        return 0, 0
    after = nodes[first + length].kind if first + length < len(nodes) else ""
    if after in ("unit", "hour", "people", "money", "month", "weakmonth"):
        return 0, 0
    return (-minutes, length + 1) if kind == "minus" else (minutes, length)


def _is_time(said: _Said, before: list[Node], following: list[Node], scene: Scene) -> bool:
    left = next((node for node in reversed(before) if node.kind not in ("the_day", "the_hour")), None)
    left_kind, right = left.kind if left else "", following[0].kind if following else ""
    joined = left_kind in _JOINS and len(before) > 1 and before[-2].kind == "clock"
    if left_kind == "within" and left and left.value == "by" and _SMALL <= said.hours < 24:
        return True  # "d'ici 17h"
    if said.hours > 24 or left_kind in _MARKS_A_LENGTH or (left and left.value in ("long", "in")):
        return False
    if left_kind in _MARKS_A_TIME or joined or _is_of_a_day(following):
        return True
    if right in _FOLLOWS_A_LENGTH or right == "unit" or said.hours == 24:
        return False
    if left_kind in _JOINS and any(node.kind == "between" for node in before):
        return True
    if said.one:
        return scene.context.asked == "time" and not before
    if left_kind not in ("of", "for") and said.past:
        return True
    if said.hours >= _SMALL or left_kind in _BESIDE_A_TIME or _is_range(following):
        return True
    return left_kind not in ("of", "for") and (right in _FOLLOWS_A_TIME or scene.context.asked == "time")


def _is_of_a_day(following: list[Node]) -> bool:
    """ "8 heures du soir", "une heure de l'après-midi"."""
    kinds = [node.kind for node in following if node.kind not in ("the_day", "the_hour", "to")][:2]
    return kinds[:1] == ["half"] or kinds == ["of", "daypart"]


def _is_range(following: list[Node]) -> bool:
    """ "De 2h à 4h"."""
    kinds = [node.kind for node in following[:3]]
    return kinds[:1] == ["to"] and ("hour" in kinds[1:] or kinds[1:2] == ["clock"])


def _time(said: _Said, *, in_parts: bool) -> tuple[str, Clock]:
    """ "8h" is in the morning unless a part of the day is named anywhere; "8 heures" and "3h" may be either."""
    either = 1 <= said.hours < (_SMALL if said.short and not in_parts else 13)
    minutes = said.hours % 24 * 60 + said.minutes
    if either:
        return "clock", Clock(minutes % 720 or 720, either=True)
    return "clock", Clock(minutes % 1440)


def _length(said: _Said, matched: list[Node], following: list[Node]) -> tuple[str, Amount] | None:
    if said.minutes < 0 or (matched[-1].kind == "hour" and following and following[0].kind == "num"):
        return None
    parts: tuple[tuple[float, str], ...] = ((said.hours, "hour"),)
    if said.minutes:
        parts += ((said.minutes, "minute"),)
    return "amount", Amount(parts, by_article=said.one and not said.minutes)
