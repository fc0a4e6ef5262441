"""The arithmetic of bookable time, pure: integer minutes since 1970 in UTC, half-open intervals.

A rule's window is the set of instants whose local wall time lies in the rule. Hours that a clock change
skips or repeats need no special case: a day is cut where its offset changes, each piece is plain arithmetic.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

Interval = tuple[int, int]

MINUTES_PER_DAY = 1440
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = _EPOCH.date().toordinal()
_MINUTE = timedelta(minutes=1)
_FOREVER = 1 << 40
_WIDEST_OFFSET = 26 * 60


@dataclass(frozen=True, slots=True)
class Rule:
    """[start, end) minutes after local midnight on one weekday (0 = Monday); ``end`` may pass midnight."""

    weekday: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Dated:
    """[start, end) minutes on one date (days since 1970) in place of its weekday's rules; empty: nothing that day."""

    day: int
    start: int
    end: int


def minute_of(instant: datetime) -> int:
    """The minute that ``instant`` lies in."""
    return (instant - _EPOCH) // _MINUTE


def minute_from(instant: datetime) -> int:
    """The first whole minute that is not before ``instant``."""
    return -((_EPOCH - instant) // _MINUTE)


def instant_of(minute: int) -> datetime:
    return _EPOCH + minute * _MINUTE


def wall(zone: str, minute: int) -> tuple[int, int]:
    """The local day number (days since 1970) and the minutes after its midnight that a clock shows."""
    return divmod(minute + _offset_at(zone, minute), MINUTES_PER_DAY)


def day_of(number: int) -> date:
    return date.fromordinal(_EPOCH_DAY + number)


def number_of(day: date) -> int:
    """Days since 1970."""
    return day.toordinal() - _EPOCH_DAY


def minutes_at(zone: str, day: int, minute: int) -> list[int]:
    """When a clock of ``zone`` shows that minute of that day: once, never (a gap), or twice (a fold)."""
    local = day * MINUTES_PER_DAY + minute
    guesses = {
        local - offset
        for _, _, offset in constant_offsets(zone, local - _WIDEST_OFFSET, local + _WIDEST_OFFSET)
    }
    return sorted(guess for guess in guesses if guess + _offset_at(zone, guess) == local)


def minute_nearest(zone: str, day: int, minute: int) -> int:
    """The instant a clock would show that as, had it not been changed in the day before."""
    local = day * MINUTES_PER_DAY + minute
    return local - _offset_at(zone, local - _WIDEST_OFFSET)


def weekday_of(number: int) -> int:
    """0 = Monday; 1970 began on a Thursday."""
    return (number + 3) % 7


@lru_cache(maxsize=4096)
def windows(
    rules: tuple[Rule, ...], zone: str, low: int, high: int, dated: tuple[Dated, ...] = ()
) -> tuple[Interval, ...]:
    """The instants within [low, high) whose local wall time lies in the rules of their day, merged."""
    weekly: dict[int, list[Interval]] = {}
    for rule in rules:
        weekly.setdefault(rule.weekday, []).append((rule.start, rule.end))
    by_date: dict[int, list[Interval]] = {}
    for each in dated:
        by_date.setdefault(each.day, []).append((each.start, each.end))
    found: list[Interval] = []
    for start, end, offset in constant_offsets(zone, low, high):
        first_day = (start + offset) // MINUTES_PER_DAY - 1
        last_day = (end - 1 + offset) // MINUTES_PER_DAY
        for day in range(first_day, last_day + 1):
            midnight = day * MINUTES_PER_DAY - offset
            for begins, ends in by_date.get(day, weekly.get(weekday_of(day), ())):
                opens, closes = max(start, midnight + begins), min(end, midnight + ends)
                if opens < closes:
                    found.append((opens, closes))
    return tuple(merge(found))


@lru_cache(maxsize=4096)
def day_span(zone: str, day: int) -> Interval:
    """When a day begins and ends in a zone; empty for one that the zone skipped."""
    low = (day - 2) * MINUTES_PER_DAY
    spans = windows((), zone, low, low + 5 * MINUTES_PER_DAY, (Dated(day, 0, MINUTES_PER_DAY),))
    return (spans[0][0], spans[-1][1]) if spans else (low, low)


def merge(intervals: Iterable[Interval]) -> list[Interval]:
    """The same minutes as sorted intervals that neither touch nor overlap."""
    merged: list[Interval] = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            if end > merged[-1][1]:
                merged[-1] = (merged[-1][0], end)
        elif start < end:
            merged.append((start, end))
    return merged


def intersect(ones: Sequence[Interval], others: Sequence[Interval]) -> list[Interval]:
    """The minutes in both; each side sorted and without overlaps."""
    found: list[Interval] = []
    i = j = 0
    while i < len(ones) and j < len(others):
        start, end = max(ones[i][0], others[j][0]), min(ones[i][1], others[j][1])
        if start < end:
            found.append((start, end))
        if ones[i][1] < others[j][1]:
            i += 1
        else:
            j += 1
    return found


def subtract(kept: Sequence[Interval], removed: Iterable[Interval]) -> list[Interval]:
    """The minutes of ``kept`` (sorted, without overlaps) that are not in ``removed``."""
    gaps: list[Interval] = []
    at = -_FOREVER
    for start, end in merge(removed):
        gaps.append((at, start))
        at = end
    gaps.append((at, _FOREVER))
    return intersect(kept, gaps)


def constant_offsets(zone: str, low: int, high: int) -> Iterator[tuple[int, int, int]]:
    """[low, high) cut where the zone's offset changes, each piece with its offset."""
    at = low
    while at < high:
        moments, offsets = _changes(zone, instant_of(at).year)
        index = bisect_right(moments, at)
        end = min(high, moments[index])
        yield at, end, offsets[index - 1]
        at = end


def _offset_at(zone: str, minute: int) -> int:
    moments, offsets = _changes(zone, instant_of(minute).year)
    return offsets[bisect_right(moments, minute) - 1]


@lru_cache(maxsize=512)
def _changes(zone: str, year: int) -> tuple[list[int], list[int]]:
    """When an offset begins to hold in a UTC year, and the offsets; one more moment ends the year."""
    tz = ZoneInfo(zone)
    first = minute_of(datetime(year, 1, 1, tzinfo=UTC))
    end = minute_of(datetime(year + 1, 1, 1, tzinfo=UTC))
    moments, offsets = [first], [_utc_offset(tz, first)]
    for day in range(first, end, MINUTES_PER_DAY):
        upto = min(day + MINUTES_PER_DAY, end - 1)
        if _utc_offset(tz, upto) != offsets[-1]:
            moments.append(_first_change(tz, day, upto))
            offsets.append(_utc_offset(tz, moments[-1]))
    return [*moments, end], offsets


def _first_change(tz: ZoneInfo, low: int, high: int) -> int:
    """The first minute after ``low`` with another offset; the offsets at ``low`` and ``high`` differ."""
    before = _utc_offset(tz, low)
    while high - low > 1:
        middle = (low + high) // 2
        if _utc_offset(tz, middle) == before:
            low = middle
        else:
            high = middle
    return high


def _utc_offset(tz: ZoneInfo, minute: int) -> int:
    offset = instant_of(minute).astimezone(tz).utcoffset() or timedelta()
    return offset // _MINUTE
