"""Visits of many days and wishes for far-off times are answered like any other, and as fast."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from scheduler_core.availability.diary import Window
from scheduler_core.availability.models import Reservation
from scheduler_core.db.guards import LONGEST_RESERVATION
from tests.builders.business import said
from tests.builders.core import Core
from tests.builders.parts import ALWAYS
from tests.scheduler_core.availability.times import TEN, just

CoreMaker = Callable[..., Core]

EVER = ("1990-01-01T00:00:00Z", "2199-12-31T00:00:00Z")
_HORIZON_DAYS = 10


@pytest.fixture
def by_the_day(a_core: CoreMaker) -> Core:
    """What is lent for a day at a time, round the clock."""
    return a_core(hours=ALWAYS, horizon_days=_HORIZON_DAYS, service={"duration_minutes": 1440})


def days(core: Core, number: int) -> dict[str, Any]:
    return {"also": [core.salon.service] * (number - 1)}


def test_a_week_can_be_booked_and_keeps_all_its_time(by_the_day: Core) -> None:
    core = by_the_day
    week = core.booked(TEN, **days(core, 7))
    assert week["end"] == "2027-03-09T15:00:00Z"
    for start, status in {
        "2027-03-09T14:00:00Z": (409, "slot_taken"),
        "2027-03-09T15:00:00Z": (201, ""),
    }.items():
        assert said(core.book(start)) == status


@pytest.mark.parametrize("number", [8, 10])
def test_what_is_longer_than_a_week_is_refused_whatever_is_asked(by_the_day: Core, number: int) -> None:
    core = by_the_day
    longer = {"service_id": core.salon.service, **days(core, number)}
    start, end = just(TEN)
    assert said(core.book(TEN, **longer)) == (422, "too_long")
    assert said(core.hold(TEN, **longer)) == (422, "too_long")
    assert said(core.ask("POST", "availability/search", longer)) == (422, "too_long")
    assert said(core.ask("POST", "availability/slots", {**longer, "start": start, "end": end})) == (
        422,
        "too_long",
    )


def test_buffers_count_as_part_of_the_week(a_core: CoreMaker) -> None:
    core = a_core(hours=ALWAYS, after=60, service={"duration_minutes": 1440})
    assert said(core.book(TEN, **days(core, 6))) == (201, "")
    assert said(core.book(TEN, staff_id=core.salon.ben, **days(core, 7))) == (422, "too_long")


def test_the_database_keeps_nothing_longer_whoever_writes_it(core: Core) -> None:
    core.booked(TEN)
    with core.database.read() as session:
        start = session.scalars(select(Reservation.start_at)).one()

    def lasts(longest: timedelta) -> None:
        core.write(lambda session: session.execute(update(Reservation).values(end_at=start + longest)))

    lasts(LONGEST_RESERVATION)
    with pytest.raises(IntegrityError):
        lasts(LONGEST_RESERVATION + timedelta(minutes=1))


@pytest.mark.parametrize("hours_later", [0, 6 * 24, 6 * 24 + 9, 6 * 24 + 23])
def test_a_long_visit_is_listed_to_the_horizon_however_old_what_is_remembered(
    by_the_day: Core, hours_later: int
) -> None:
    core = by_the_day
    core.search()
    core.clock.move(hours=hours_later)
    edge = core.clock() + timedelta(days=_HORIZON_DAYS)
    last, too_late = (edge + timedelta(hours=hour) for hour in (0, 1))
    for start, free in {last: 1, too_late: 0}.items():
        assert len(core.listed(*just(start.isoformat()), **days(core, 6))) == free
    assert said(core.book(too_late.isoformat(), **days(core, 6))) == (422, "too_far")
    assert said(core.book(last.isoformat(), **days(core, 6))) == (201, "")


def test_a_long_time_to_prepare_counts_from_now_however_old_what_is_remembered(a_core: CoreMaker) -> None:
    core = a_core(hours=ALWAYS, before=1440)
    core.search()
    core.clock.move(hours=1)
    soon = core.clock().isoformat()
    assert len(core.listed(*just(soon))) == 1
    assert said(core.book(soon)) == (201, "")


@pytest.mark.parametrize(
    "low",
    ["1900-01-01T00:00:00Z", "2027-02-01T00:00:00Z", "2027-03-01T12:00:00Z", "2199-01-01T00:00:00Z"],
    ids=["long ago", "lately", "now", "in a hundred years"],
)
@pytest.mark.parametrize("years", [0, 1, 150])
def test_a_wish_is_never_larger_than_what_is_looked_at(low: str, years: int) -> None:
    window = Window(_minute("2027-03-01T00:00:00Z"), 60)
    start = _minute(low)
    found = window.span(start, start + years * 365 * 1440)
    within = min(start + years * 365 * 1440, window.end) - max(start, window.base)
    assert found.bit_count() == max(within, 0)
    assert found.bit_length() <= 60 * 1440


def _minute(instant: str) -> int:
    return int(datetime.fromisoformat(instant).timestamp()) // 60


def test_a_wish_for_any_time_ever_is_a_wish_for_what_can_be_booked(core: Core) -> None:
    until_the_horizon = ("2027-03-01T14:00:00Z", "2027-04-30T14:01:00Z")
    assert core.listed(*EVER) == core.listed(*until_the_horizon) != []
    assert core.starts(EVER) == core.starts(until_the_horizon) != []


@pytest.mark.parametrize(
    ("start", "code"),
    [
        ("1990-01-01T00:00:00Z", "past"),
        ("2038-01-19T03:14:00Z", "too_far"),
        ("2199-12-31T23:58:00Z", "too_far"),
        ("2027-03-02T15:00:30Z", "off_grid"),
    ],
)
@pytest.mark.parametrize("override", [False, True])
def test_no_time_is_too_far_off_for_an_answer(core: Core, start: str, code: str, override: bool) -> None:
    assert said(core.book(start, override=override)) == (422, code)
    assert core.listed(*just(start)) == []
