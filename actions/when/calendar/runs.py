"""What a day as said comes to: runs of dates, more than one where several readings remain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

MISMATCH, WEEKDAY = "mismatch", "weekday"

Run = tuple[date | None, date | None]
"""From, to (exclusive); `None` is open."""


@dataclass(frozen=True, slots=True)
class Dates:
    """`runs` holds more than one entry when that many readings remain."""

    runs: tuple[Run, ...] = ()
    reason: str | None = None
    rolls: str | None = None
    weekdays: tuple[int, ...] = ()
    refused: str | None = None


def left_of(start: date, end: date, today: date) -> Run:
    """Of what has begun, the days that are left."""
    return (today, end) if start < today < end else (start, end)


def run_of(day: date) -> Run:
    return (day, day + timedelta(days=1))


def one(day: date, rolls: str | None = None) -> Dates:
    return Dates((run_of(day),), rolls=rolls)
