"""Arithmetic on dates of the wall calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from actions.when.constraint import Shift

_FIRST_YEAR, _LAST_YEAR = 1000, 9000


def plus_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def moved(wall: datetime, shift: Shift) -> datetime:
    """Along the wall clock, whatever the zone does in between; not at all beyond what a calendar has."""
    try:
        day = plus_months(wall.date(), shift.months) + timedelta(days=shift.days)
        found = datetime.combine(day, wall.time()) + timedelta(minutes=shift.minutes)
    except (OverflowError, ValueError):
        return wall
    return found if _FIRST_YEAR <= found.year <= _LAST_YEAR else wall


def monday_of(day: date, weeks: int = 0) -> date:
    return day + timedelta(days=7 * weeks - day.weekday())


def safe_date(year: int, month: int, day: int) -> date | None:
    if not (1900 <= year <= 2200 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def since_midnight(clock: time) -> int:
    """Minutes."""
    return clock.hour * 60 + clock.minute
