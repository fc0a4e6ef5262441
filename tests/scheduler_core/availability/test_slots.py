"""Bookable time is exact to the minute, whatever clocks do."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler_core.availability.slots import (
    Rule,
    Visit,
    instant_of,
    intersect,
    merge,
    minute_of,
    on_grid,
    starts,
    subtract,
    weekday_of,
    windows,
)

NEW_YORK, BERLIN = "America/New_York", "Europe/Berlin"


def slots(zone: str, day: date, begins: int, ends: int, minutes: int = 60, grid: int = 60) -> list[str]:
    """The starts on a day whose rule is [begins, ends) hours, as UTC clock times."""
    low = minute_of(datetime(day.year, day.month, day.day, tzinfo=UTC)) - 1440
    rule = Rule(day.weekday(), begins * 60, ends * 60)
    hours = windows((rule,), zone, low, low + 3 * 1440)
    found = on_grid(starts(hours, (), Visit(minutes)), zone, grid)
    return [instant_of(minute).strftime("%H:%M") for minute in found]


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


def test_labels_of_a_repeated_hour_are_equal_but_the_instants_are_not() -> None:
    zone = ZoneInfo(NEW_YORK)
    low = minute_of(datetime(2027, 11, 7, tzinfo=UTC))
    hours = windows((Rule(6, 0, 240),), NEW_YORK, low, low + 1440)
    labels = [
        instant_of(m).astimezone(zone).strftime("%H:%M %Z")
        for m in on_grid(starts(hours, (), Visit(60)), NEW_YORK, 60)
    ]
    assert labels == ["00:00 EDT", "01:00 EDT", "01:00 EST", "02:00 EST", "03:00 EST"]


@pytest.mark.parametrize(
    ("gap", "minutes", "grid", "count"),
    [(45, 60, 1, 0), (45, 45, 1, 1), (45, 44, 1, 2), (60, 30, 15, 3)],
    ids=["too short", "exact", "a minute to spare", "on the quarter"],
)
def test_a_gap_takes_what_fits(gap: int, minutes: int, grid: int, count: int) -> None:
    day = 1440 * 1000
    busy = [(day, day + 600), (day + 600 + gap, day + 1440)]
    found = on_grid(starts([(day, day + 1440)], busy, Visit(minutes)), "UTC", grid)
    assert len(list(found)) == count


def test_buffers_keep_away_from_the_next_visit() -> None:
    """After-buffer 30, next visit at 10:00, service 30: 9:30 is refused, 9:00 is offered."""
    found = list(on_grid(starts([(480, 720)], [(600, 660)], Visit(30, after=30)), "UTC", 30))
    assert 540 in found
    assert 570 not in found


@pytest.mark.parametrize(("beyond", "last"), [(False, 960), (True, 990)])
def test_a_buffer_passes_closing_time_only_by_policy(beyond: bool, last: int) -> None:
    visit = Visit(30, after=30, buffers_beyond_hours=beyond)
    assert max(on_grid(starts([(540, 1020)], (), visit), "UTC", 30)) == last


def test_visits_may_follow_each_other() -> None:
    assert list(on_grid(starts([(600, 780)], [(660, 720)], Visit(60)), "UTC", 60)) == [600, 720]


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
