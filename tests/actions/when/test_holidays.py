"""Holidays are days: the same date, an nth weekday or days from Easter, as the country keeps them."""

from __future__ import annotations

from datetime import date

import pytest

from actions.when.calendar.holidays import easter, holiday, orthodox_easter
from tests.actions.when.said import lines, said

NAMED = {
    "are you open on Christmas Eve": ["12-24"],
    "good friday at 3pm": ["2028-04-14 15:00"],
    "easter monday 2029": ["2029-04-02"],
    "anything on black friday": ["11-26"],
    "a cut before Thanksgiving": ["..11-25"],
    "next halloween": ["10-31"],
    "St. Patrick's Day": ["2028-03-17"],
    "orthodox Easter 2028": ["2028-04-16"],
    "father's day of next year": ["2028-06-18"],
}
COUNTED = {
    "two days before Halloween": ["10-29"],
    "the day after Boxing Day": ["12-27"],
    "the Thursday before the 25th of June": ["06-24"],
    "a week after the 1st of July": ["07-08"],
    "4 days from Saturday": ["06-16"],
    "the weekend after Easter": ["2028-04-22..2028-04-24"],
    "the weekend of the 3rd": ["07-03..07-05"],
    "labour day weekend": ["09-04..09-07"],
    "the week of the 23rd": ["06-21..06-28"],
    "week commencing 12 July": ["07-12..07-19"],
    "the week before Christmas": ["12-13..12-20"],
    "the third Tuesday after Christmas": ["2028-01-11"],
    "Thanksgiving week": ["11-22..11-29"],
    "between Christmas and new year": ["12-25..2028-01-02"],
}
NO_DAY = [
    "during the easter holidays",
    "any black friday deals?",
    "merry christmas!",
    "I have a christmas gift card",
]


@pytest.mark.parametrize(("text", "expected"), [*NAMED.items(), *COUNTED.items()], ids=str)
def test_a_holiday_is_a_day_and_days_are_counted_from_it(text: str, expected: list[str]) -> None:
    assert lines(said(text, locale="en-GB")) == expected


@pytest.mark.parametrize(("locale", "expected"), [("en-GB", "2028-03-26"), ("en-US", "2028-05-14")])
def test_a_country_keeps_its_own_day(locale: str, expected: str) -> None:
    assert lines(said("on Mother's Day", locale=locale)) == [expected]


@pytest.mark.parametrize("text", NO_DAY, ids=str)
def test_what_is_only_named_after_a_holiday_is_no_day(text: str) -> None:
    assert said(text).empty


def test_easter_is_where_the_calendar_has_it() -> None:
    assert [easter(year) for year in (2000, 2019, 2027, 2038)] == [
        date(2000, 4, 23),
        date(2019, 4, 21),
        date(2027, 3, 28),
        date(2038, 4, 25),
    ]


def test_the_eastern_churches_keep_their_own_easter() -> None:
    assert [orthodox_easter(year) for year in (2018, 2024, 2025)] == [
        date(2018, 4, 8),
        date(2024, 5, 5),
        date(2025, 4, 20),
    ]


@pytest.mark.parametrize("text", ["Thanksgiving of last year", "last Christmas"], ids=str)
def test_a_holiday_that_is_over_is_refused(text: str) -> None:
    assert said(text).refused == "past"


def test_a_rule_that_no_year_can_follow_is_not_taken() -> None:
    assert holiday("02-29", 2027) is None
    with pytest.raises(ValueError, match="no rule"):
        holiday("11-22>xyz", 2027)
