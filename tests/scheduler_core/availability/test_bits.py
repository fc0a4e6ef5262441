"""Integers behave as the sets of minutes that they stand for."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler_core.availability import bits
from scheduler_core.availability.slots import Interval, instant_of, merge, minute_of

BASE, DAYS = 1440 * 20_000, 2
_INTERVALS = st.lists(
    st.tuples(st.integers(-60, DAYS * 1440), st.integers(1, 200)).map(
        lambda pair: (BASE + pair[0], BASE + pair[0] + pair[1])
    ),
    max_size=8,
).map(merge)


def _set(intervals: list[Interval]) -> set[int]:
    inside = range(BASE, BASE + DAYS * 1440)
    return {minute for start, end in intervals for minute in range(start, end) if minute in inside}


@given(_INTERVALS)
def test_intervals_become_their_minutes(intervals: list[Interval]) -> None:
    assert set(bits.minutes(bits.of(intervals, BASE, DAYS), BASE)) == _set(intervals)


@given(_INTERVALS, st.integers(-60, 60), st.integers(1, 120))
def test_a_visit_fits_where_all_its_minutes_are_free(
    intervals: list[Interval], low: int, length: int
) -> None:
    free = _set(intervals)
    expected = {
        minute
        for minute in range(BASE, BASE + DAYS * 1440)
        if all(minute + offset in free for offset in range(low, low + length))
    }
    found = set(bits.minutes(bits.fits(bits.of(intervals, BASE, DAYS), low, low + length), BASE))
    assert {minute for minute in found if minute < BASE + DAYS * 1440} == expected


@given(_INTERVALS, st.integers(-50, 200), st.integers(0, 200))
def test_a_part_is_counted_from_where_it_begins(intervals: list[Interval], low: int, length: int) -> None:
    part = bits.part(bits.of(intervals, BASE, DAYS), low, low + length)
    expected = {minute for minute in _set(intervals) if BASE + low <= minute < BASE + low + length}
    assert set(bits.minutes(part, BASE + low)) == expected


@pytest.mark.parametrize("every", [1, 7, 15, 25, 60, 90, 1440])
@pytest.mark.parametrize("zone", ["America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"])
@pytest.mark.parametrize("day", [datetime(2027, 3, 14, tzinfo=UTC), datetime(2027, 4, 3, tzinfo=UTC)])
def test_a_grid_is_counted_from_each_local_midnight(every: int, zone: str, day: datetime) -> None:
    base = minute_of(day)
    on_grid = set(bits.minutes(bits.grid(zone, every, base, 2), base))
    for minute in range(base, base + 2 * 1440):
        local = instant_of(minute).astimezone(ZoneInfo(zone))
        assert (minute in on_grid) is ((local.hour * 60 + local.minute) % every == 0)
