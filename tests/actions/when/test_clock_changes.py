"""A wall time that summer time skips or shows twice is noticed however it came to be meant."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from actions.when import TimeConstraint, combine, shifted, through_clock_changes
from tests.actions.when.said import ZONE, line, lines, said

_FORWARD, _BACK, _CLOCK = "28 March", "31 October", "at 01:30"
_MARCH, _OCTOBER = datetime(2027, 3, 22, 9, tzinfo=UTC), datetime(2027, 10, 25, 9, tzinfo=UTC)


def _said_in_two(first: str, then: str, now: datetime) -> TimeConstraint:
    together = combine(said(first, now=now, opening={}), said(then, now=now, opening={}))
    return through_clock_changes(together, ZONE)


@pytest.mark.parametrize(("first", "then"), [(_FORWARD, _CLOCK), (_CLOCK, _FORWARD)], ids=str)
def test_day_and_clock_said_apart_are_skipped_together(first: str, then: str) -> None:
    understood = _said_in_two(first, then, _MARCH)
    assert (understood.refused, understood.wishes) == ("nonexistent", ())
    assert understood.skipped is not None
    assert line(understood.skipped) == "03-28 01:30"
    assert TimeConstraint.from_json(understood.to_json()) == understood


@pytest.mark.parametrize(("first", "then"), [(_BACK, _CLOCK), (_CLOCK, _BACK)], ids=str)
def test_day_and_clock_said_apart_are_asked_about_together(first: str, then: str) -> None:
    understood = _said_in_two(first, then, _OCTOBER)
    assert [(each.reason, [o.fold for o in each.options]) for each in understood.open] == [("fold", [0, 1])]


def test_what_exists_beside_a_skipped_time_is_searched() -> None:
    understood = said("28 March at 01:30 or at 03:00", now=_MARCH, opening={})
    assert (lines(understood), understood.refused, understood.skipped) == (["03-28 03:00"], None, None)


def test_a_shift_into_the_skipped_hour_is_noticed() -> None:
    visit = datetime(2027, 3, 28, 0, 30, tzinfo=UTC)
    understood = said("an hour later", anchor=visit, now=_MARCH, opening={})
    assert understood.refused == "nonexistent"
    assert shifted(understood, visit, ZONE).refused == "nonexistent"


def test_which_of_the_two_was_said_is_not_asked_again() -> None:
    understood = said("31 October at 01:30", now=_OCTOBER, opening={})
    chosen = TimeConstraint(wishes=(understood.open[0].options[1],))
    assert through_clock_changes(chosen, ZONE) == chosen


def test_two_days_that_may_be_meant_are_told_apart_before_the_two_hours() -> None:
    understood = said("Saturday 31 October at 01:30", now=_OCTOBER, opening={})
    assert [each.reason for each in understood.open] == ["mismatch"]
    assert [(line(each), each.fold) for each in understood.open[0].options] == [
        ("10-31 01:30", 0),
        ("10-31 01:30", 1),
        ("10-30 01:30", None),
    ]


def test_other_times_of_the_night_are_left_alone() -> None:
    understood = said("31 October at 03:00", now=_OCTOBER, opening={})
    assert understood.wishes[0].time_from == time(3)
    assert not understood.open
