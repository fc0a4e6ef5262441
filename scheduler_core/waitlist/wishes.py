"""The times that somebody waits for: [start, end) pairs of instants in which the visit may start."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

Range = tuple[datetime, datetime]


def joined(ranges: Iterable[Range]) -> list[Range]:
    """The same times in order, what overlaps or touches as one."""
    found: list[Range] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def to_json(ranges: Sequence[Range]) -> list[list[str]]:
    return [[start.astimezone(UTC).isoformat(), end.astimezone(UTC).isoformat()] for start, end in ranges]


def from_json(kept: Iterable[Any]) -> list[Range]:
    return [(datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in kept]


def contain(ranges: Iterable[Range], start: datetime) -> bool:
    return any(low <= start < high for low, high in ranges)


def touch(ranges: Iterable[Range], start: datetime, end: datetime) -> bool:
    return any(low < end and start < high for low, high in ranges)


def without(ranges: Iterable[Range], start: datetime, end: datetime) -> list[Range]:
    """The same times but for [start, end)."""
    left = [part for low, high in ranges for part in ((low, min(high, start)), (max(low, end), high))]
    return [(low, high) for low, high in left if low < high]


def are_over(ranges: Iterable[Range], now: datetime) -> bool:
    """Has the last of the times passed?"""
    return all(end <= now for _, end in ranges)
