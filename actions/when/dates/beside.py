"""Days that are counted from another: "two days before Easter", "the Monday after the 15th"."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from actions.when.calendar.arithmetic import monday_of, moved
from actions.when.calendar.runs import Dates, Run, one
from actions.when.constraint import Shift
from actions.when.nodes import Day

_DAY = timedelta(days=1)


def resolve_beside(day: Day, base: Dates) -> Dates:
    """`base` is what `day.base` came to; only where that is certain there is something to count from."""
    start, end = base.runs[0] if len(base.runs) == 1 else (None, None)
    if start is None or end is None:
        return Dates(refused=base.refused)
    if day.week is not None:
        return Dates((_week(start, day.week),))
    if day.weekend:
        return Dates((_weekend(start, end, day.which),))
    if day.weekday is not None:
        return one(_beside(start, end, day.weekday, day.which))
    plus = day.plus or Shift()
    first = start if plus.days < 0 or plus.months < 0 else end - _DAY
    return one(moved(datetime.combine(first, time()), plus).date())


def _beside(start: date, end: date, weekday: int, which: str | None) -> date:
    if which == "before":
        return start - ((start.weekday() - weekday - 1) % 7 + 1) * _DAY
    return end + (weekday - end.weekday()) % 7 * _DAY


def _week(start: date, weeks: int) -> Run:
    monday = monday_of(start, weeks)
    return (monday, monday + 7 * _DAY)


def _weekend(start: date, end: date, which: str | None) -> Run:
    """That of the day itself, with it where they touch: "Easter weekend" ends on Monday."""
    if which is not None:
        saturday = _beside(start, end, 5, which)
        return (saturday, saturday + 2 * _DAY)
    saturday = start + ((5 - start.weekday() + 3) % 7 - 3) * _DAY
    first, last = min(start, saturday), max(start, saturday + _DAY)
    return (first, last + _DAY) if (last - first).days < 4 else (saturday, saturday + 2 * _DAY)
