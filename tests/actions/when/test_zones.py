"""Clocks of another zone are moved to ours on their date; whose zone is not known is asked, never guessed."""

from __future__ import annotations

import pytest

from actions.when import Context, combine, parse
from tests.actions.when.said import NOW, OPENING, line, lines, said

ELSEWHERE = {
    "tomorrow at 4pm CET": ["06-10 15:00"],
    "tomorrow at 4pm GMT": ["06-10 17:00"],
    "Friday 9am EST": ["06-11 14:00"],
    "Friday at 9 eastern time": ["06-11 14:00"],
    "15:00 GMT+2 on Friday": ["06-11 14:00"],
    "15:00 UTC-1 on Friday": ["06-11 17:00"],
    "Friday 3 to 5pm Paris time": ["06-11 14:00-16:00"],
    "10:00 CET - 11:00 CET on Friday": ["06-11 09:00-10:00"],
    "at 3pm on Friday, Madrid time": ["06-11 14:00"],
    "between 9 and 11 Beijing time on Saturday": ["06-12 14:00-16:00"],
    "Friday at 1am Tokyo time": ["06-10 17:00"],
    "4pm your time tomorrow": ["06-10 16:00"],
    "Friday after 4pm Berlin time": ["06-11 15:00-"],
    "I'm on Pacific time, can you do 8am on Friday": ["06-11 16:00"],
    "15 December at 10am New York time": ["12-15 15:00"],
    "10am Friday EST": ["06-11 15:00"],
    "Friday 3pm eastern": ["06-11 20:00"],
}


@pytest.mark.parametrize(("text", "expected"), ELSEWHERE.items(), ids=str)
def test_a_clock_of_another_zone_is_moved_to_ours(text: str, expected: list[str]) -> None:
    assert lines(said(text)) == expected


def test_a_bare_hour_of_theirs_is_one_that_is_open_here() -> None:
    assert lines(said("Friday at 5 Beijing time")) == ["06-11 10:00"]


def test_the_difference_is_that_of_the_date() -> None:
    assert lines(said("29 October at 10am New York time")) == ["10-29 15:00"]
    assert lines(said("1 November at 10am New York time")) == ["11-01 14:00"]


def test_my_time_is_that_of_the_customer() -> None:
    context = Context(opening=OPENING, customer_zone="America/New_York")

    understood = parse("tomorrow at 10am my time", NOW, "Europe/London", "en-GB", context)

    assert lines(understood) == ["06-10 15:00"]
    assert understood.elsewhere is None


def test_my_time_is_no_wish_while_nobody_knows_where_that_is() -> None:
    understood = said("tomorrow at 4pm my time")

    assert lines(understood) == ["06-10"]
    assert understood.elsewhere
    assert line(understood.elsewhere) == "06-10 16:00"
    assert not said("4pm my time").wishes
    assert not said("4pm my time").empty


def test_my_time_is_still_to_be_asked_for_after_the_day_was_said() -> None:
    assert combine(said("4pm my time"), said("Friday")).elsewhere
    assert combine(said("4pm my time"), said("Friday at 11")).elsewhere is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CT scan at 3pm", ["15:00"]),
        ("Friday at 3 PT session", ["06-11 15:00"]),
        ("I live in the eastern part, Friday at 3", ["06-11 15:00"]),
        ("Friday 3pm at the Eastern Avenue shop", ["06-11 15:00"]),
        ("est. 30 minutes, Friday at 3", ["06-11 15:00"]),
        ("take your time, Friday at 3 is fine", ["06-11 15:00"]),
        ("4pm tomorrow at your London shop", ["06-10 16:00"]),
    ],
    ids=str,
)
def test_other_words_are_no_zones(text: str, expected: list[str]) -> None:
    assert lines(said(text)) == expected


@pytest.mark.parametrize(
    ("locale", "text", "expected"),
    [
        ("fr-FR", "demain à 16h heure de Madrid", ["06-10 15:00"]),
        ("es-ES", "mañana a las 16 hora de Madrid", ["06-10 15:00"]),
        ("de-DE", "morgen um 16 Uhr MEZ", ["06-10 15:00"]),
        ("fr-FR", "cet après-midi", ["06-09 12:00-17:00"]),
    ],
)
def test_zones_are_named_in_every_language(locale: str, text: str, expected: list[str]) -> None:
    assert lines(said(text, locale=locale)) == expected
