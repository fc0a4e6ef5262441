"""Over several turns a wish gets narrower, wider or other, as it would for somebody who takes bookings by phone."""

from __future__ import annotations

import pytest

from tests.actions.when.said import VISIT, line, lines, talked

NARROWER = {
    ("Friday afternoon", "after 3"): ["06-11 15:00-17:00"],
    ("Friday morning", "not before 10"): ["06-11 10:00-12:00"],
    ("Thursday or Friday", "after 5", "before 7"): ["06-10 17:00-19:00", "06-11 17:00-19:00"],
    ("after 2 tomorrow", "but before 5"): ["06-10 14:00-17:00"],
    ("between 2 and 4 on the 15th", "after 3"): ["06-15 15:00-16:00"],
    ("mornings", "weekdays", "next week"): ["06-14..06-21 MTWTF 08:00-12:00"],
    ("any time after Friday", "before the 20th"): ["06-12..06-20"],
    ("next week", "mornings", "Tuesday"): ["06-15 08:00-12:00"],
    ("in August", "the 20th at 3"): ["08-20 15:00"],
}
ON_THE_DAYS_SPOKEN_OF = {
    ("Tuesday or Thursday next week", "Thursday"): ["06-17"],
    ("Friday the 18th", "Friday at 3"): ["06-18 15:00"],
    ("Tuesday the 22nd at 9", "no, Thursday"): ["06-24 09:00"],
    ("2 July", "or Thursday"): ["07-02", "07-01"],
}
GIVEN_UP = [
    (("only mornings", "after 5"), ["17:00-"], "08:00-12:00"),
    (("mornings only", "Friday at 3"), ["06-11 15:00"], "08:00-12:00"),
    (("Friday morning", "after 2"), ["06-11 14:00-"], "06-11 08:00-12:00"),
    (("next week", "tomorrow"), ["06-10"], "06-14..06-21"),
    (("after 5", "before 3"), ["-15:00"], "17:00-"),
    (("weekdays only", "Saturday"), ["06-12"], "MTWTF"),
    (("before Friday", "the 19th"), ["06-19"], "..06-11"),
    (("Tuesday and Thursday next week", "not Tuesday", "not Thursday either"), [], None),
    (
        ("Tuesday to Thursday next week", "not Tuesday", "not Wednesday or Thursday either"),
        [],
        "06-15..06-18",
    ),
]
CHANGED = [
    ("only mornings", "no, after 5"),
    ("Friday at 3", "at 5"),
    ("Friday", "Saturday"),
    ("Friday morning", "or Saturday afternoon"),
    ("Friday afternoon", "4"),
    ("after 5", "after 4"),
]


@pytest.mark.parametrize(("turns", "expected"), NARROWER.items(), ids=str)
def test_a_later_turn_narrows_what_was_left_open(turns: tuple[str, ...], expected: list[str]) -> None:
    assert lines(talked(*turns)) == expected


@pytest.mark.parametrize(("turns", "expected"), ON_THE_DAYS_SPOKEN_OF.items(), ids=str)
def test_a_bare_weekday_is_near_the_day_spoken_of(turns: tuple[str, ...], expected: list[str]) -> None:
    understood = talked(*turns)

    assert (lines(understood), understood.open) == (expected, ())


def test_a_weekday_that_comes_sooner_than_the_day_spoken_of_is_asked_about() -> None:
    understood = talked("the 15th at 2", "no, Thursday")

    assert [line(option) for option in understood.open[0].options] == ["06-17 14:00", "06-10 14:00"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("make it half past", "06-11 15:30"),
        ("make it quarter past instead", "06-11 15:15"),
        ("half past", "06-11 15:30"),
        ("quarter to", "06-11 14:45"),
    ],
)
def test_a_share_of_the_hour_is_of_the_hour_spoken_of(said: str, expected: str) -> None:
    assert lines(talked("Friday at 3", said, asked="time", anchor=VISIT)) == [expected]


@pytest.mark.parametrize(("turns", "expected", "emptied"), GIVEN_UP, ids=str)
def test_of_two_wishes_that_leave_nothing_the_newer_stands_and_the_other_is_named(
    turns: tuple[str, ...], expected: list[str], emptied: str | None
) -> None:
    understood = talked(*turns)

    assert lines(understood) == expected
    assert (line(understood.emptied) if understood.emptied else None) == emptied


@pytest.mark.parametrize("turns", CHANGED, ids=str)
def test_what_is_corrected_or_exchanged_is_not_named(turns: tuple[str, ...]) -> None:
    assert talked(*turns).emptied is None


def test_a_given_up_wish_is_named_once_and_survives_json() -> None:
    understood = talked("only mornings", "after 5")

    assert type(understood).from_json(understood.to_json()) == understood
    assert talked("only mornings", "after 5", "on Friday").emptied is None
