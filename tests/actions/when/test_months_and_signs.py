"""Dates with signs instead of words, and the nth of something in a month."""

from __future__ import annotations

import pytest

from tests.actions.when.said import lines, said

TIED = {
    "on Jul-6": ["07-06"],
    "6/Jul please": ["07-06"],
    "Jul. 6 at 10": ["07-06 10:00"],
    "6-Jul-2027": ["07-06"],
    "6 July in 2028": ["2028-07-06"],
    "5 Jul-7 Jul": ["07-05..07-08"],
    "2027/jul/06": ["07-06"],
    "July 12, 9:30am": ["07-12 09:30"],
    "July 12 am": ["07-12 08:00-12:00"],
    "9/2027": ["09-01..10-01"],
    "2027-09": ["09-01..10-01"],
}
BARE = {
    "from the 28th to the 3rd of July": ["06-28..07-04"],
    "from 1 July onwards, any Wednesday": ["07-01.. W"],
    "20 June, 13.00h": ["06-20 13:00"],
    "the 5th of the 7th": ["07-05"],
    "July 6, 7 or 8": ["07-06", "07-07", "07-08"],
    "Jul-8-2028": ["2028-07-08"],
    "from 2 to July 7": ["07-02..07-08"],
    "after September 2027": ["10-01.."],
    "before or in July": ["..08-01"],
    "looking at 18 and 19 June": ["06-18", "06-19"],
    "next working week": ["06-14..06-21 MTWTF"],
    "on the first at 10": ["07-01 10:00"],
    "on 15, 4pm": ["06-15 16:00"],
    "4pm on 15": ["06-15 16:00"],
    "18 and 19 June": ["06-18", "06-19"],
    "is the 27 free": ["06-27"],
    "the 5 or the 6 please": ["07-05", "07-06"],
    "the 20 at 11": ["06-20 11:00"],
    "16. Nov. 2027": ["11-16"],
    "between now and 20 June": ["06-09..06-21"],
    "July 8 or 9": ["07-08", "07-09"],
    "15 - 7": ["07-15"],
    "15 / 7": ["07-15"],
    "9-17": ["09:00-17:00"],
    "from 5/7-9/7/2027": ["07-05..07-10"],
    "from 1 June 2027 to tomorrow": ["06-01..06-11"],
    "from May to July 2028": ["2028-05-01..2028-08-01"],
}
NTH = {
    "August after next": ["2028-08-01..2028-09-01"],
    "the third week of 2028": ["2028-01-17..2028-01-24"],
    "first week of next year": ["2028-01-03..2028-01-10"],
    "next June": ["2028-06-01..2028-07-01"],
    "from 14 to 22 this month": ["06-14..06-23"],
    "the last working day of the month": ["06-30"],
    "the third working day of July": ["07-05"],
    "the third day of July": ["07-03"],
    "the last day of next month": ["07-31"],
    "the last Friday of this month": ["06-25"],
    "second Tuesday of next month": ["07-13"],
    "first Saturday of the month": ["07-03"],
    "the last weekend in August": ["08-28..08-30"],
    "a weekend in July": ["07-01..08-01 SS"],
    "the second Tuesday": ["07-13"],
    "any Friday next month": ["07-01..08-01 F"],
    "next month, any Monday": ["07-01..08-01 M"],
    "any Friday next week": ["06-18"],
    "the weekend of 19/20 June": ["06-19..06-21"],
    "4-9 in next month": ["07-04..07-10"],
    "Mondays in July": ["07-01..08-01 M"],
    "the second week of next month": ["07-08..07-15"],
    "the 4th to the 9th of next month": ["07-04..07-10"],
    "4 to 9 next month": ["07-04..07-10"],
    "between the 20th and the 22nd of this month": ["06-20..06-23"],
}


@pytest.mark.parametrize(("text", "expected"), [*TIED.items(), *BARE.items(), *NTH.items()], ids=str)
def test_a_date_is_understood_however_it_is_put(text: str, expected: list[str]) -> None:
    understood = said(text)

    assert lines(understood) == expected
    assert not understood.open


@pytest.mark.parametrize(
    "text",
    [
        "report-2027-07-06.pdf",
        "a ratio of 30/4.85",
        "0.8/15 of it",
        "3/4 length sleeves",
        "1/2 of it",
        "the 3 of us",
        "the 2 stylists",
        "bye for now",
        "this may or may not be right",
    ],
    ids=str,
)
def test_what_is_only_written_like_a_date_is_none(text: str) -> None:
    assert said(text).empty


@pytest.mark.parametrize(
    ("text", "expected"), [("2 - 15", "2028-02-15"), ("on 7.22", "07-22"), ("9-17", "09-17")]
)
def test_where_the_month_comes_first_it_does_so_with_signs_too(text: str, expected: str) -> None:
    assert lines(said(text, locale="en-US")) == [expected]


@pytest.mark.parametrize("text", ["Saturday the 5th", "Tuesday June 1", "Tue 1/6"], ids=str)
def test_a_date_that_was_that_weekday_just_now_is_over(text: str) -> None:
    assert said(text).refused == "past"
