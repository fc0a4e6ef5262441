"""Years and their parts are runs of days; seasons are those of the hemisphere."""

from __future__ import annotations

import pytest

from tests.actions.when.said import line, lines, said

PARTS = {
    "in 2028": ["2028-01-01..2029-01-01"],
    "some time next year": ["2028-01-01..2029-01-01"],
    "the year after next": ["2029-01-01..2030-01-01"],
    "before the year 2029": ["..2029-01-01"],
    "in two thousand and twenty nine": ["2029-01-01..2030-01-01"],
    "Q4": ["10-01..2028-01-01"],
    "q1": ["2028-01-01..2028-04-01"],
    "Q3 2028": ["2028-07-01..2028-10-01"],
    "2028H2": ["2028-07-01..2029-01-01"],
    "28Q3": ["2028-07-01..2028-10-01"],
    "2028-Q3": ["2028-07-01..2028-10-01"],
    "the second quarter of next year": ["2028-04-01..2028-07-01"],
    "next year's second quarter": ["2028-04-01..2028-07-01"],
    "the first quarter of the year": ["2028-01-01..2028-04-01"],
    "the third quarter of 2028": ["2028-07-01..2028-10-01"],
    "March in two years": ["2029-03-01..2029-04-01"],
    "next quarter": ["07-01..10-01"],
    "H2": ["07-01..2028-01-01"],
    "the first half of 2028": ["2028-01-01..2028-07-01"],
    "this summer": ["06-21..09-24"],
    "next winter": ["12-21..2028-03-21"],
    "in the autumn": ["09-23..12-21"],
    "late summer": ["08-24..09-24"],
    "spring 2028": ["2028-03-20..2028-06-21"],
    "by EOM": ["..07-01"],
    "EOY": ["09-01..2028-01-01"],
    "by the end of the year": ["..2028-01-01"],
    "the month after next": ["08-01..09-01"],
}


@pytest.mark.parametrize(("text", "expected"), PARTS.items(), ids=str)
def test_a_year_has_parts(text: str, expected: list[str]) -> None:
    assert lines(said(text)) == expected


def test_summer_comes_at_new_year_in_the_south() -> None:
    assert lines(said("this summer", zone="Australia/Sydney")) == ["12-21..2028-03-21"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("last month", "05-01..06-01"),
        ("the end of last week", "06-04..06-07"),
        ("Tuesday of last week", "06-01"),
        ("last weekend", "06-05..06-07"),
        ("last summer", "2026-06-21..2026-09-24"),
        ("last year", "2026-01-01..01-01"),
        ("last quarter", "01-01..04-01"),
    ],
    ids=str,
)
def test_the_period_before_is_only_told(text: str, told: str) -> None:
    understood = said(f"I was with you {text}")

    assert understood.empty
    assert understood.told_past
    assert line(understood.told_past) == told


@pytest.mark.parametrize(
    "text",
    [
        "a spring clean",
        "I had a fall",
        "winter tyres please",
        "haircut of the year",
        "after 1930 it is",
        "room 2014",
    ],
)
def test_other_words_and_numbers_are_no_part_of_a_year(text: str) -> None:
    assert not any(wish.has_day for wish in said(text).wishes)
