"""Alternatives keep their order; exclusions, corrections, moves and shifts are told apart."""

from __future__ import annotations

import pytest

from actions.when import Recurrence, Shift, shifted
from tests.actions.when.said import VISIT, ZONE, line, lines, said

ALTERNATIVES = {
    "Friday or Saturday": ["06-11", "06-12"],
    "the 30th or 1 July": ["06-30", "07-01"],
    "next week, Thursday or Friday": ["06-17", "06-18"],
    "a Tuesday or Thursday in July": ["07-06", "07-01"],
    "9:30/10am on Saturday": ["06-12 09:30", "06-12 10:00"],
    "the weekend of the 26th, Saturday or else Sunday": ["06-26", "06-27"],
    "either Friday or Saturday": ["06-11", "06-12"],
    "this Friday or next Friday": ["06-11", "06-18"],
    "Monday or Tuesday, ideally in the morning": ["06-14 08:00-12:00", "06-15 08:00-12:00"],
    "tomorrow before 10 or after 4": ["06-10 -10:00", "06-10 16:00-"],
    "tomorrow at 10 or after": ["06-10 10:00-"],
    "Friday or Saturday morning": ["06-11 08:00-12:00", "06-12 08:00-12:00"],
    "Friday or Saturday morning, not before 10": ["06-11 10:00-12:00", "06-12 10:00-12:00"],
    "tomorrow afternoon, or else Friday": ["06-10 12:00-17:00", "06-11"],
    "Saturday, otherwise Tuesday after 3": ["06-12", "06-15 15:00-"],
    "tomorrow at 3 or 4": ["06-10 15:00", "06-10 16:00"],
    "3 or 4 tomorrow": ["06-10 15:00", "06-10 16:00"],
    "Friday at 10, 11 or 12": ["06-11 10:00", "06-11 11:00", "06-11 12:00"],
    "3pm on Friday or Saturday": ["06-11 15:00", "06-12 15:00"],
    "Tue, Thu or Fri next week": ["06-15", "06-17", "06-18"],
    "the 24th or 26th of June": ["06-24", "06-26"],
    "Thursday 9-11 or Friday 2-4": ["06-10 09:00-11:00", "06-11 14:00-16:00"],
    "tomorrow or the day after": ["06-10", "06-11"],
    "11am tomorrow, otherwise Saturday same time": ["06-10 11:00", "06-12 11:00"],
}


@pytest.mark.parametrize(("text", "expected"), ALTERNATIVES.items(), ids=str)
def test_alternatives_come_in_the_order_said(text: str, expected: list[str]) -> None:
    assert lines(said(text)) == expected


@pytest.mark.parametrize(
    ("text", "wishes", "excluded"),
    [
        ("next week except Wednesday", ["06-14..06-21"], ["06-16"]),
        ("next week but not Friday", ["06-14..06-21"], ["06-18"]),
        ("any day in July apart from the 5th and 6th", ["07-01..08-01"], ["07-05", "07-06"]),
        ("any night but Friday", ["18:00-"], ["06-11"]),
        ("not Saturday", [], ["06-12"]),
        ("I can't do Friday", [], ["06-11"]),
        ("Friday doesn't work", [], ["06-11"]),
        ("Tuesday and Friday don't work", [], ["06-15", "06-11"]),
        ("Tuesday, Thursday and Friday do not work", [], ["06-15", "06-10", "06-11"]),
        ("Friday works and Saturday doesn't work", ["06-11"], ["06-12"]),
        ("tomorrow except lunchtime", ["06-10"], ["12:00-14:00"]),
        ("Saturday but not in the morning", ["06-12"], ["-12:00"]),
        ("Thursday or Friday, but not after 4", ["06-10 -16:00", "06-11 -16:00"], []),
        ("anything but Tuesdays", [], ["T"]),
        ("next week but not Friday, after 3", ["06-14..06-21 15:00-"], ["06-18"]),
        ("tomorrow except between 12 and 2, or Friday", ["06-10", "06-11"], ["12:00-14:00"]),
        ("not Friday, next week", ["06-14..06-21"], ["06-11"]),
    ],
    ids=str,
)
def test_what_is_ruled_out_is_not_wished_for(text: str, wishes: list[str], excluded: list[str]) -> None:
    understood = said(text)

    assert lines(understood) == wishes
    assert [line(wish) for wish in understood.exclude] == excluded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("not Friday, Thursday", ["06-10"]),
        ("no, Friday", ["06-11"]),
        ("no not Friday I meant Saturday", ["06-12"]),
        ("the 15th. Sorry, the 16th", ["06-16"]),
        ("make it 4 instead of 3", ["16:00"]),
        ("instead of Friday can I do Saturday", ["06-12"]),
        ("my 3pm on Thursday, can we make it 4pm", ["06-10 16:00"]),
    ],
    ids=str,
)
def test_a_correction_leaves_only_what_is_meant(text: str, expected: list[str]) -> None:
    understood = said(text)

    assert lines(understood) == expected
    assert understood.corrects


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("move Thursday's to Friday", "06-10", ["06-11"]),
        ("can I move my appointment from Thursday at 3 to Friday at 11", "06-10 15:00", ["06-11 11:00"]),
        ("I'm in on Friday, could you change it to Saturday", "06-11", ["06-12"]),
        ("swap Friday for Saturday", "06-11", ["06-12"]),
        ("change my 3 o'clock to 5", "15:00", ["17:00"]),
        ("Saturday instead of Friday", "06-11", ["06-12"]),
    ],
    ids=str,
)
def test_what_is_moved_is_told_from_where_it_goes(text: str, source: str, target: list[str]) -> None:
    understood = said(text)

    assert understood.source is not None
    assert line(understood.source) == source
    assert lines(understood) == target


@pytest.mark.parametrize(
    ("text", "shift", "resolved"),
    [
        ("an hour later", Shift(minutes=60), "06-11 16:00"),
        ("push it back 30 minutes", Shift(minutes=30), "06-11 15:30"),
        ("bring it forward half an hour", Shift(minutes=-30), "06-11 14:30"),
        ("a day earlier", Shift(days=-1), "06-10 15:00"),
        ("same time next week", Shift(days=7), "06-18 15:00"),
        ("delay my appointment by 15 minutes", Shift(minutes=15), "06-11 15:15"),
    ],
    ids=str,
)
def test_a_shift_is_relative_to_the_appointment(text: str, shift: Shift, resolved: str) -> None:
    assert said(text).shift == shift
    assert not said(text).wishes
    assert lines(said(text, anchor=VISIT)) == [resolved]
    assert lines(shifted(said(text), VISIT, ZONE)) == [resolved]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("same time on Saturday", ["06-12 15:00"]),
        ("same day but at 5", ["06-11 17:00"]),
        ("same day next week", ["06-18"]),
        ("an hour earlier on Saturday", ["06-12 14:00"]),
    ],
    ids=str,
)
def test_same_means_same_as_the_appointment(text: str, expected: list[str]) -> None:
    assert lines(said(text, anchor=VISIT)) == expected


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("asap", "order", "soonest"),
        ("the earliest you have", "order", "soonest"),
        ("next available", "order", "soonest"),
        ("as late as possible", "order", "latest"),
        ("anything later?", "order", "later"),
        ("do you have something earlier", "order", "earlier"),
        ("any time", "free", "time"),
        ("any day", "free", "day"),
        ("whenever", "free", "both"),
        ("or Saturday", "widens", True),
        ("for an hour and a half", "duration_seconds", 5400),
        ("a 45 minute slot", "duration_seconds", 2700),
        ("every other Tuesday", "recurrence", Recurrence("week", 2, (1,))),
        ("every 6 weeks", "recurrence", Recurrence("week", 6)),
    ],
    ids=str,
)
def test_other_facts_are_kept(text: str, field: str, value: object) -> None:
    assert getattr(said(text), field) == value


def test_soonest_stands_beside_a_day() -> None:
    understood = said("the next available on Friday")

    assert (lines(understood), understood.order) == (["06-11"], "soonest")
