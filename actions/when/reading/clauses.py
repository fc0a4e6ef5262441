"""What one message says about time, clause by clause, before any date is known.

A clause has at most one day and one window. Clauses that are linked borrow from each other what they lack
("Friday or Saturday morning").
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise

from actions.when.constraint import Recurrence, Shift
from actions.when.nodes import Day, Span

POSITIVE, NOT, EXCEPT, SOURCE, TOLD = "", "not", "except", "source", "told"
"""What is told is only counted from: "the wedding is on the 26th, can I come the day before"."""


@dataclass(slots=True)
class Clause:
    day: Day | None = None
    within: Day | None = None
    """The wider period that the day was said in: "December … the 3rd"."""
    span: Span | None = None
    part: Span | None = None
    moment: Shift | None = None
    """An amount of time from now."""
    mode: str = POSITIVE
    link: str | None = None
    """How it follows the clause before: or, else, and, comma."""
    joined: bool = False
    """Nothing but its link stands between it and the clause before."""
    time_first: bool = False
    same_time: bool = False
    same_day: bool = False
    next_day: int = 0
    """1: the day after the day spoken of; -1: the day before."""
    soft: bool = False
    soft_time: bool = False
    named_again: bool = False
    """Its day was said once more for a time of its own: "Friday or Saturday, but Saturday only in the morning"."""
    """Only the time is a preference, and of every day that borrows it: "Monday or Tuesday, ideally at 9"."""
    zone: str | None = None
    """That of the message; a clock may have its own."""

    @property
    def has_day(self) -> bool:
        return self.day is not None or self.same_day or bool(self.next_day)

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
    zone: str | None = None
    """Named apart from a clock, for all of them: "3pm on Friday, London time", "I'm on Pacific time"."""
    order: str | None = None
    free: str | None = None
    corrects: bool = False
    widens: bool = False
    allows: bool = False
    picks: str | None = None
    spans: list[tuple[int, int]] = field(default_factory=list)


def lend(clauses: list[Clause]) -> None:
    """Linked clauses complete each other, first backwards ("Friday or Saturday morning"), then forwards."""
    for clause, after in zip(clauses[-2::-1], clauses[:0:-1], strict=False):
        if after.link in ("or", "and", "comma") and clause.mode == after.mode:
            _lend_back(clause, after)
    for before, clause in pairwise(clauses):
        if before.mode == SOURCE and clause.mode == POSITIVE and not clause.has_day and clause.has_time:
            clause.day = before.day  # "move tomorrow's 2pm to 5pm"
        if clause.same_time and not clause.span and before.has_time and before.mode == SOURCE:
            clause.span, clause.part, clause.same_time = before.span, before.part, False
        if clause.mode != before.mode or clause.moment:
            continue
        if not clause.has_day and before.day is not None and not before.day.is_told and clause.link:
            clause.day, clause.within = before.day, before.within
        elif clause.day and before.day and clause.link in ("or", "and", "comma", "else"):
            clause.day = _completed(clause.day, before.day)
            clause.within = clause.within or before.within
        if (
            not clause.has_time
            and before.has_time
            and before.time_first
            and clause.link in ("or", "and", "comma")
        ):
            clause.span, clause.part = before.span, before.part
        if clause.same_time and not clause.span and before.has_time:
            clause.span, clause.part, clause.same_time = before.span, before.part, False


def _lend_back(clause: Clause, after: Clause) -> None:
    is_told = clause.day is not None and clause.day.is_told
    shared = after.has_time and not (after.time_first or after.named_again)
    if not clause.has_time and clause.has_day and not is_told and shared:
        clause.span, clause.part = after.span, after.part
        clause.soft = clause.soft or after.soft_time
        clause.soft_time = after.soft_time
    if not clause.has_day and after.day is not None:
        clause.day = after.day
    elif clause.day and after.day:
        bare = clause.day.is_bare_number
        clause.day = _completed(clause.day, after.day)
        clause.day = _before_it(clause.day, after.day) if bare else clause.day
        if clause.day.is_bare_weekday and clause.within is None:
            clause.within = after.within


def _before_it(day: Day, other: Day) -> Day:
    """ "The 30th or 1 July": that of June."""
    if (
        day.day is None
        or other.day is None
        or not other.month
        or day.day <= other.day
        or day.weekday is not None
    ):
        return day
    if (day.month, day.year) != (other.month, other.year) or day.last_day:
        return day
    if other.month > 1:
        return replace(day, month=other.month - 1)
    return replace(day, month=12, year=other.year - 1 if other.year else None)


def _completed(day: Day, other: Day) -> Day:
    """The week or month that a neighbour names holds for a bare day: "Mon, Wed or Fri next week"."""
    if other.is_told:
        return day
    if day.is_bare_weekday and other.week is not None and other.base is None:
        return replace(day, week=other.week)
    if day.is_bare_weekday and other.weekday is not None and other.which == "next" and not other.plus_weeks:
        return replace(day, which="next")
    if day.weekdays and day == Day(weekdays=day.weekdays) and other.week is not None:
        return replace(day, week=other.week)
    if day == Day(weekdays=day.weekdays) and day.weekdays and other.weekdays and other.month:
        return replace(other, weekdays=day.weekdays)
    if day.is_bare_number and other.day is not None and other.month is not None and day.weekday is None:
        return replace(day, month=other.month, year=other.year)
    return day


def between(day: Day, other: Day) -> Day | None:
    """ "After the 20th but before the 30th"."""
    lower, upper = (day, other) if day.bound in ("from", "after") else (other, day)
    if lower.bound not in ("from", "after") or upper.bound not in ("by", "before"):
        return None
    first, last = replace(lower, bound=None), replace(upper, bound=None)
    first = Day(base=first, plus=Shift(days=1)) if lower.bound == "after" else first
    last = Day(base=last, plus=Shift(days=-1)) if upper.bound == "before" else last
    return replace(first, last_day=last)


def merged(day: Day, other: Day) -> Day | None:
    if day.is_bare_weekday and other == Day(week=other.week) and other.week is not None:
        return replace(day, week=other.week)
    if day.weekdays and other == Day(week=other.week) and day.week is None:
        return replace(day, week=other.week)
    such = bool(day.weekdays) and day == Day(weekdays=day.weekdays)
    if such and other.is_run and not (other.bound and other.weekday is not None):
        return replace(
            other, weekdays=day.weekdays
        )  # "every Friday until Christmas", "Mondays in the next three weeks"
    if day == Day(weekdays=day.weekdays) and other.month and other == Day(month=other.month, year=other.year):
        return replace(other, weekdays=day.weekdays)
    if (
        day.weekday is not None
        and day == Day(weekday=day.weekday)
        and other.day is not None
        and other.weekday is None
    ):
        return replace(other, weekday=day.weekday)
    if (
        day == Day(day=day.day)
        and other.month is not None
        and other == Day(month=other.month, year=other.year)
    ):
        return replace(other, day=day.day)
    if day.start and day.end and day.day is None and other.day is not None and not other.last_day:
        single = (day.end - day.start).days == 1 and other.weekday is None and not other.bound
        return replace(day, day=other.day, month=other.month, year=other.year) if single else None
    if day.weekend and other == Day(week=other.week) and day.week is None:
        return replace(day, week=other.week)
    return None


def any_such_day(day: Day, month: Day) -> Day | None:
    """ "In September, a Saturday"."""
    if not day.is_bare_weekday or not month.month or month != Day(month=month.month, year=month.year):
        return None
    return replace(month, weekdays=(int(day.weekday or 0),))


def meet(first: Span, second: Span) -> Span | None:
    if (first.start is None) == (second.start is None):
        return None
    lower, upper = (first, second) if first.start else (second, first)
    return Span(lower.start, upper.end)


def on_its_weekday(heard: Heard) -> None:
    """ "Once a month, on a Tuesday": not on the same date of every month."""
    named = [c.day.weekday for c in heard.clauses if c.day and c.mode == POSITIVE]
    again = heard.recurrence
    if again and again.unit == "month" and not again.weekdays and len(named) == 1 and named[0] is not None:
        heard.recurrence = replace(again, weekdays=(named[0],))
