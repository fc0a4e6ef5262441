"""What counts as understood: the same stretch of wall time, and nothing looser than what is written here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from actions.when import OpenReading, Recurrence, TimeConstraint, Wish
from benchmarks.time_scoring import verdict, zone_at

NOW = datetime.fromisoformat("2027-06-09T10:20")
"""A Wednesday."""
FRIDAY, SATURDAY = date(2027, 6, 11), date(2027, 6, 12)
DAY = timedelta(days=1)

Expected = dict[str, Any]


def on(day: date, **clock: Any) -> Wish:
    return Wish(date_from=day, date_to=day + DAY, **clock)


def at(day: date, hour: int, minute: int = 0) -> Wish:
    return on(day, time_from=time(hour, minute), exact=True)


def days(first: date, end: date | None) -> Wish:
    return Wish(date_from=first, date_to=end)


def found(*wishes: Wish, **more: Any) -> TimeConstraint:
    return TimeConstraint(wishes=wishes, **more)


def expected(kind: str, start: str | None, end: str | None = None, **more: Any) -> Expected:
    grain = "day" if start and len(start) <= len("2027-06-11") else "minute"
    row = {key: more.pop(key) for key in ("expected_all",) if key in more}
    return {"kind": kind, "expected": {"start": start, "end": end, "grain": grain, **more}, **row}


def judged(row: Expected, understood: TimeConstraint) -> str:
    return verdict(row, understood, NOW).outcome


FRIDAY_AT_3 = expected("instant", "2027-06-11T15:00")
FRIDAY_MORNING = expected("interval", "2027-06-11T09:00", "2027-06-11T12:00")
MORNING_BY_NAME = expected("interval", "2027-06-11T09:00", "2027-06-11T12:00", daypart="morning")
FROM_4 = expected("open-interval", "2027-06-11T16:00")
BEFORE_NOON = expected("open-interval", None, "2027-06-11T12:00")
TWO_DAYS = expected(
    "set",
    None,
    expected_all=[{"start": "2027-06-11", "grain": "day"}, {"start": "2027-06-14", "grain": "day"}],
)
MORNING = {"time_from": time(8), "time_to": time(12), "daypart": "morning"}

RIGHT = {
    "the day that was meant": (expected("instant", "2027-06-11"), found(on(FRIDAY))),
    "the minute that was meant": (FRIDAY_AT_3, found(at(FRIDAY, 15))),
    "the minute of about that time": (
        FRIDAY_AT_3,
        found(on(FRIDAY, time_from=time(14, 30), time_to=time(15, 30), near=time(15), soft=True)),
    ),
    "the minute, seconds apart": (expected("instant", "2027-06-11T15:00:31"), found(at(FRIDAY, 15))),
    "one of the row's own other readings": (
        expected("instant", "2027-06-11T03:00", alts=[{"start": "2027-06-11T15:00"}]),
        found(at(FRIDAY, 15)),
    ),
    "the clock alone where no day was said": (
        expected("instant", "2027-06-09T09:00", time_only=True),
        found(Wish(time_from=time(9), exact=True)),
    ),
    "until midnight": (
        expected("interval", "2027-06-09T17:00", "2027-06-10T00:00", time_only=True),
        found(Wish(time_from=time(17))),
    ),
    "what is left of a period that has begun": (
        expected("interval", "2027-06-07", "2027-06-14"),
        found(days(NOW.date(), date(2027, 6, 14))),
    ),
    "a part of the day with other edges that shares half": (FRIDAY_MORNING, found(on(FRIDAY, **MORNING))),
    "a part of the day that the row names and that meets": (
        MORNING_BY_NAME,
        found(on(FRIDAY, time_from=time(11), time_to=time(13), daypart="late_morning")),
    ),
    "a named part whose day was not said": (
        expected("interval", "2027-06-09T18:00", "2027-06-09T20:00", time_only=True, daypart="evening"),
        found(Wish(time_from=time(19), time_to=time(22), daypart="late_evening")),
    ),
    "a start and a length": (
        expected("interval", "2027-06-11T16:00", "2027-06-11T16:30"),
        found(at(FRIDAY, 16), duration_seconds=1800),
    ),
    "a day to its last second": (
        expected("interval", "2027-06-11T16:00", "2027-06-11T23:59:59"),
        found(on(FRIDAY, time_from=time(16))),
    ),
    "a bound that keeps to its day": (FROM_4, found(on(FRIDAY, time_from=time(16)))),
    "a bound from now on": (BEFORE_NOON, found(on(FRIDAY, time_to=time(12)))),
    "alternatives in either order": (TWO_DAYS, found(on(date(2027, 6, 14)), on(FRIDAY))),
    "what is left when a day is ruled out": (
        expected("set", None, expected_all=[{"start": "2027-06-11", "grain": "day"}]),
        found(days(FRIDAY, date(2027, 6, 13)), exclude=(on(SATURDAY),)),
    ),
    "a duration": (expected("duration", None, seconds=5400), found(duration_seconds=5400)),
    "what repeats": (expected("recurring", None, timex="P2W"), found(recurrence=Recurrence("week", 2))),
    "a time that is over, told as such": (
        expected("instant", "2027-06-08"),
        found(told_past=on(date(2027, 6, 8)), refused="past"),
    ),
    "nothing where nothing is": (expected("none", None), found()),
    "nothing where only the past was told of": (expected("none", None), found(told_past=on(FRIDAY))),
}
WRONG = {
    "another day": (expected("instant", "2027-06-11"), found(on(SATURDAY))),
    "the day without its minute": (FRIDAY_AT_3, found(on(FRIDAY))),
    "a minute that nobody said": (expected("instant", "2027-06-11"), found(at(FRIDAY, 9))),
    "the same figure in the night": (FRIDAY_AT_3, found(at(FRIDAY, 3))),
    "one minute off": (FRIDAY_AT_3, found(at(FRIDAY, 15, 1))),
    "a window that begins with the minute": (
        FRIDAY_AT_3,
        found(on(FRIDAY, time_from=time(15), time_to=time(16))),
    ),
    "a second alternative that nobody said": (FRIDAY_AT_3, found(at(FRIDAY, 15), at(SATURDAY, 15))),
    "the clock on a day that nobody said": (
        expected("instant", "2027-06-09T09:00", time_only=True),
        found(at(FRIDAY, 9)),
    ),
    "a week too long": (
        expected("interval", "2027-06-14", "2027-06-21"),
        found(days(date(2027, 6, 14), date(2027, 6, 28))),
    ),
    "no end where one was said": (
        expected("interval", "2027-06-14", "2027-06-21"),
        found(days(date(2027, 6, 14), None)),
    ),
    "the same part of another day": (MORNING_BY_NAME, found(on(SATURDAY, **MORNING))),
    "another part of the same day": (
        MORNING_BY_NAME,
        found(on(FRIDAY, time_from=time(12), time_to=time(17), daypart="afternoon")),
    ),
    "a part that shares too little": (
        FRIDAY_MORNING,
        found(on(FRIDAY, time_from=time(11), time_to=time(15), daypart="noon")),
    ),
    "a bound the wrong way round": (FROM_4, found(on(FRIDAY, time_to=time(16)))),
    "a bound as the minute itself": (FROM_4, found(at(FRIDAY, 16))),
    "a bound that reaches back to other days": (
        FROM_4,
        found(on(date(2027, 6, 10), time_from=time(16)), on(FRIDAY, time_from=time(16))),
    ),
    "half of the alternatives": (TWO_DAYS, found(on(FRIDAY))),
    "a day that should be ruled out": (
        expected("set", None, expected_all=[{"start": "2027-06-11", "grain": "day"}]),
        found(days(FRIDAY, date(2027, 6, 13))),
    ),
    "another duration": (expected("duration", None, seconds=5400), found(duration_seconds=3600)),
    "a duration with a day invented beside it": (
        expected("duration", None, seconds=5400),
        found(on(FRIDAY), duration_seconds=5400),
    ),
    "a start and another length": (
        expected("interval", "2027-06-11T16:00", "2027-06-11T16:30"),
        found(at(FRIDAY, 16), duration_seconds=3600),
    ),
    "another start and the length": (
        expected("interval", "2027-06-11T16:00", "2027-06-11T16:30"),
        found(at(FRIDAY, 15), duration_seconds=1800),
    ),
    "a start without its length": (
        expected("interval", "2027-06-11T16:00", "2027-06-11T16:30"),
        found(at(FRIDAY, 16)),
    ),
    "another rhythm": (expected("recurring", None, timex="P2W"), found(recurrence=Recurrence("week"))),
    "what is still to come, refused as past": (FRIDAY_AT_3, found(refused="past")),
}


@pytest.mark.parametrize(("row", "understood"), RIGHT.values(), ids=RIGHT)
def test_is_right(row: Expected, understood: TimeConstraint) -> None:
    assert judged(row, understood) == "right"


@pytest.mark.parametrize(("row", "understood"), WRONG.values(), ids=WRONG)
def test_is_silently_wrong(row: Expected, understood: TimeConstraint) -> None:
    assert judged(row, understood) == "wrong"


def test_the_expected_reading_among_those_to_be_asked_about_is_asked() -> None:
    options = (at(SATURDAY, 15), at(FRIDAY, 15))

    assert judged(FRIDAY_AT_3, found(options[0], open=(OpenReading("weekday", options),))) == "asked"


def test_a_question_that_does_not_offer_the_expected_reading_is_no_excuse() -> None:
    options = (at(SATURDAY, 15), at(SATURDAY, 3))

    assert judged(FRIDAY_AT_3, found(options[0], open=(OpenReading("hour", options),))) == "wrong"


def test_finding_nothing_is_told_apart_from_being_wrong() -> None:
    assert judged(FRIDAY_AT_3, found()) == "nothing"


@pytest.mark.parametrize(
    "understood",
    [found(on(FRIDAY)), found(duration_seconds=60), found(order="soonest"), found(refused="past")],
    ids=["a day", "a duration", "soonest", "a refusal"],
)
def test_anything_found_where_nothing_is_counts(understood: TimeConstraint) -> None:
    assert judged(expected("none", None), understood) == "found where nothing is"


def test_as_soon_as_possible_is_now() -> None:
    assert judged(expected("open-interval", "2027-06-09T10:20"), found(order="soonest")) == "right"
    assert judged(FROM_4, found(order="soonest")) == "wrong"


def test_each_alternative_may_be_one_of_its_own_other_readings() -> None:
    items = [
        {"start": "2027-06-11T03:00", "grain": "minute", "alts": [{"start": "2027-06-11T15:00"}]},
        {"start": "2027-06-12T03:00", "grain": "minute"},
    ]
    row = expected("set", None, expected_all=items)

    assert judged(row, found(at(FRIDAY, 15), at(SATURDAY, 3))) == "right"
    assert judged(row, found(at(FRIDAY, 15), at(SATURDAY, 15))) == "wrong"
    assert judged(row, found(at(FRIDAY, 15), replace(at(FRIDAY, 15), soft=True))) == "wrong"


@pytest.mark.parametrize("hours", [-5, 0, 5.5, 9])
def test_a_row_is_placed_in_a_zone_that_keeps_its_offset(hours: float) -> None:
    offset = timedelta(hours=hours)
    zone = ZoneInfo(zone_at(offset))

    assert {datetime(2027, month, 1, tzinfo=zone).utcoffset() for month in (1, 7)} == {offset}
