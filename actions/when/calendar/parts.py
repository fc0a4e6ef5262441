"""Which days the beginning, middle and end of a week, month or year are."""

from __future__ import annotations

from datetime import date, timedelta

from actions.when.calendar.arithmetic import monday_of, plus_months
from actions.when.calendar.runs import Run, left_of
from actions.when.nodes import Day

_DAY = timedelta(days=1)

_OF_WEEK = {"start": (0, 3), "early": (0, 3), "middle": (1, 4), "late": (3, 7), "end": (4, 7)}
_OF_WEEK |= {"first_half": (0, 3), "second_half": (3, 7)}
_OF_MONTH = {"start": (0, 10), "early": (0, 10), "middle": (10, 20), "late": (20, 31), "end": (20, 31)}
_OF_MONTH |= {"first_half": (0, 15), "second_half": (15, 31)}
_OF_YEAR = {"start": (0, 3), "early": (0, 6), "middle": (4, 8), "late": (6, 12), "end": (8, 12)}
_OF_YEAR |= {"first_half": (0, 6), "second_half": (6, 12)}


def _window(day: Day, usual: dict[str, tuple[int, int]], whole: tuple[int, int]) -> tuple[int, int]:
    """From, to (exclusive): days of the week or month, months of the year."""
    if day.part is not None and day.window is not None:
        return day.window
    return usual.get(str(day.part), whole)


def part_of_week(day: Day, today: date) -> Run:
    monday = monday_of(today, day.week or 0)
    first, last = _window(day, _OF_WEEK, (0, 7))
    return left_of(monday + first * _DAY, monday + last * _DAY, today)


def part_of_month(day: Day, today: date) -> Run:
    month = int(day.month or 1)
    year = day.year or (today.year if month >= today.month else today.year + 1)
    begin = date(year, month, 1)
    first, last = _window(day, _OF_MONTH, (0, 31))
    end = min(begin + last * _DAY, plus_months(begin, 1))
    return left_of(begin + first * _DAY, end, today)


def part_of_year(day: Day, today: date) -> Run:
    begin = date(int(day.year or today.year), 1, 1)
    first, last = _window(day, _OF_YEAR, (0, 12))
    return left_of(plus_months(begin, first), plus_months(begin, last), today)


def part_of_run(start: date, end: date, part: str, today: date) -> Run:
    """A third of a season or a quarter."""
    third = (end - start) // 3
    runs = {
        "start": (start, start + third),
        "middle": (start + third, end - third),
        "end": (end - third, end),
    }
    first, last = runs.get({"early": "start", "late": "end"}.get(part, part), (start, end))
    return left_of(first, last, today)
