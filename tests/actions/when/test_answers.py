"""The answer to "which one do you mean?" settles it, whatever its form; other answers are no times."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from actions.when import Opening
from tests.actions.when.said import lines, said, talked

LATE: Opening = {day: [(time(8), time(22))] for day in range(7)}
MORNING, EVENING = "06-10 09:00", "06-10 21:00"
HALVES = {
    "morning": [MORNING],
    "in the evening please": [EVENING],
    "pm": [EVENING],
    "21": [EVENING],
    "the later one": [EVENING],
    "the morning one": [MORNING],
    "the second one": [EVENING],
    "either": [MORNING, EVENING],
    "both work": [MORNING, EVENING],
}
FRIDAYS = {
    "this Friday": ["06-11"],
    "the 11th": ["06-11"],
    "11": ["06-11"],
    "the later one": ["06-18"],
    "Friday week": ["06-18"],
    "this one": ["06-11"],
    "not this week": ["06-18"],
    "either": ["06-11", "06-18"],
    "tomorrow actually": ["06-10"],
    "next week": ["06-18"],
    "whichever is sooner": ["06-11"],
    "doesn't matter": ["06-11", "06-18"],
}


@pytest.mark.parametrize(("answer", "expected"), HALVES.items(), ids=str)
def test_morning_or_evening_is_settled(answer: str, expected: list[str]) -> None:
    settled = talked("tomorrow at 9", answer, asked="reading", opening=LATE)

    assert (lines(settled), settled.open) == (expected, ())


@pytest.mark.parametrize(("answer", "expected"), FRIDAYS.items(), ids=str)
def test_this_or_next_friday_is_settled(answer: str, expected: list[str]) -> None:
    settled = talked("next Friday", answer, asked="reading")

    assert (lines(settled), settled.open) == (expected, ())


@pytest.mark.parametrize("answer", ["9", "yes", "Thanks"])
def test_what_does_not_say_which_half_leaves_it_open(answer: str) -> None:
    assert talked("tomorrow at 9", answer, asked="reading", opening=LATE).open


def test_a_number_that_is_a_place_in_the_list_and_a_date_settles_nothing() -> None:
    late_in_june = datetime(2027, 6, 23, 9, tzinfo=UTC)

    assert talked("next Friday", "2", asked="reading", now=late_in_june).open
    assert lines(talked("next Friday", "25", asked="reading", now=late_in_june)) == ["06-25"]


def test_the_weekday_settles_which_date_was_meant() -> None:
    settled = talked("Friday 26 June at 2", "Friday", asked="reading")

    assert (lines(settled), settled.open) == (["06-25 14:00"], ())


def test_neither_of_the_days_asked_about_leaves_nothing_open() -> None:
    understood = talked("next Friday", "not Friday", asked="reading")

    assert (lines(understood), understood.open) == ([], ())


def test_a_length_leaves_the_day_open() -> None:
    assert talked("next Friday", "for two hours", asked="reading").open


def test_an_hour_said_of_an_open_day_leaves_the_day_open() -> None:
    understood = talked("next Friday", "Friday at 3", asked="reading")

    assert understood.open
    assert lines(understood) == ["06-18 15:00"]


def test_the_second_of_an_hour_that_comes_twice_is_picked() -> None:
    october = datetime(2027, 10, 25, 9, tzinfo=UTC)
    settled = talked("01:30 on 31 October", "the second one", asked="reading", opening={}, now=october)

    assert [(wish.fold, settled.open) for wish in settled.wishes] == [(1, ())]


@pytest.mark.parametrize("answer", ["either", "the second one", "the later one"])
def test_a_pick_is_no_wish_where_nothing_was_asked(answer: str) -> None:
    assert not said(answer).wishes
    assert said(answer).picks is None


@pytest.mark.parametrize("asked", ["service", None])
@pytest.mark.parametrize("answer", ["2", "the first", "number 3", "option 2", "there are 3 of us"])
def test_a_number_that_answers_something_else_changes_nothing(answer: str, asked: str | None) -> None:
    assert lines(talked("Friday at 3", answer, asked=asked)) == ["06-11 15:00"]
