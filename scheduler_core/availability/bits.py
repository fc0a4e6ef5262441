"""Sets of minutes as big integers, pure: bit ``i`` stands for the ``i``-th minute after a base.

One machine word holds an hour, so "where does a whole visit fit" for a month of a person is a handful of shifts.
"""

from collections.abc import Iterable
from functools import lru_cache

from scheduler_core.availability.slots import MINUTES_PER_DAY, Interval, on_grid

_DAY_BYTES = MINUTES_PER_DAY // 8


def span(low: int, high: int) -> int:
    """The minutes [low, high)."""
    return ((1 << (high - low)) - 1) << low if high > low else 0


def of(intervals: Iterable[Interval], base: int, days: int) -> int:
    """The minutes of ``intervals`` that lie within ``days`` days after ``base``."""
    size = days * MINUTES_PER_DAY
    by_day = [0] * days
    for start, end in intervals:
        low, high = max(start - base, 0), min(end - base, size)
        while low < high:
            day, offset = divmod(low, MINUTES_PER_DAY)
            piece = min(high - low, MINUTES_PER_DAY - offset)
            by_day[day] |= ((1 << piece) - 1) << offset
            low += piece
    return int.from_bytes(b"".join(day.to_bytes(_DAY_BYTES, "little") for day in by_day), "little")


def fits(free: int, low: int, high: int) -> int:
    """Every ``i`` for which all of [i + low, i + high) is free; ``low`` may be negative."""
    if high <= low:
        return free
    known = 1
    while known < high - low:
        step = min(known, high - low - known)
        free &= free >> step
        known += step
    return free >> low if low >= 0 else free << -low


def minutes(found: int, base: int) -> list[int]:
    """The set's minutes in order, as minutes since 1970."""
    text = bin(found)[:1:-1]
    listed: list[int] = []
    at = text.find("1")
    while at >= 0:
        listed.append(base + at)
        at = text.find("1", at + 1)
    return listed


def has(found: int, index: int) -> bool:
    return index >= 0 and bool(found >> index & 1)


@lru_cache(maxsize=64)
def grid(zone: str, every: int, base: int, days: int) -> int:
    """The minutes at which a wall clock of ``zone`` shows a multiple of ``every``."""
    marks = bytearray(days * MINUTES_PER_DAY)
    for minute in on_grid([(base, base + len(marks))], zone, every):
        marks[minute - base] = 1
    return int(bytes(48 + mark for mark in reversed(marks)), 2)
