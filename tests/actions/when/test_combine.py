"""Two turns make one wish: the later one narrows, keeps, replaces or widens."""

from __future__ import annotations

import pytest

from actions.when import TimeConstraint, combine
from tests.actions.when.said import OPENING, VISIT, line, lines, said

LATE = {**OPENING, 3: [(OPENING[3][0][0], OPENING[3][1][1].replace(hour=22))]}


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        ("Friday", "at 3", ["06-11 15:00"]),
        ("tomorrow morning", "10:30", ["06-10 10:30"]),
        ("Friday at 3", "4 instead, how about 4", ["06-11 16:00"]),
        ("Friday at 3", "no, Saturday", ["06-12 15:00"]),
        ("Friday at 3", "not Friday, Saturday", ["06-12 15:00"]),
        ("Friday at 3", "Saturday at 11", ["06-12 11:00"]),
        ("Friday or Saturday", "in the morning", ["06-11 08:00-12:00", "06-12 08:00-12:00"]),
        ("Friday morning", "or Saturday", ["06-11 08:00-12:00", "06-12 08:00-12:00"]),
        ("next week", "Tuesday", ["06-15"]),
        ("next week", "Wednesday", ["06-16"]),
        ("next week after 3", "Thursday", ["06-17 15:00-"]),
        ("in July", "the 20th", ["07-20"]),
        ("in August", "on a Friday", ["08-06"]),
        ("mornings", "next week", ["06-14..06-21 08:00-12:00"]),
        ("Friday at 3", "any time", ["06-11"]),
        ("Friday at 3", "any day", ["15:00"]),
        ("Friday at 3", "thanks", ["06-11 15:00"]),
        ("Friday or Saturday", "Friday doesn't work", ["06-12"]),
        ("Friday", "not Friday", []),
        ("a cut", "Friday", ["06-11"]),
    ],
    ids=str,
)
def test_the_later_turn_builds_on_the_earlier(first: str, then: str, expected: list[str]) -> None:
    assert lines(combine(said(first), said(then))) == expected


def test_an_exclusion_stays_until_it_is_taken_back() -> None:
    week = combine(said("next week except Thursday"), said("in the morning"))
    assert [line(wish) for wish in week.exclude] == ["06-17"]

    taken_back = combine(week, said("Thursday next week"))
    assert (lines(taken_back), taken_back.exclude) == (["06-17 08:00-12:00"], ())


def test_the_answer_to_an_open_hour_picks_that_reading() -> None:
    asked_about = said("tomorrow at 9", opening=LATE)
    assert asked_about.open

    for answer, expected in (("in the evening", ["06-10 21:00"]), ("9am", ["06-10 09:00"])):
        settled = combine(asked_about, said(answer))
        assert (lines(settled), settled.open) == (expected, ())


def test_the_answer_to_an_open_day_picks_that_reading() -> None:
    settled = combine(said("next Friday at 3"), said("the 18th"))

    assert (lines(settled), settled.open) == (["06-18 15:00"], ())


def test_an_open_hour_is_still_open_after_the_day_is_named() -> None:
    together = combine(said("Thursday"), said("at 9", opening=LATE))

    assert [line(option) for option in together.open[0].options] == ["06-10 09:00", "06-10 21:00"]


def test_an_open_day_is_still_open_after_the_hour_is_named() -> None:
    together = combine(said("next Friday"), said("at 3"))

    assert [line(option) for option in together.open[0].options] == ["06-18 15:00", "06-11 15:00"]


def test_the_name_of_an_open_weekday_answers_nothing() -> None:
    assert combine(said("next Friday"), said("Friday")).open


def test_a_new_day_and_hour_settle_what_was_open() -> None:
    assert not combine(said("next Friday"), said("Saturday at 3")).open


def test_a_shift_stands_for_itself() -> None:
    assert lines(combine(said("Friday at 3"), said("an hour later", anchor=VISIT))) == ["06-11 16:00"]


def test_nothing_said_changes_nothing() -> None:
    wish = said("Friday at 3")

    assert combine(wish, TimeConstraint()) == wish
    assert combine(TimeConstraint(), wish) == wish


def test_a_duration_outlives_a_new_day() -> None:
    assert combine(said("for 45 minutes on Friday"), said("Saturday")).duration_seconds == 2700
