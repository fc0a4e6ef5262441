"""Sets of minutes as big integers, pure: bit ``i`` stands for the ``i``-th minute after a base.

One machine word holds an hour, so "where does a whole visit fit" for a month of a person is a handful of shifts.
"""

from collections.abc import Iterable
from functools import lru_cache

from scheduler_core.availability.slots import MINUTES_PER_DAY, Interval, constant_offsets


def span(low: int, high: int) -> int:
    """The minutes [low, high), none of them negative."""
    return ((1 << (high - low)) - 1) << low if high > low else 0


def of(intervals: Iterable[Interval], base: int, days: int) -> int:
    """The minutes of ``intervals``, which do not overlap, within ``days`` days after ``base``.

    The sum of 2^end - 2^start over them has exactly their bits.
    """
    size = days * MINUTES_PER_DAY
    starts, ends = bytearray(size // 8 + 1), bytearray(size // 8 + 1)
    for start, end in intervals:
        low, high = start - base, end - base
        if low < 0:
            low = 0
        if high > size:
            high = size
        if low < high:
            starts[low >> 3] |= 1 << (low & 7)
            ends[high >> 3] |= 1 << (high & 7)
    return int.from_bytes(ends, "little") - int.from_bytes(starts, "little")


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


def runs(found: int, base: int) -> list[Interval]:
    """The set as intervals that neither touch nor overlap, in minutes since 1970."""
    listed = []
    edges = minutes(found ^ (found << 1), base)
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        listed.append((start, end))
    return listed


def part(found: int, low: int, high: int) -> int:
    """The minutes [low, high) of a set, counted from ``low``; nothing lies before minute 0."""
    return (found >> low if low >= 0 else found << -low) & span(0, high - low)


def has(found: int, index: int) -> bool:
    return index >= 0 and bool(found >> index & 1)


@lru_cache(maxsize=64)
def grid(zone: str, every: int, base: int, days: int) -> int:
    """The minutes at which a wall clock of ``zone`` shows a multiple of ``every``, counted from its midnight."""
    found, end = 0, base + days * MINUTES_PER_DAY
    length = MINUTES_PER_DAY if MINUTES_PER_DAY % every else end - base
    for start, stop, offset in constant_offsets(zone, base, end):
        low = start
        while low < stop:
            wall = (low + offset) % MINUTES_PER_DAY
            high = min(stop, low + length - (wall if length == MINUTES_PER_DAY else 0))
            first = low + -wall % every
            if first < high:
                found |= _repeated(every, (high - first - 1) // every + 1) << (first - base)
            low = high
    return found


def _repeated(every: int, count: int) -> int:
    """Bit 0 and each ``every``-th after it, ``count`` in all."""
    found, known = 1, 1
    while known < count:
        step = min(known, count - known)
        found |= found << every * step
        known += step
    return found
