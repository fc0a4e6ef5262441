"""Wall time to instants and back, through gaps and folds of summer time.

A window means the set of instants whose wall time lies in it, so gaps and folds are no special case elsewhere.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_MINUTE = timedelta(minutes=1)


@lru_cache(maxsize=64)
def zone_of(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def exists(day: date, clock: time, zone: str) -> bool:
    """False in the hour that the start of summer time skips."""
    wall = datetime.combine(day, clock)
    return instant(day, clock, zone).astimezone(zone_of(zone)).replace(tzinfo=None) == wall


def is_repeated(day: date, clock: time, zone: str) -> bool:
    """True in the hour that the end of summer time shows twice."""
    return exists(day, clock, zone) and instant(day, clock, zone) != instant(day, clock, zone, fold=1)


def instant(day: date, clock: time, zone: str, fold: int = 0) -> datetime:
    return datetime.combine(day, clock, tzinfo=zone_of(zone)).replace(fold=fold).astimezone(UTC)


def first_instant(day: date, clock: time, zone: str) -> datetime:
    """The first instant whose wall time is not before this one; after a gap, the gap's end."""
    if exists(day, clock, zone):
        return instant(day, clock, zone)
    wall = datetime.combine(day, clock)
    moment = min(instant(day, clock, zone), instant(day, clock, zone, fold=1))
    while moment.astimezone(zone_of(zone)).replace(tzinfo=None) < wall:
        moment += _MINUTE
    return moment


def end_instant(day: date, clock: time | None, zone: str) -> datetime:
    """The instant where a half-open window ends; `None` is the end of the day."""
    if clock is None:
        return first_instant(day + timedelta(days=1), time(), zone)
    if exists(day, clock, zone):
        return instant(day, clock, zone, fold=1)
    return first_instant(day, clock, zone)
