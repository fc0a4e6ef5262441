"""Ways of saying it that few people use; each of them is the only promise that its rule has."""

from __future__ import annotations

import pytest

from tests.actions.when.said import line, lines, said

WISHED = {
    "en": {
        "any Saturday in July": ["07-01..08-01 S"],
        "tomorrow week": ["06-17"],
        "Monday Easter Monday": ["2028-04-17"],
        "by end of the day": ["06-09"],
        "5 or before": ["-17:00"],
        "Friday or before": ["..06-12"],
        "before the afternoon": ["-12:00"],
        "my Thursdays appointment": ["06-10"],
    },
    "es": {"a las 10 o después": ["10:00-"]},
    "pt": {"dia 11 do 6": ["06-11"], "às 10 ou depois": ["10:00-"]},
    "fr": {"demain passé 18h": ["06-10 18:00-"]},
}
RULED_OUT = {"no late evenings": ["19:00-"], "no working days": ["MTWTF"]}
TOLD = ["it was earlier today", "I'm an hour away", "great morning", "later is no good", "every 3 hours"]


@pytest.mark.parametrize(
    ("locale", "text", "expected"),
    [(locale, text, expected) for locale, rows in WISHED.items() for text, expected in rows.items()],
)
def test_it_is_understood_all_the_same(locale: str, text: str, expected: list[str]) -> None:
    assert lines(said(text, locale=locale)) == expected


@pytest.mark.parametrize(("text", "expected"), RULED_OUT.items())
def test_it_is_ruled_out_all_the_same(text: str, expected: list[str]) -> None:
    assert [line(each) for each in said(text).exclude] == expected


@pytest.mark.parametrize("text", TOLD)
def test_it_is_no_wish_all_the_same(text: str) -> None:
    assert not said(text).wishes


def test_a_quarter_hour_is_a_length_and_last_march_is_over() -> None:
    told = said("last March").told_past

    assert said("a quarter hour").duration_seconds == 900
    assert told
    assert line(told) == "03-01..04-01"
