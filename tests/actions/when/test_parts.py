"""Parts of a week, month, year or day, as far as they are still to come."""

from __future__ import annotations

import pytest

from tests.actions.when.said import lines, said

PARTS = {
    "the end of next week": ["06-18..06-21"],
    "late next week": ["06-17..06-21"],
    "mid next week": ["06-15..06-18"],
    "towards the end of July": ["07-21..08-01"],
    "midweek": ["06-09..06-11"],
    "next week, midweek": ["06-15..06-18"],
    "this week or next": ["06-09..06-21"],
    "week on Monday": ["06-21"],
    "mid-July": ["07-11..07-21"],
    "by EOM": ["..07-01"],
    "before the end of August": ["..09-01"],
    "after the beginning of July": ["07-01.."],
    "at the beginning of next year": ["2028-01-01..2028-04-01"],
    "late this morning": ["06-09 10:00-12:00"],
    "early Friday afternoon": ["06-11 12:00-14:30"],
    "early on Friday": ["06-11 08:00-11:00"],
    "Thursday late": ["06-10 15:00-21:00"],
    "mid today": ["06-09 10:00-14:00"],
    "late in the day on Thursday": ["06-10 15:00-21:00"],
    "in six weeks, on a Friday": ["07-23"],
    "the rest of the day": ["06-09 10:20-"],
    "I start Friday": ["06-11"],
}


@pytest.mark.parametrize(("text", "expected"), PARTS.items(), ids=str)
def test_a_part_is_the_days_or_hours_that_are_meant(text: str, expected: list[str]) -> None:
    assert lines(said(text)) == expected
