"""Days are found, fixed to dates in the business's zone, and rolled forward when they were left open."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.actions.when.said import line, lines, said

FIRST_OF_JUNE = datetime(2027, 6, 1, 8, tzinfo=UTC)

DAYS = {
    "anything today?": ["06-09"],
    "could I pop in tomorrow": ["06-10"],
    "tmrw please": ["06-10"],
    "the day after tomorrow would suit": ["06-11"],
    "on Friday": ["06-11"],
    "this Saturday": ["06-12"],
    "next Tuesday": ["06-15"],
    "Tuesday next week": ["06-15"],
    "next week, Thursday": ["06-17"],
    "Friday week": ["06-18"],
    "a week on Saturday": ["06-19"],
    "Thursday in two weeks": ["06-24"],
    "Monday after next": ["06-21"],
    "a week today": ["06-16"],
    "a week from today": ["06-16"],
    "a week tomorrow": ["06-17"],
    "three days from now": ["06-12"],
    "in 3 days": ["06-12"],
    "in two weeks": ["06-23"],
    "12 days away": ["06-21"],
    "is the 17th available": ["06-17"],
    "the date is May 6": ["2028-05-06"],
    "in a fortnight": ["06-23"],
    "in a month": ["07-09"],
    "the 21st": ["06-21"],
    "on the 3rd please": ["07-03"],
    "the twenty-second": ["06-22"],
    "21 June": ["06-21"],
    "June 21st": ["06-21"],
    "the 21st of June 2027": ["06-21"],
    "21st Feb": ["2028-02-21"],
    "Monday the 21st": ["06-21"],
    "Sat 26": ["06-26"],
    "Tuesday, 6 July": ["07-06"],
    "2027-07-06": ["07-06"],
    "6/7": ["07-06"],
    "6/7/27": ["07-06"],
    "on 6.7.": ["07-06"],
    "christmas eve": ["12-24"],
    "the first Saturday of July": ["07-03"],
    "the 12th of next month": ["07-12"],
}
MISSPELT = {
    "tommorow": ["06-10"],
    "wensday next week": ["06-16"],
    "thrusday": ["06-10"],
    "fryday": ["06-11"],
    "saterday": ["06-12"],
    "4 agust": ["08-04"],
    "agust 4": ["08-04"],
    "the 7th of Marh": ["2028-03-07"],
    "Marcch 7": ["2028-03-07"],
    "toady": ["06-09"],
    "3rd of Febuary": ["2028-02-03"],
}
RUNS = {
    "this week": ["06-09..06-14"],
    "sometime next week": ["06-14..06-21"],
    "the week after next": ["06-21..06-28"],
    "early next week": ["06-14..06-17"],
    "this weekend": ["06-12..06-14"],
    "next month": ["07-01..08-01"],
    "in July": ["07-01..08-01"],
    "end of the month": ["06-21..07-01"],
    "at the beginning of July": ["07-01..07-11"],
    "the first week of July": ["07-01..07-08"],
    "the 15th to the 17th": ["06-15..06-18"],
    "from the 1st to the 3rd of July": ["07-01..07-04"],
    "Tuesday to Thursday next week": ["06-15..06-18"],
    "by Friday": ["..06-12"],
    "before the 20th": ["..06-20"],
    "by the end of the week": ["..06-14"],
    "any time after Friday": ["06-12.."],
    "from Saturday onwards": ["06-12.."],
    "in the next three days": ["06-09..06-13"],
    "Tuesdays are best": ["T"],
    "weekdays": ["MTWTF"],
}


@pytest.mark.parametrize(("text", "expected"), [*DAYS.items(), *MISSPELT.items(), *RUNS.items()], ids=str)
def test_a_day_is_understood(text: str, expected: list[str]) -> None:
    understood = said(text)

    assert lines(understood) == expected
    assert not understood.open
    assert understood.refused is None


@pytest.mark.parametrize(
    ("text", "reason", "options"),
    [
        ("next Friday", "weekday", ["06-18", "06-11"]),
        ("Friday after next", "weekday", ["06-18", "06-25"]),
        ("next weekend", "weekday", ["06-19..06-21", "06-12..06-14"]),
        ("Wednesday at 4", "weekday", ["06-16 16:00", "06-09 16:00"]),
        ("Friday 26 June", "mismatch", ["06-26", "06-25"]),
        ("tomorrow the 12th", "mismatch", ["06-10", "06-12"]),
        ("Monday the 12th", "mismatch", ["06-12", "06-14", "07-12"]),
        ("thu 21", "mismatch", ["06-21", "06-24"]),
        ("Tuesday 19 at 10am", "mismatch", ["06-19 10:00", "06-22 10:00"]),
    ],
    ids=str,
)
def test_two_possible_days_are_asked_about(text: str, reason: str, options: list[str]) -> None:
    understood = said(text)

    assert lines(understood) == options[:1]
    assert [o.reason for o in understood.open] == [reason]
    assert [line(option) for option in understood.open[0].options] == options


def test_a_date_that_is_that_weekday_is_not_asked_about() -> None:
    understood = said("Friday the 25th of June at 3")

    assert (lines(understood), understood.open) == (["06-25 15:00"], ())


def test_a_weekday_whose_hour_has_gone_today_is_next_week() -> None:
    assert lines(said("Wednesday at 9:30")) == ["06-16 09:30"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("yesterday", "past"),
        ("last Friday", "past"),
        ("21 March 2020", "past"),
        ("the 3rd of this month", "past"),
        ("30 February", "nonexistent"),
        ("31/11", "nonexistent"),
    ],
    ids=str,
)
def test_a_day_that_cannot_be_is_refused(text: str, reason: str) -> None:
    understood = said(text)

    assert understood.refused == reason
    assert not understood.wishes


def test_what_happened_before_does_not_hide_what_is_wanted() -> None:
    understood = said("I was with Ben last Tuesday, is he free on Saturday?")

    assert lines(understood) == ["06-12"]
    assert understood.refused is None


@pytest.mark.parametrize(("locale", "expected"), [("en-GB", "07-06"), ("en-US", "06-07"), ("en-AU", "07-06")])
def test_the_locale_orders_day_and_month(locale: str, expected: str) -> None:
    assert lines(said("6/7/2027", locale=locale, now=FIRST_OF_JUNE)) == [expected]


def test_a_date_possible_in_one_order_only_is_read_in_that_order() -> None:
    assert lines(said("6/25", locale="en-GB")) == lines(said("25/6", locale="en-US")) == ["06-25"]
