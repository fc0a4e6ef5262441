"""Dutch is understood by its table alone: a language is words, and the grammar is everybody's."""

from __future__ import annotations

import pytest

from actions.when import Recurrence, Shift, TimeConstraint
from tests.actions.when.said import line, lines, said


def gezegd(text: str, asked: str | None = None) -> TimeConstraint:
    return said(text, asked=asked, locale="nl-NL")


WISHES = {
    "overmorgen": ["06-11"],
    "morgenochtend om 9 uur": ["06-10 09:00"],
    "vrijdag 's ochtends": ["06-11 08:00-12:00"],
    "vanavond om 8": ["06-09 20:00"],
    "half drie": ["14:30"],
    "kwart over 4": ["16:15"],
    "tien over tien": ["10:10"],
    "vijf voor half vier": ["15:25"],
    "om één uur": ["13:00"],
    "17u10": ["17:10"],
    "14.30 uur": ["14:30"],
    "vanaf 16 uur": ["16:00-"],
    "tussen 14 en 16 uur": ["14:00-16:00"],
    "donderdag van 9 tot 11 uur": ["06-10 09:00-11:00"],
    "over twee weken": ["06-23"],
    "de 25e": ["06-25"],
    "de derde december": ["12-03"],
    "eerste maandag van juli": ["07-05"],
    "laatste week van juli": ["07-25..08-01"],
    "eind juni": ["06-21..07-01"],
    "volgende week dinsdag": ["06-15"],
    "vrijdag of anders maandagochtend": ["06-11", "06-14 08:00-12:00"],
    "uiterlijk vrijdag": ["..06-12"],
    "op 3-7": ["07-03"],
    "9-11 uur": ["09:00-11:00"],
    "vrijdag 9-11": ["06-11 09:00-11:00"],
    "vrijdg 14 uur": ["06-11 14:00"],
}


@pytest.mark.parametrize(("text", "expected"), WISHES.items(), ids=str)
def test_what_is_wished_for(text: str, expected: list[str]) -> None:
    assert lines(gezegd(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "voor 10 uur": ["-10:00"],
        "een afspraak voor 10 uur": ["10:00"],
        "een afspraak voor vrijdag": ["06-11"],
        "een tafel voor 4": [],
        "een tafel voor 4 op vrijdag": ["06-11"],
    }.items(),
    ids=str,
)
def test_voor_is_before_and_for(text: str, expected: list[str]) -> None:
    assert lines(gezegd(text)) == expected


@pytest.mark.parametrize(
    ("text", "wishes", "excluded"),
    [
        ("volgende week behalve woensdag", ["06-14..06-21"], ["06-16"]),
        ("vrijdag kan ik niet", [], ["06-11"]),
        ("niet vrijdag, donderdag", ["06-10"], ["06-11"]),
    ],
    ids=str,
)
def test_what_is_ruled_out(text: str, wishes: list[str], excluded: list[str]) -> None:
    understood = gezegd(text)

    assert lines(understood) == wishes
    assert [line(wish) for wish in understood.exclude] == excluded


def test_what_is_moved_shifted_and_repeated() -> None:
    moved = gezegd("kan mijn afspraak van donderdag naar vrijdag verzet worden?")

    assert moved.source is not None
    assert (line(moved.source), lines(moved)) == ("06-10", ["06-11"])
    assert gezegd("een uur later").shift == Shift(minutes=60)
    assert gezegd("om de andere dinsdag").recurrence == Recurrence("week", 2, (1,))
    assert gezegd("voor een half uur").duration_seconds == 1800
    assert gezegd("zo snel mogelijk").order == "soonest"


@pytest.mark.parametrize(
    "text",
    [
        "goedemorgen",
        "dank je wel",
        "een tafel voor 4 personen",
        "meneer Mei",
        "20 euro",
        "Hoofdstraat 12",
        "fijn weekend",
        "tot morgen!",
        "di",
        "zat",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert gezegd(text).empty
