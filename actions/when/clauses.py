"""Nodes in a row to clauses: which day goes with which time, what is an alternative, what is ruled out, what is moved.

A clause has at most one day and one window. "Or" begins another clause, and so does a second day or a second time;
clauses that are linked borrow from each other what they lack ("Friday or Saturday morning").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from actions.when.constraint import Recurrence, Shift
from actions.when.nodes import Day, Node, Span

_POSITIVE, _NOT, _EXCEPT, _SOURCE = "", "not", "except", "source"
_REACH_OF_NOT = 3
"""Words that may stand between "not" and the day it rules out: "not able to come on Friday"."""


@dataclass(slots=True)
class Clause:
    day: Day | None = None
    within: Day | None = None
    """The wider period that the day was said in: "December … the 3rd"."""
    span: Span | None = None
    part: Span | None = None
    moment: Shift | None = None
    """An amount of time from now."""
    mode: str = _POSITIVE
    link: str | None = None
    """How it follows the clause before: or, else, and, comma."""
    time_first: bool = False
    same_time: bool = False
    same_day: bool = False
    next_day: bool = False

    @property
    def has_day(self) -> bool:
        return self.day is not None or self.same_day or self.next_day

    @property
    def has_time(self) -> bool:
        return self.span is not None or self.part is not None or self.same_time

    @property
    def empty(self) -> bool:
        return not (self.has_day or self.has_time or self.moment)


@dataclass(slots=True)
class Heard:
    """Everything that one message says about time."""

    clauses: list[Clause] = field(default_factory=list)
    shift: Shift | None = None
    duration: int | None = None
    recurrence: Recurrence | None = None
    order: str | None = None
    free: str | None = None
    corrects: bool = False
    spans: list[tuple[int, int]] = field(default_factory=list)


class _Reader:
    def __init__(self) -> None:
        self.heard = Heard()
        self.current = Clause()
        self.mode = _POSITIVE
        self.link: str | None = None
        self.afresh = False
        """A correction was announced: the next day or time replaces the one before."""
        self.moving = False
        """"To" was heard after "move"."""
        self.words = self.apart = 0
        """Words without time since the last thing understood."""

    def close(self) -> None:
        if not self.current.empty:
            self.heard.clauses.append(self.current)
        self.current = Clause(mode=self.mode, link=self.link)

    def turn(self, mode: str) -> None:
        self.mode = mode
        self.close()

    # What holds clauses together or apart

    def connect(self, node: Node) -> None:
        if node.kind == "comma" and (self.mode == _NOT or (self.mode == _SOURCE and not self.current.empty)):
            self.turn(_POSITIVE)
        self.link = "else" if "else" in (self.link, node.kind) else "or" if "or" in (self.link, node.kind) else node.kind
        if node.kind in ("or", "else"):
            self.close()

    def rule_out(self, node: Node) -> None:
        self.turn(_NOT if node.kind == "not" else _EXCEPT)
        self.link, self.words = None, 0

    def replace_by(self, node: Node) -> None:
        self.heard.corrects = True
        self.turn(_SOURCE)

    def end_of_sentence(self, node: Node) -> None:
        if self.mode != _POSITIVE:
            self.turn(_POSITIVE)
        self.link = None

    def unsuitable(self, node: Node) -> None:
        if self.current.empty and self.heard.clauses:
            self.heard.clauses[-1].mode = _NOT
        self.current.mode = _NOT
        self.turn(_POSITIVE)

    def correct(self, node: Node) -> None:
        self.heard.corrects = self.afresh = True
        if self.mode != _POSITIVE and not self.current.empty:
            self.turn(_POSITIVE)

    def correct_behind(self, node: Node) -> None:
        self.heard.corrects = True

    def move_from(self, node: Node) -> None:
        self.turn(_SOURCE)

    def move_to(self, node: Node) -> None:
        """What was said before "to" is moved, if a day or time follows at once."""
        self.moving = not self.current.empty

    def word(self, node: Node) -> None:
        self.moving = False
        self.words += 1
        if self.mode == _NOT and self.current.empty and self.words > _REACH_OF_NOT:
            self.mode = self.current.mode = _POSITIVE
        if self.mode == _SOURCE and self.current.empty:
            self.mode = self.current.mode = _POSITIVE

    def _arrive(self) -> None:
        self.apart = self.words
        if self.moving:
            self.current.mode = _SOURCE
            self.turn(_POSITIVE)
        self.moving, self.words = False, 0

    # What clauses are made of

    def day(self, node: Node) -> None:
        self._arrive()
        self._put_day(node.value)
        self._understood(node)

    def _put_day(self, day: Day) -> None:
        clause = self.current
        if (clause.day or clause.next_day) and not self._refines(day):
            clause = self._next_clause()
        if clause.day is None or self.afresh:
            clause.day = day
            clause.time_first = clause.span is not None or clause.part is not None
        self.afresh = False
        self.link = None

    def _refines(self, day: Day) -> bool:
        clause = self.current
        if self.afresh:
            clause.within = None
            return True
        if clause.day is None or self.link in ("or", "and", "else"):
            return False
        merged = _merged(clause.day, day) or _merged(day, clause.day)
        if merged:
            clause.day = merged
        elif self.apart > 1:
            return clause.day == day
        elif self.link is None and _is_wide(clause.day) and not _is_wide(day):
            clause.within, clause.day = clause.day, day
        elif self.link is None and _is_wide(day) and not _is_wide(clause.day) and clause.within is None:
            clause.within = day
        else:
            return clause.day == day
        return True

    def span(self, node: Node) -> None:
        self._arrive()
        self._put_span(node.value)
        self._understood(node)

    def _put_span(self, span: Span) -> None:
        clause = self.current
        if clause.mode in (_NOT, _EXCEPT) and clause.empty and _is_bound(span):
            span, clause = self._turned_round(span)
        if self.afresh:
            clause.span = clause.part = None
            self.afresh = False
        if span.daypart and clause.part is None and (clause.span is None or not clause.span.daypart) and not (
            clause.span and self.link in ("or", "and")
        ):
            clause.part = span
        elif clause.span is None and not (clause.part and self.link in ("or", "else")):
            clause.span = span
        elif clause.span and _is_bound(clause.span) and _is_bound(span) and _meet(clause.span, span):
            clause.span = _meet(clause.span, span)
        elif clause.span != span:
            clause = self._next_clause()
            clause.span, clause.part = (None, span) if span.daypart else (span, None)
        self.link = None

    def _turned_round(self, span: Span) -> tuple[Span, Clause]:
        """ "Not before 11" is a wish: from 11 on."""
        if self.heard.clauses and self.heard.clauses[-1].mode == _POSITIVE:
            self.current = self.heard.clauses.pop()
        self.mode = self.current.mode = _POSITIVE
        return replace(span, start=span.end, end=span.start), self.current

    def _next_clause(self) -> Clause:
        if self.mode == _NOT and self.link is None:
            self.mode = _POSITIVE
        self.close()
        self.current.link = self.link
        return self.current

    def day_and_span(self, node: Node) -> None:
        day, span = node.value
        self._arrive()
        self._put_day(day)
        self._put_span(span)
        self._understood(node)

    def moment(self, node: Node) -> None:
        if not self.current.empty:
            self._next_clause()
        self.current.moment = node.value
        self._understood(node)

    def same_time(self, node: Node) -> None:
        self.current.same_time = True
        self._understood(node)

    def same_day(self, node: Node) -> None:
        if not self.current.has_day:
            self.current.same_day = True
        self._understood(node)

    def next_day(self, node: Node) -> None:
        if self.current.has_day:
            self._next_clause()
        self.current.next_day = True
        self.current.link = self.current.link or self.link
        self._understood(node)

    # What stands beside them

    def shift(self, node: Node) -> None:
        self.heard.shift = node.value
        self._understood(node)

    def duration(self, node: Node) -> None:
        self.heard.duration = node.value
        self._understood(node)

    def recurrence(self, node: Node) -> None:
        self.heard.recurrence = node.value
        if node.value.weekdays:
            self._put_day(Day(weekdays=node.value.weekdays))
        self._understood(node)

    def order(self, node: Node) -> None:
        if self.mode == _NOT and self.current.empty:
            self.turn(_POSITIVE)
            return
        self.heard.order = node.value or node.kind
        self._understood(node)

    def free(self, node: Node) -> None:
        self.heard.free = node.value
        self._understood(node)

    def _understood(self, node: Node) -> None:
        self.heard.spans.append((node.start, node.end))


_STEPS: dict[str, Callable[[_Reader, Node], None]] = {
    "or": _Reader.connect,
    "and": _Reader.connect,
    "comma": _Reader.connect,
    "else": _Reader.connect,
    "not": _Reader.rule_out,
    "except": _Reader.rule_out,
    "instead_of": _Reader.replace_by,
    "stop": _Reader.end_of_sentence,
    "but": _Reader.end_of_sentence,
    "bad": _Reader.unsuitable,
    "deny": _Reader.correct,
    "instead": _Reader.correct_behind,
    "origin": _Reader.move_from,
    "target": _Reader.move_to,
    "word": _Reader.word,
    "day": _Reader.day,
    "span": _Reader.span,
    "dayspan": _Reader.day_and_span,
    "moment": _Reader.moment,
    "same_time": _Reader.same_time,
    "same_day": _Reader.same_day,
    "next_day": _Reader.next_day,
    "shift": _Reader.shift,
    "duration": _Reader.duration,
    "recurrence": _Reader.recurrence,
    "soonest": _Reader.order,
    "latest": _Reader.order,
    "later": _Reader.order,
    "anytime": _Reader.free,
}


def read(nodes: list[Node]) -> Heard:
    reader = _Reader()
    for node in nodes:
        step = _STEPS.get(node.kind)
        if step:
            step(reader, node)
    reader.close()
    _lend(reader.heard.clauses)
    return reader.heard


def _lend(clauses: list[Clause]) -> None:
    """Linked clauses complete each other, first backwards ("Friday or Saturday morning"), then forwards."""
    for clause, after in zip(clauses[-2::-1], clauses[:0:-1], strict=False):
        if after.link in ("or", "and", "comma") and clause.mode == after.mode:
            if not clause.has_time and clause.has_day and after.has_time and not after.time_first:
                clause.span, clause.part = after.span, after.part
            if not clause.has_day and after.day is not None:
                clause.day = after.day
            elif clause.day and after.day:
                clause.day = _completed(clause.day, after.day)
    for before, clause in zip(clauses, clauses[1:], strict=False):
        if clause.mode != before.mode or clause.moment:
            continue
        if not clause.has_day and before.day is not None and clause.link:
            clause.day, clause.within = before.day, before.within
        elif clause.day and before.day and clause.link in ("or", "and", "comma"):
            clause.day = _completed(clause.day, before.day)
            clause.within = clause.within or before.within
        if not clause.has_time and before.has_time and before.time_first and clause.link in ("or", "and", "comma"):
            clause.span, clause.part = before.span, before.part
        if clause.same_time and not clause.span and before.has_time:
            clause.span, clause.part, clause.same_time = before.span, before.part, False


def _completed(day: Day, other: Day) -> Day:
    """The week or month that a neighbour names holds for a bare day: "Mon, Wed or Fri next week"."""
    if day.is_bare_weekday and other.week is not None:
        return replace(day, week=other.week)
    if day.is_bare_number and other.day is not None and other.month is not None and day.weekday is None:
        return replace(day, month=other.month, year=other.year)
    return day


def _merged(day: Day, other: Day) -> Day | None:
    if day.is_bare_weekday and other == Day(week=other.week) and other.week is not None:
        return replace(day, week=other.week)
    if day.weekdays and other == Day(week=other.week) and day.week is None:
        return replace(day, week=other.week)
    if day.weekday is not None and day == Day(weekday=day.weekday) and other.day is not None and other.weekday is None:
        return replace(other, weekday=day.weekday)
    if day == Day(day=day.day) and other.month is not None and other == Day(month=other.month, year=other.year):
        return replace(other, day=day.day)
    if day.weekend and other == Day(week=other.week) and day.week is None:
        return replace(day, week=other.week)
    return None


def _is_wide(day: Day) -> bool:
    """A run of days rather than one."""
    if day.bound or day.last_day or day.weekend or day.weekdays:
        return True
    if day.start and day.end:
        return (day.end - day.start).days > 1
    return day.weekday is None and day.day is None


def _is_bound(span: Span) -> bool:
    return not span.daypart and not span.exact and not span.around and (span.start is None) != (span.end is None)


def _meet(first: Span, second: Span) -> Span | None:
    if (first.start is None) == (second.start is None):
        return None
    lower, upper = (first, second) if first.start else (second, first)
    return Span(lower.start, upper.end)
