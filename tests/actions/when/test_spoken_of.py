""" "The week after", "the day before", "same time": seen from a visit, an offered time, or what was said before."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.actions.when.said import VISIT, lines, talked

OFFERED = datetime(2027, 6, 15, 9, 0, tzinfo=UTC)
"""Tuesday 15 June at 10:00 in London."""

OF_THE_VISIT = {
    ("push it back an hour", "no, two hours later"): ["06-11 17:00"],
    ("a day earlier", "actually a day later"): ["06-12 15:00"],
    ("next week", "same day"): ["06-18"],
    ("the week after next", "same day and time"): ["06-25 15:00"],
    ("Saturday", "same time"): ["06-12 15:00"],
    ("Saturday", "or the same time on Tuesday"): ["06-12", "06-15 15:00"],
}
OF_WHAT_WAS_OFFERED = {
    ("next week", "later that week"): ["06-16..06-21"],
    ("next week", "the day before"): ["06-14"],
    ("Tuesday next week at 10", "or an hour later"): ["06-15 10:00", "06-15 11:00"],
    ("Tuesday next week at 10", "the week after"): ["06-21..06-28 10:00"],
}
OF_WHAT_WAS_SAID = {
    ("Friday", "no, the other Friday"): ["06-18"],
    ("Friday at 3", "the day after"): ["06-12 15:00"],
    ("the 16th after 2", "or the day before"): ["06-16 14:00-", "06-15 14:00-"],
    ("28 June", "any day that week"): ["06-28..07-05"],
    ("in two weeks", "the following week"): ["06-28..07-05"],
    ("3 July", "no, the 10th"): ["07-10"],
    ("20 June", "sorry, I mean July"): ["07-20"],
    ("the 20th", "of July"): ["07-20"],
    ("5 July", "the following Tuesday"): ["07-06"],
    ("5 July", "the week before"): ["06-28..07-05"],
    ("Friday", "the week after that"): ["06-14..06-21"],
    ("Friday at 3", "two days later"): ["06-13 15:00"],
    ("yesterday at 3", "sorry, tomorrow"): ["06-10 15:00"],
    ("every other Tuesday at 9", "make it Thursday"): ["06-10 09:00"],
}


@pytest.mark.parametrize(("turns", "expected"), OF_THE_VISIT.items(), ids=str)
def test_seen_from_the_visit_that_is_moved(turns: tuple[str, ...], expected: list[str]) -> None:
    assert lines(talked(*turns, anchor=VISIT)) == expected


@pytest.mark.parametrize(("turns", "expected"), OF_WHAT_WAS_OFFERED.items(), ids=str)
def test_seen_from_an_offered_time(turns: tuple[str, ...], expected: list[str]) -> None:
    assert lines(talked(*turns, anchor=OFFERED)) == expected


@pytest.mark.parametrize(("turns", "expected"), OF_WHAT_WAS_SAID.items(), ids=str)
def test_seen_from_the_turn_before(turns: tuple[str, ...], expected: list[str]) -> None:
    understood = talked(*turns)

    assert lines(understood) == expected
    assert understood.refused is None


def test_what_comes_again_comes_on_the_new_weekday() -> None:
    again = talked("every other Tuesday at 9", "make it Thursday").recurrence

    assert again is not None
    assert (again.unit, again.every, again.weekdays) == ("week", 2, (3,))


def test_the_day_of_an_hour_that_does_not_exist_is_still_meant() -> None:
    march = datetime(2027, 3, 22, 9, tzinfo=UTC)

    assert lines(talked("28 March", "at 01:30", "make it 03:30", opening={}, now=march)) == ["03-28 03:30"]


def test_a_week_later_keeps_the_wall_time_through_the_change() -> None:
    march = datetime(2027, 3, 22, 9, tzinfo=UTC)

    assert lines(talked("27 March at 10:00", "a week later", now=march)) == ["04-03 10:00"]
