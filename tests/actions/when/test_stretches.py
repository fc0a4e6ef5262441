"""What ends or begins at a minute of a day holds until or from that minute, not at it on every day."""

from __future__ import annotations

import pytest

from tests.actions.when.said import line, lines, said


@pytest.mark.parametrize(
    ("text", "wished", "outside"),
    [
        ("by Friday at noon", "..06-12", ["06-11 12:00-"]),
        ("any time before Saturday at 11", "..06-13", ["06-12 11:00-"]),
        ("from Friday at 3", "06-11..", ["06-11 -15:00"]),
        ("from Tuesday 9am to Thursday 5pm", "06-15..06-18", ["06-15 -09:00", "06-17 17:00-"]),
        ("from 4pm Friday to 2pm Saturday", "06-11..06-13", ["06-11 -16:00", "06-12 14:00-"]),
        ("between 4pm Friday and 2pm Saturday", "06-11..06-13", ["06-11 -16:00", "06-12 14:00-"]),
        ("from Tuesday at 7 to Thursday at 5", "06-15..06-18", ["06-15 -07:00", "06-17 17:00-"]),
    ],
    ids=str,
)
def test_a_stretch_is_its_days_without_what_lies_outside(text: str, wished: str, outside: list[str]) -> None:
    understood = said(text)

    assert lines(understood) == [wished]
    assert [line(wish) for wish in understood.exclude] == outside


@pytest.mark.parametrize(
    ("text", "expected"),
    [("by Friday, at 3", ["..06-12 15:00"]), ("by Friday, mornings", ["..06-12 08:00-12:00"])],
    ids=str,
)
def test_a_time_set_apart_is_that_of_any_day(text: str, expected: list[str]) -> None:
    assert lines(said(text)) == expected
