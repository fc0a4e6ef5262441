"""From one day to another: each end may say what the other leaves out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from actions.when.calendar.arithmetic import plus_months, safe_date
from actions.when.calendar.runs import MISMATCH, Dates
from actions.when.nodes import Day

_DAY = timedelta(days=1)


def resolve_range(day: Day, today: date, find: Callable[[Day], Dates]) -> Dates:
    """`find` gives the dates of either end. A range is over only when its end is."""
    last = day.last_day or Day()
    begin = find(_completed(replace(day, last_day=None), last))
    start, own_end = begin.runs[0] if begin.runs else (None, None)
    if start is None or begin.refused not in (None, "past"):
        return begin
    end = _end(start, last, find)
    if end and end <= start and day.month and day.year is None:  # it has begun: "1 December to 4 February"
        start = plus_months(start, -12)
    if end is None or end <= start:
        return replace(begin, runs=((start, own_end),))
    wrong = last.weekday is not None and last.day is not None and (end - _DAY).weekday() != last.weekday
    over = "past" if end <= today else None
    return Dates(((start, end),), MISMATCH if wrong else None, refused=over)


def _completed(first: Day, last: Day) -> Day:
    """ "The 3rd to the 5th of May", "Monday to Friday next week", "May to October 2030"."""
    if first.day is not None and first.month is None:
        if last.day and last.month and first.day > last.day:  # "the 28th to the 3rd of July"
            month, year = (last.month - 1, last.year) if last.month > 1 else (12, last.year and last.year - 1)
            return replace(first, month=month, year=year)
        return replace(first, month=last.month, year=last.year)
    if first.month and first.year is None and last.month and last.year:
        return replace(first, year=last.year - (first.month > last.month))
    if first.is_bare_weekday and last.week is not None:
        return replace(first, week=last.week)
    return first


def _end(start: date, last: Day, find: Callable[[Day], Dates]) -> date | None:
    if last.day is not None and last.month is None and last.start is None:
        end = safe_date(start.year, start.month, last.day)
        if end is None or end < start:
            month = plus_months(start.replace(day=1), 1)
            end = safe_date(month.year, month.month, last.day)
        return end + _DAY if end else start + _DAY
    if last.is_bare_weekday:
        return start + ((int(last.weekday or 0) - start.weekday()) % 7 + 1) * _DAY
    finish = find(last)
    return finish.runs[0][1] if finish.runs else None
