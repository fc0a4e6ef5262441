"""A message in a language without a table: its own figures, dateparser's words, and nothing where that is not all.

The grammar is the same as for every language, so "3 mei 15:00 - 17:00" is read as "3 May 15:00 - 17:00" is. But nobody
has told it this language's words for "not", "before" or "half past", so a message counts only as a whole: any
figure or word of time that is left over, two days of which nobody said "or", or a date that dateparser reads
differently, and nothing is understood. Asking is better than half a wish.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from actions.when.calendar.arithmetic import plus_months
from actions.when.foreign.dateparser_leaf import agrees
from actions.when.foreign.words import MONTHS_AHEAD, SHORT, UNREAD, ForeignWords, foreign_words
from actions.when.nodes import Day, Node
from actions.when.reading.clauses import Heard
from actions.when.reading.read import read
from actions.when.reduce import reduced
from actions.when.scene import Scene
from actions.when.words.scan import scan

_DAY = timedelta(days=1)
_UNDERSTOOD = frozenset({"day", "span", "dayspan", "picks"})
_BETWEEN = frozenset({"or", "comma", "stop"})
_FIGURES = frozenset({"num", "clock", "dm", "dmy", "iso", "dotted", "ord", "half"})
"""Beside one of these an abbreviation is a name: "vr 15:00", not "zo"."""
_COMPANY = frozenset({"at", "oclock", "around", "half", "daypart", "month", SHORT, "or"})
"""What makes a number more than a number: "Friday 15" may be a date or an hour."""


def heard_abroad(text: str, code: str, scene: Scene) -> Heard:
    words = foreign_words(code)
    nodes = _with_counted_days(scan(text, words.lexicon), text, words, scene)
    nodes = [_named(nodes, place, words, scene) for place in range(len(nodes))]
    nodes = reduced(nodes, scene, lambda node: _confirmed(node, text, words, scene))
    return read(nodes) if _is_whole(nodes, words) else Heard()


def _with_counted_days(nodes: list[Node], text: str, words: ForeignWords, scene: Scene) -> list[Node]:
    lower = text.lower()
    if len(lower) != len(text):
        return nodes
    for pattern, length in words.counted:
        for match in pattern.finditer(lower):
            first, last = match.span()
            start = scene.now.date() + int(match[1]) * length * _DAY
            day = Node("day", Day(start=start, end=start + _DAY), first, last, match[0])
            before = [node for node in nodes if node.end <= first]
            nodes = [*before, day, *(node for node in nodes if node.start >= last)]
    return nodes


def _named(nodes: list[Node], place: int, words: ForeignWords, scene: Scene) -> Node:
    """The node, or that it is not to be read, by what stands beside it."""
    node, before = nodes[place], {other.kind for other in nodes[max(0, place - 1) : place]}
    beside = before | {other.kind for other in nodes[place + 1 : place + 2]}
    if node.kind == SHORT and beside & _FIGURES:
        kind, value = node.value
        return replace(node, kind=kind, value=value)
    if node.kind == MONTHS_AHEAD:
        month = plus_months(scene.now.date().replace(day=1), node.value)
        return replace(node, kind="period", value=Day(month=month.month, year=month.year))
    is_doubtful = (
        node.kind == SHORT
        or (node.kind == "word" and words.hides_in(node.text))
        or (node.kind == "num" and scene.context.asked not in ("time", "reading") and not beside & _COMPANY)
        or (node.kind == "dotted" and "at" not in before and _is_clock_or_date(node))
    )
    return replace(node, kind=UNREAD) if is_doubtful else node


def _is_clock_or_date(node: Node) -> bool:
    """10.10 is ten past ten and the 10th of October; 15.30 and 24.12. are not both."""
    _, second = node.value
    return second in (5, 10) and not node.text.endswith(".")


def _confirmed(node: Node, text: str, words: ForeignWords, scene: Scene) -> Node:
    """Dates in figures alone are ours; those with a name in them dateparser has to read likewise."""
    span = text[node.start : node.end]
    if node.kind != "day" or not any(letter.isalpha() for letter in span):
        return node
    day: Day = node.value
    plain = replace(day, weekday=None)
    if words.language and agrees(span, plain, scene.now, words.language, day_first=scene.day_first):
        return node
    return replace(node, kind=UNREAD)


def _is_whole(nodes: list[Node], words: ForeignWords) -> bool:
    """Nothing of time is left over, and where two days or two clocks were said, so was "or"."""
    kinds = [*(node.kind for node in nodes), ""]
    left = (
        {kind for kind, after in pairwise(kinds) if (kind, after) != ("at", "span")} - _UNDERSTOOD - _BETWEEN
    )
    alternatives = 1 + kinds.count("or")
    days, clocks = (sum(kinds.count(kind) for kind in ("dayspan", name)) for name in ("day", "span"))
    if (
        days > alternatives
        or clocks > alternatives
        or (alternatives > 1 and alternatives not in (days, clocks))
    ):
        return False
    if any(_is_long(node) for node in nodes):
        return not left and not clocks
    return left <= ({"word"} if words.has_sentences else set())


def _is_long(node: Node) -> bool:
    """A month: among other words it may be a name, and a clock beside it belongs to a day that was not read."""
    return node.kind == "day" and node.value.is_wide and node.value.week is None
