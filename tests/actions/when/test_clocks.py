"""Times of day are found; bare hours follow the opening hours, and a number needs a sign that it is a time."""

from __future__ import annotations

from datetime import time

import pytest

from actions.when import Opening
from tests.actions.when.said import line, lines, said

CLOCKS = {
    "3pm": ["15:00"],
    "at 3 p.m.": ["15:00"],
    "3:30": ["15:30"],
    "7.15pm": ["19:15"],
    "15h": ["15:00"],
    "15h30": ["15:30"],
    "16hr": ["16:00"],
    "nine-thirty": ["09:30"],
    "at 3": ["15:00"],
    "@ 11": ["11:00"],
    "half past two": ["14:30"],
    "half three": ["15:30"],
    "quarter to five": ["16:45"],
    "a quarter past 9": ["09:15"],
    "ten past three": ["15:10"],
    "twenty to 4": ["15:40"],
    "15 minutes past 3": ["15:15"],
    "three thirty": ["15:30"],
    "5 10 p.m.": ["17:10"],
    "noon": ["12:00"],
    "quarter to midnight": ["23:45"],
    "eleven o'clock": ["11:00"],
    "09:30pm": ["21:30"],
    "3:15p": ["15:15"],
    "evening 6:45": ["18:45"],
    "half past 11 in the morning": ["11:30"],
    "nine at night": ["21:00"],
    "at 12 in the afternoon": ["12:00"],
    "around 3": ["14:30-15:30"],
    "fourish": ["15:30-16:30"],
    "between 2 and 4": ["14:00-16:00"],
    "2-4pm": ["14:00-16:00"],
    "from 11 to 1": ["11:00-13:00"],
    "10 to 11:30am": ["10:00-11:30"],
    "after 5": ["17:00-"],
    "not before 10": ["10:00-"],
    "earliest 10am": ["10:00-"],
    "I work until 5": ["17:00-"],
    "before noon": ["-12:00"],
    "no later than 4": ["-16:00"],
    "latest 4pm": ["-16:00"],
    "after 2 but before 5": ["14:00-17:00"],
    "mornings": ["08:00-12:00"],
    "in the afternoon": ["12:00-17:00"],
    "after work": ["17:00-"],
    "lunch time": ["12:00-14:00"],
    "first thing": ["09:00-10:00"],
    "late morning": ["10:00-12:00"],
    "6/7pm": ["18:00-19:00"],
    "between 3 and close": ["15:00-"],
    "half-past-nine": ["09:30"],
    "midafternoon": ["14:00-16:00"],
    "between 0930 and 1100": ["09:30-11:00"],
    "from 0900 to 1730": ["09:00-17:30"],
    "the early part of the afternoon": ["12:00-14:30"],
    "between 2:15 and quarter to four": ["14:15-15:45"],
    "between 2 and half past 3": ["14:00-15:30"],
    "after breakfast": ["09:00-12:00"],
    "around dinner time": ["17:00-20:00"],
    "late-night": ["21:00-"],
    "afternoonish": ["12:00-17:00"],
    "early-afternoon": ["12:00-15:00"],
    "twenty minutes to 3pm": ["14:40"],
    "seven minutes past ten": ["10:07"],
    "three minutes to eleven": ["10:57"],
    "ten oh five": ["10:05"],
    "from 1p.m. to 4.": ["13:00-16:00"],
    "at or after 3": ["15:00-"],
    "<= 4pm": ["-16:00"],
    "through 4pm": ["-16:00"],
    "one and two pm": ["13:00", "14:00"],
}
TOGETHER = {
    "tomorrow at 3": ["06-10 15:00"],
    "3 tomorrow": ["06-10 15:00"],
    "1415 tomorrow": ["06-10 14:15"],
    "Friday 3": ["06-11 15:00"],
    "fri @ 2:15pm": ["06-11 14:15"],
    "tomorrow morning at 9": ["06-10 09:00"],
    "quarter to five on Friday afternoon": ["06-11 16:45"],
    "the 15th around noon": ["06-15 11:30-12:30"],
    "this afternoon at 2": ["06-09 14:00"],
    "tonight at 7": ["06-09 19:00"],
    "Saturday between 1 and 3": ["06-12 13:00-15:00"],
    "first thing on Saturday": ["06-12 09:00-10:00"],
    "end of the day on Thursday": ["06-10 18:00-20:00"],
    "Friday after work": ["06-11 17:00-"],
    "Saturday morning, not before 10": ["06-12 10:00-12:00"],
    "next week in the afternoon": ["06-14..06-21 12:00-17:00"],
    "weekday mornings next week": ["06-14..06-21 MTWTF 08:00-12:00"],
    "7:30 this evening": ["06-09 19:30"],
    "between 11 and 12:30 this morning": ["06-09 11:00-12:30"],
    "5 to 7 this evening": ["06-09 17:00-19:00"],
    "from 7 to 8 tonight": ["06-09 19:00-20:00"],
    "8 tonight": ["06-09 20:00"],
    "from 7pm until 8 tonight": ["06-09 19:00-20:00"],
    "sat 1030": ["06-12 10:30"],
    "weeknights": ["MTWTF 17:00-21:00"],
    "late tonight": ["06-09 21:00-"],
    "Friday lunch": ["06-11 12:00-14:00"],
    "11 on the 23rd or 3 on the 24th": ["06-23 11:00", "06-24 15:00"],
    "first thing Thursday morning": ["06-10 09:00-10:00"],
    "by the end of the day on Friday": ["..06-12"],
    "tonight 8.15": ["06-09 20:15"],
    "from 2 to 3 of June 22": ["06-22 14:00-15:00"],
    "in a quarter of an hour": ["06-09 10:05-11:05"],
    "in an hour": ["06-09 10:50-11:50"],
    "on 21.6. at 2.30": ["06-21 14:30"],
    "by 5 tomorrow": ["06-10 -17:00"],
    "a trim with Ana on Saturday the 26th of June at 2pm": ["06-26 14:00"],
}


@pytest.mark.parametrize(("text", "expected"), [*CLOCKS.items(), *TOGETHER.items()], ids=str)
def test_a_time_is_understood(text: str, expected: list[str]) -> None:
    understood = said(text)

    assert lines(understood) == expected
    assert not understood.open


LATE: Opening = {day: [(time(8), time(22))] for day in range(7)}
NIGHT: Opening = {day: [(time(1), time(5))] for day in range(7)}


@pytest.mark.parametrize("hour", range(1, 8))
def test_a_bare_hour_is_never_before_opening(hour: int) -> None:
    assert lines(said(f"Thursday at {hour}")) == [f"06-10 {hour + 12}:00"]


def test_a_bare_hour_that_fits_morning_and_evening_is_asked_about() -> None:
    understood = said("tomorrow at 9", opening=LATE)

    assert [o.reason for o in understood.open] == ["hour"]
    assert [line(option) for option in understood.open[0].options] == ["06-10 09:00", "06-10 21:00"]


@pytest.mark.parametrize(
    "text", ["tomorrow at 9am", "tomorrow at 09:00", "9 in the evening", "tomorrow at 21:00"]
)
def test_an_hour_with_its_half_is_not_asked_about(text: str) -> None:
    assert not said(text, opening=LATE).open


def test_the_opening_hours_of_that_very_day_decide() -> None:
    assert lines(said("Thursday at 7")) == ["06-10 19:00"]
    assert lines(said("at 3", opening=NIGHT)) == ["03:00"]


@pytest.mark.parametrize(("asked", "expected"), [("time", ["15:00"]), ("service", []), (None, [])])
def test_a_lone_number_is_a_time_only_when_a_time_was_asked_for(
    asked: str | None, expected: list[str]
) -> None:
    assert lines(said("3", asked=asked)) == expected


@pytest.mark.parametrize("text", ["4", "yes please, 4", "let's say 4.", "4 is good", "for 4"])
def test_an_answer_may_have_words_around_its_number(text: str) -> None:
    assert lines(said(text, asked="time")) == ["16:00"]


def test_the_time_meant_by_around_is_kept_to_be_echoed() -> None:
    wish = said("tomorrow around 3").wishes[0]

    assert (wish.near, wish.soft, wish.exact) == (time(15), True, False)


def test_the_characters_understood_are_known() -> None:
    text = "A trim with Ana tomorrow at 3, please"

    assert [text[start:end] for start, end in said(text).spans] == ["tomorrow", "at 3"]
