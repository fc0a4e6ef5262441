"""What dateparser 1.5.0 gets silently wrong never reaches a customer: each phrase is right here, or it is not read.

"tomorrow at 3" loses its 3, "the 10th" may become October, "a week from today" lies in the past, "half past 11" is 11,
"evening 6:45" is in the morning, "21.11." is nine in the evening; its TIMEZONE is an hour off beyond a change of the
clocks, and a call that does not name the language takes a hundred times as long.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from dateparser.date import DateDataParser

import actions.when
from actions.when import intervals
from actions.when.foreign import dateparser_leaf
from actions.when.nodes import Day
from tests.actions.when.said import NOW, lines, said
from tests.actions.when.tables_hidden import dutch_and_italian_tables_hidden  # noqa: F401

RIGHT = {
    "tomorrow at 3": ["06-10 15:00"],
    "at 3 tomorrow please": ["06-10 15:00"],
    "Friday at 10": ["06-11 10:00"],
    "the 10th": ["06-10"],
    "on the 12th": ["06-12"],
    "the 3rd": ["07-03"],
    "a week from today": ["06-16"],
    "two weeks from today": ["06-23"],
    "a week from tomorrow": ["06-17"],
    "half past 11 in the morning": ["11:30"],
    "half past 4 in the afternoon": ["16:30"],
    "evening 6:45": ["18:45"],
    "in the evening at 6:45": ["18:45"],
    "21.11.": ["11-21"],
    "on 21.11. at 3": ["11-21 15:00"],
    "Friday 2 July": ["07-02"],
}
RIGHT_ELSEWHERE = {
    ("nl", "morgen om 3"): ["06-10 15:00"],
    ("nl", "vrijdag om 10"): ["06-11 10:00"],
    ("nl", "21.11."): ["11-21"],
    ("nl", "21.11. om 3 uur"): ["11-21 15:00"],
    ("nl", "om 15 uur"): ["15:00"],
    ("nl", "avond 6:45"): ["18:45"],
    ("it", "di sera alle 6:45"): ["18:45"],
    ("hi", "शाम 6:45"): ["18:45"],
    ("nl", "vandaag om 3 uur"): ["06-09 15:00"],
    ("it", "domani alle 3"): ["06-10 15:00"],
    ("it", "alle ore 15"): ["15:00"],
    ("tr", "yarın 15:30"): ["06-10 15:30"],
}
NOT_READ_ELSEWHERE = [
    ("it", "il 10"),
    ("nl", "de 10e"),
    ("nl", "3 5"),
    ("nl", "3 mei 15"),
    ("nl", "half 12"),
    ("pl", "jutro o 15"),
    ("hi", "कल"),
]


@pytest.mark.parametrize(("text", "expected"), RIGHT.items(), ids=str)
def test_each_phrase_is_right_in_english(text: str, expected: list[str]) -> None:
    understood = said(text)

    assert lines(understood) == expected
    assert not understood.open


@pytest.mark.parametrize(("place", "expected"), RIGHT_ELSEWHERE.items(), ids=str)
def test_and_in_languages_without_a_table(place: tuple[str, str], expected: list[str]) -> None:
    locale, text = place

    assert lines(said(text, locale=locale)) == expected


@pytest.mark.parametrize(("locale", "text"), NOT_READ_ELSEWHERE)
def test_or_it_is_not_read_there(locale: str, text: str) -> None:
    assert said(text, locale=locale).empty


def test_a_weekday_that_is_not_that_date_is_asked_about_and_not_dropped() -> None:
    assert [each.reason for each in said("vrijdag 3 juli", locale="nl").open] == ["mismatch"]


@pytest.mark.parametrize(
    ("span", "day"),
    [
        ("morgen om 3 uur", Day(start=NOW.date() + timedelta(1), end=NOW.date() + timedelta(2))),
        ("3 mei 15", Day(day=3, month=5)),
        ("3 mei 15:00", Day(day=3, month=5)),
        ("3 mei", Day(day=3, month=5, year=2028)),
        ("3 mei 2028", Day(day=3, month=5)),
        ("3 mei", Day(day=5, month=3)),
        ("mei", Day(day=1, month=5)),
        ("21.11.", Day(day=21, month=11)),
        ("gisteren", Day(start=NOW.date(), end=NOW.date() + timedelta(1))),
        ("niets", Day(day=3, month=5)),
    ],
)
def test_a_span_that_says_more_or_less_than_the_day_is_not_that_day(span: str, day: Day) -> None:
    assert not dateparser_leaf.agrees(span, day, NOW.replace(tzinfo=None), "nl", day_first=True)


@pytest.mark.parametrize(
    ("locale", "day", "utc_hour"),
    [("nl", "30 oktober", 13), ("nl", "31 oktober", 14), ("de", "31. Oktober", 14)],
)
def test_the_wall_clock_is_kept_across_a_change_of_the_clocks(locale: str, day: str, utc_hour: int) -> None:
    zone = "Europe/Amsterdam"
    understood = said(f"{day} 15:00", locale=locale, zone=zone, opening={})

    ((start, _),) = intervals(understood, zone, NOW, timedelta(days=365), {})
    assert start == datetime(2027, 10, int(re.findall(r"\d+", day)[0]), utc_hour, tzinfo=UTC)


def test_every_call_names_the_language_the_present_and_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[dict[str, Any]] = []

    def noted(**how: Any) -> DateDataParser:
        calls.append(how)
        return DateDataParser(**how)

    monkeypatch.setattr(dateparser_leaf, "DateDataParser", noted)
    for locale, text in (
        ("nl-NL", "morgen of 2 juli"),
        ("it", "il 2 luglio"),
        ("tl-PH", "Hulyo 2"),
        ("xx", "6/7"),
    ):
        said(text, locale=locale)

    assert [how["languages"] for how in calls] == [["nl"], ["nl"], ["it"], ["tl"]]
    assert [how["settings"]["DATE_ORDER"] for how in calls] == ["DMY", "DMY", "DMY", "MDY"]
    for how in calls:
        base = how["settings"]["RELATIVE_BASE"]
        assert (base.tzinfo, base.hour) == (None, 10)
        assert how["settings"]["PREFER_DATES_FROM"] == "future"
        assert how["settings"]["TIMEZONE"] == "UTC"


def test_nothing_else_in_the_package_asks_dateparser_to_parse() -> None:
    package = Path(actions.when.__file__).parent
    users = {
        file.relative_to(package).as_posix(): set(
            re.findall(r"^(?:from|import) (dateparser[\w.]*)", file.read_text("utf-8"), re.MULTILINE)
        )
        for file in package.rglob("*.py")
    }

    assert {name: modules for name, modules in users.items() if modules} == {
        "foreign/dateparser_leaf.py": {"dateparser.date"},
        "foreign/words.py": {"dateparser.data.languages_info", "dateparser.languages.loader"},
    }
