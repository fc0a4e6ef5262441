"""Wishes become ranges of instants in which a slot may start, through every change of summer time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from actions.when import Opening, intervals
from tests.actions.when.said import NOW, OPENING, ZONE, line, said

NEW_YORK = "America/New_York"
HORIZON = timedelta(days=28)


def ranges(text: str, *, zone: str = ZONE, now: datetime = NOW, opening: Opening | None = None) -> list[str]:
    hours = OPENING if opening is None else opening
    found = intervals(said(text, zone=zone, now=now, opening=hours), zone, now, HORIZON, hours)
    return [f"{start:%m-%dT%H:%M}/{end:%m-%dT%H:%M}" for start, end in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Friday at 3", ["06-11T14:00/06-11T14:01"]),
        ("Friday around 3", ["06-11T13:30/06-11T14:30"]),
        ("Friday", ["06-10T23:00/06-11T23:00"]),
        ("Friday morning", ["06-11T07:00/06-11T11:00"]),
        ("next week", ["06-13T23:00/06-20T23:00"]),
        ("Saturday or Friday", ["06-11T23:00/06-12T23:00", "06-10T23:00/06-11T23:00"]),
        ("this week", ["06-09T09:20/06-13T23:00"]),
        ("next week except Wednesday", ["06-13T23:00/06-15T23:00", "06-16T23:00/06-20T23:00"]),
        ("Friday except lunchtime", ["06-10T23:00/06-11T11:00", "06-11T13:00/06-11T23:00"]),
        ("by Friday", ["06-09T09:20/06-11T23:00"]),
        ("asap", []),
    ],
    ids=str,
)
def test_ranges_are_utc_half_open_and_in_the_order_of_the_wishes(text: str, expected: list[str]) -> None:
    assert ranges(text) == expected


def test_a_window_without_a_day_is_meant_on_each_open_day() -> None:
    found = ranges("after 5")

    assert found[:4] == [
        "06-09T16:00/06-09T23:00",
        "06-10T16:00/06-10T23:00",
        "06-11T16:00/06-11T23:00",
        "06-12T16:00/06-12T23:00",
    ]
    assert found[4].startswith("06-15")  # closed on Sunday and Monday


def test_a_time_that_has_gone_today_begins_tomorrow() -> None:
    assert ranges("at 9:30")[0] == "06-10T08:30/06-10T08:31"


def test_not_that_day_leaves_the_rest_of_the_horizon() -> None:
    assert ranges("not Friday")[:2] == ["06-09T09:20/06-10T23:00", "06-11T23:00/07-07T23:00"]


def test_a_day_that_summer_time_shortens_is_whole() -> None:
    found = ranges("14 March", zone=NEW_YORK, now=datetime(2027, 3, 10, 15, tzinfo=UTC), opening={})

    assert found == ["03-14T05:00/03-15T04:00"]


@pytest.mark.parametrize(
    ("text", "utc"), [("13 March at 10am", "03-13T15:00"), ("15 March at 10am", "03-15T14:00")]
)
def test_the_wall_time_stays_through_a_change(text: str, utc: str) -> None:
    found = ranges(text, zone=NEW_YORK, now=datetime(2027, 3, 10, 15, tzinfo=UTC), opening={})

    assert found[0].startswith(utc)


def test_a_wall_time_that_is_skipped_is_refused() -> None:
    understood = said(
        "14 March at 02:30", zone=NEW_YORK, now=datetime(2027, 3, 10, 15, tzinfo=UTC), opening={}
    )

    assert understood.refused == "nonexistent"
    assert not understood.wishes


def test_a_wall_time_that_comes_twice_is_asked_about() -> None:
    now = datetime(2027, 11, 5, 15, tzinfo=UTC)
    understood = said("7 November at 01:30", zone=NEW_YORK, now=now, opening={})

    assert [o.reason for o in understood.open] == ["fold"]
    options = understood.open[0].options
    assert [line(option) for option in options] == ["11-07 01:30", "11-07 01:30"]
    assert [option.fold for option in options] == [0, 1]


def test_a_window_over_the_fold_holds_both_hours() -> None:
    now = datetime(2027, 11, 5, 15, tzinfo=UTC)

    assert ranges("7 November between 01:00 and 02:00", zone=NEW_YORK, now=now, opening={}) == [
        "11-07T05:00/11-07T07:00"
    ]


def test_in_an_hour_is_real_time_even_across_a_change() -> None:
    now = datetime(2027, 3, 28, 0, 30, tzinfo=UTC)  # half an hour before London's clocks go forward

    wish = said("in an hour", now=now, opening={}).wishes[0]

    assert wish.near is not None
    assert wish.near.strftime("%H:%M") == "02:30"
