"""Wall-clock time as people write it: "09:00", and "26:00" for two in the night that follows. Pure."""

from collections.abc import Iterable
from itertools import pairwise

DAY_MINUTES = 24 * 60
WEEK_MINUTES = 7 * DAY_MINUTES

Minutes = tuple[int, int]


def minute_of(clock: str) -> int:
    """Minutes after midnight of an "HH:MM"."""
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def clock_of(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def overlap_in_a_day(windows: Iterable[Minutes]) -> bool:
    return any(later[0] < earlier[1] for earlier, later in pairwise(sorted(windows)))


def overlap_in_a_week(windows: Iterable[tuple[int, Minutes]]) -> bool:
    """Do windows of weekdays overlap? The night of Sunday runs into Monday."""
    placed = sorted((day * DAY_MINUTES + start, day * DAY_MINUTES + end) for day, (start, end) in windows)
    runs_over = bool(placed) and placed[-1][1] - WEEK_MINUTES > placed[0][0]
    return runs_over or overlap_in_a_day(placed)
