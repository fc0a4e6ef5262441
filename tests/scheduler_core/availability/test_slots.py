"""Bookable time is exact to the minute, whatever clocks do."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler_core.availability import bits
from scheduler_core.availability.slots import (
    Dated,
    Rule,
    instant_of,
    intersect,
    merge,
    minute_of,
    minutes_at,
    number_of,
    subtract,
    weekday_of,
    windows,
)

NEW_YORK, BERLIN = "America/New_York", "Europe/Berlin"


def slots(zone: str, day: date, begins: int, ends: int, minutes: int = 60, grid: int = 60) -> list[str]:
    """The starts on a day whose rule is [begins, ends) hours, as UTC clock times."""
    low = minute_of(datetime(day.year, day.month, day.day, tzinfo=UTC)) - 1440
    rule = Rule(day.weekday(), begins * 60, ends * 60)
    hours = bits.of(windows((rule,), zone, low, low + 3 * 1440), low, 3)
    found = bits.fits(hours, 0, minutes) & bits.grid(zone, grid, low, 3)
    return [instant_of(minute).strftime("%H:%M") for minute in bits.minutes(found, low)]


@pytest.mark.parametrize(
    ("zone", "day", "begins", "ends", "expected"),
    [
        pytest.param(
            NEW_YORK, date(2027, 3, 14), 13, 18, ["17:00", "18:00", "19:00", "20:00", "21:00"], id="afternoon"
        ),
        pytest.param(NEW_YORK, date(2027, 3, 14), 1, 4, ["06:00", "07:00"], id="an hour is skipped"),
        pytest.param(
            NEW_YORK,
            date(2027, 11, 7),
            0,
            4,
            ["04:00", "05:00", "06:00", "07:00", "08:00"],
            id="an hour twice",
        ),
        pytest.param(BERLIN, date(2027, 3, 28), 2, 3, [], id="the hour does not exist"),
        pytest.param(
            NEW_YORK, date(2027, 3, 9), 22, 26, ["03:00", "04:00", "05:00", "06:00"], id="past midnight"
        ),
        pytest.param("Asia/Kathmandu", date(2027, 3, 9), 9, 11, ["03:15", "04:15"], id="a zone of quarters"),
        pytest.param("Pacific/Apia", date(2011, 12, 30), 9, 11, [], id="the day does not exist"),
    ],
)
def test_slots_follow_the_wall_clock(
    zone: str, day: date, begins: int, ends: int, expected: list[str]
) -> None:
    assert slots(zone, day, begins, ends) == expected


@pytest.mark.parametrize(
    ("zone", "wall", "expected"),
    [
        pytest.param(NEW_YORK, "2027-11-07T01:30", ["05:30", "06:30"], id="a clock shows it twice"),
        pytest.param(NEW_YORK, "2027-03-14T02:30", [], id="a clock never shows it"),
        pytest.param(NEW_YORK, "2027-03-14T03:00", ["07:00"], id="the first minute after the gap"),
        pytest.param("Pacific/Apia", "2011-12-30T10:00", [], id="a day left out"),
        pytest.param("Australia/Lord_Howe", "2027-04-04T01:45", ["14:45", "15:15"], id="half an hour twice"),
    ],
)
def test_a_wall_time_means_one_instant_or_none_or_two(zone: str, wall: str, expected: list[str]) -> None:
    local = datetime.fromisoformat(wall)
    meant = minutes_at(zone, number_of(local.date()), local.hour * 60 + local.minute)
    assert [instant_of(minute).strftime("%H:%M") for minute in meant] == expected


def test_a_date_of_its_own_replaces_its_weekday() -> None:
    """Override 12 to 14 on the second of two days; one of no length closes the first."""
    monday = number_of(date(2027, 3, 1))
    rules = (Rule(0, 540, 1020), Rule(1, 540, 1020), Rule(2, 540, 1020))
    dated = (Dated(monday, 0, 0), Dated(monday + 1, 720, 840))
    found = windows(rules, "UTC", monday * 1440, (monday + 3) * 1440, dated)
    hours = [((start // 1440) - monday, start % 1440, end % 1440) for start, end in found]
    assert hours == [(1, 720, 840), (2, 540, 1020)]


_ZONES = st.sampled_from([NEW_YORK, BERLIN, "Australia/Lord_Howe", "Asia/Kathmandu", "UTC", "Pacific/Apia"])
_RULES = st.builds(
    lambda weekday, start, length: Rule(weekday, start, start + length),
    st.integers(0, 6),
    st.integers(0, 1439),
    st.integers(1, 1440),
)
_CHANGES = st.sampled_from([datetime(2027, 3, 14), datetime(2027, 11, 7), datetime(2027, 3, 28)])  # noqa: DTZ001


@settings(max_examples=40, deadline=None)
@given(_ZONES, st.lists(_RULES, min_size=1, max_size=3), _CHANGES, st.integers(-2, 3))
def test_a_window_is_the_set_of_instants_whose_wall_time_is_in_a_rule(
    zone: str, rules: list[Rule], around: datetime, shift: int
) -> None:
    low = minute_of(around.replace(tzinfo=UTC) + timedelta(days=shift))
    high = low + 1440
    found = windows(tuple(rules), zone, low, high)
    inside = {minute for start, end in found for minute in range(start, end)}
    for minute in range(low, high, 7):
        local = instant_of(minute).astimezone(ZoneInfo(zone))
        clock, today = local.hour * 60 + local.minute, local.weekday()
        expected = any(
            (rule.weekday == today and rule.start <= clock < rule.end)
            or (rule.weekday == (today - 1) % 7 and rule.start <= clock + 1440 < rule.end)
            for rule in rules
        )
        assert (minute in inside) is expected


_INTERVALS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda pair: (pair[0], sum(pair))), max_size=6
)


def _minutes(intervals: list[tuple[int, int]]) -> set[int]:
    return {minute for start, end in intervals for minute in range(start, end)}


@given(_INTERVALS, _INTERVALS)
def test_intervals_behave_as_sets_of_minutes(
    ones: list[tuple[int, int]], others: list[tuple[int, int]]
) -> None:
    assert _minutes(merge(ones)) == _minutes(ones)
    assert _minutes(intersect(merge(ones), merge(others))) == _minutes(ones) & _minutes(others)
    assert _minutes(subtract(merge(ones), others)) == _minutes(ones) - _minutes(others)


def test_weekdays_count_from_monday() -> None:
    day = date(2027, 3, 1)
    assert weekday_of((day - date(1970, 1, 1)).days) == day.weekday() == 0
