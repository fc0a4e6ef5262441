"""Amounts of time are lengths, distances or windows, by the words around them; what is over is only told."""

from __future__ import annotations

import pytest

from actions.when import Recurrence
from tests.actions.when.said import line, lines, said

MINUTE, HOUR, DAY = 60, 3600, 86400

LENGTHS = {
    "for two and a half hours": 2.5 * HOUR,
    "an hour and a quarter": 1.25 * HOUR,
    "1 hour 20 minutes": 80 * MINUTE,
    "1 hour forty": 100 * MINUTE,
    "three quarters of an hour": 45 * MINUTE,
    "we need 1.5 hours for this": 1.5 * HOUR,
    "1/2 hour": 0.5 * HOUR,
    "2 1/2 hours": 2.5 * HOUR,
    "½ hour": 0.5 * HOUR,
    "a ½ hour": 0.5 * HOUR,
    "1½ hours": 1.5 * HOUR,
    "it takes a year and a quarter": 1.25 * 365 * DAY,
    "for less than two days": 2 * DAY,
    "about an hour": HOUR,
    "a hundred and twenty minutes": 2 * HOUR,
    "two full days": 2 * DAY,
    "1:30 hours": 1.5 * HOUR,
    "20'": 20 * MINUTE,
    "can I have an hour with Sam on Tuesday": HOUR,
    "a half-hour slot": 0.5 * HOUR,
    "1h30m": 1.5 * HOUR,
    "for 1h30": 1.5 * HOUR,
    "an hour and a half or so": 1.5 * HOUR,
    "2 to 3 hours": 3 * HOUR,
    "no more than 40 minutes": 40 * MINUTE,
    "for at least an hour": HOUR,
    "for 90 seconds": 90,
    "a couple of hours": 2 * HOUR,
    "for several days": 3 * DAY,
    "for the whole day": DAY,
    "for a full week": 7 * DAY,
    "for 2 months": 60 * DAY,
    "1 year, 2 weeks and 3 days": (365 + 14 + 3) * DAY,
    "two and a half hours on Friday": 2.5 * HOUR,
}


@pytest.mark.parametrize(("text", "seconds"), LENGTHS.items(), ids=str)
def test_an_amount_is_a_length(text: str, seconds: float) -> None:
    assert said(text).duration_seconds == seconds


WINDOWS = {
    "within 10 days": ["06-09..06-19"],
    "in the next week": ["06-09..06-17"],
    "between now and the 20th": ["06-09..06-21"],
    "from now until Friday": ["06-09..06-12"],
    "within a fortnight": ["06-09..06-23"],
    "in the next 3 days": ["06-09..06-13"],
    "the next 3 days": ["06-10..06-13"],
    "the coming two weeks": ["06-10..06-24"],
    "the 2 upcoming months": ["06-10..08-10"],
    "within 2 weeks from tomorrow": ["06-10..06-24"],
    "within the next 3 hours": ["06-09 10:20-13:20"],
    "in the next hour": ["06-09 10:20-11:20"],
    "the next 4 working days": ["06-10..06-16 MTWTF"],
}
DISTANCES = {
    "in five business days": ["06-16"],
    "in 2 to 3 weeks": ["06-23..07-01"],
    "in a week or two": ["06-16..06-24"],
    "4 or 5 days from now": ["06-13..06-15"],
    "in 1-2 hours": ["06-09 11:20-12:20"],
    "in roughly ten days": ["06-19"],
    "two weeks from now on a Thursday": ["06-24"],
    "book me in for 6 weeks' time": ["07-21"],
    "in the next hour or two": ["06-09 10:20-12:20"],
    "every Friday until Christmas": ["..12-26 F"],
    "in 1 day and 2 hours": ["06-10 11:50-12:50"],
    "in under an hour": ["06-09 10:20-11:20"],
    "less than 2 weeks from today": ["06-09..06-23"],
    "after a fortnight": ["06-23.."],
    "two Thursdays from now": ["06-17"],
    "3 Wednesdays from now": ["06-30"],
    "in 2 and a half hours": ["06-09 12:20-13:20"],
    "three months after the 1st of July": ["10-01"],
    "four days from yesterday": ["06-12"],
}


@pytest.mark.parametrize(("text", "expected"), [*WINDOWS.items(), *DISTANCES.items()], ids=str)
def test_an_amount_is_a_window_or_a_distance(text: str, expected: list[str]) -> None:
    assert lines(said(text)) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("I was there two weeks ago", "05-26"),
        ("the last 3 days", "06-06..06-09"),
        ("over the past few weeks", "05-19..06-09"),
        ("I rang 2 hours ago", "06-09 08:20"),
        ("2 Thursdays ago", "05-27"),
        ("2 weeks and 2 days ago", "05-24"),
        ("last night", "06-08 18:00-"),
        ("I called last night at 8", "06-08 20:00"),
        ("earlier this week", "06-07..06-09"),
        ("Sunday from last week", "06-06"),
        ("a year ago today", "2026-06-09"),
        ("a fortnight ago Friday", "05-28"),
    ],
    ids=str,
)
def test_what_is_only_told_is_not_asked_for(text: str, told: str) -> None:
    understood = said(text)

    assert understood.empty
    assert understood.told_past
    assert line(understood.told_past) == told


def test_a_wish_beside_what_is_told_is_still_a_wish() -> None:
    assert lines(said("I had a fall last week and need a physio on Friday")) == ["06-11"]
    assert lines(said("I came in two weeks ago and would love another one on Friday")) == ["06-11"]
    assert lines(said("you cut my hair two weeks ago, could I come at 3 again")) == ["15:00"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("every day", Recurrence("day")),
        ("every weekday at 8am", Recurrence("week", 1, (0, 1, 2, 3, 4))),
        ("every 3rd Friday", Recurrence("week", 3, (4,))),
        ("every Monday and Thursday", Recurrence("week", 1, (0, 3))),
        ("once every two months", Recurrence("month", 2)),
        ("each quarter", Recurrence("month", 3)),
        ("yearly", Recurrence("year")),
        ("once a week", Recurrence("week")),
        ("every morning at 10", Recurrence("day")),
        ("Thursdays at 5pm", Recurrence("week", 1, (3,))),
        ("at 5pm on Thursdays", Recurrence("week", 1, (3,))),
        ("any weekend", Recurrence("week", 1, (5, 6))),
        ("every 3rd of May", Recurrence("year")),
        ("biweekly", Recurrence("week", 2)),
        ("Mondays and Thursdays at 4", Recurrence("week", 1, (0, 3))),
        ("every March", Recurrence("year")),
        ("the last Friday of every month", Recurrence("month", weekdays=(4,))),
    ],
    ids=str,
)
def test_what_comes_again(text: str, expected: Recurrence) -> None:
    assert said(text).recurrence == expected


@pytest.mark.parametrize("text", ["now", "can I come right now?", "could you see me now please"])
def test_now_is_as_soon_as_can_be(text: str) -> None:
    assert said(text).order == "soonest"


@pytest.mark.parametrize(
    "text", ["not now", "that's all for now", "now I remember", "from now on call me Al"]
)
def test_now_is_mostly_no_time(text: str) -> None:
    assert said(text).empty


@pytest.mark.parametrize("text", ["Thursdays are best", "Thursdays after 5", "Thursdays 2 to 4pm"])
def test_a_preferred_weekday_is_no_series(text: str) -> None:
    assert said(text).recurrence is None


@pytest.mark.parametrize(
    "text",
    [
        "3 days a week",
        "some people",
        "several of us",
        "5m",
        "a quarter of the price",
        "all of it",
        "few come back",
    ],
)
def test_other_numbers_are_no_wish_for_a_day(text: str) -> None:
    understood = said(text)

    assert not understood.wishes
    assert not understood.recurrence


@pytest.mark.parametrize("text", ["the 20th of last month", "last month the 20th"])
def test_a_date_in_a_period_that_is_over_is_over(text: str) -> None:
    understood = said(text)

    assert not understood.wishes
    assert understood.told_past


@pytest.mark.parametrize(
    ("locale", "text", "seconds"),
    [("pt-PT", "por vinte e quatro horas", 24 * HOUR), ("de-DE", "für anderthalb Stunden", 1.5 * HOUR)],
)
def test_lengths_in_other_languages(locale: str, text: str, seconds: float) -> None:
    assert said(text, locale=locale).duration_seconds == seconds


def test_a_range_of_weeks_in_german_is_no_move() -> None:
    understood = said("in 2 bis 3 Wochen", locale="de-DE")

    assert lines(understood) == ["06-23..07-01"]
    assert understood.shift is None


@pytest.mark.parametrize(
    "text", ["in 900 decades", "1000 years ago", "100 years after " * 60 + "Christmas", "1000 decades later"]
)
def test_no_amount_is_too_long_to_be_read(text: str) -> None:
    said(text)
