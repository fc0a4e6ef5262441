"""Several series at once: people are booked once, nobody waits in a circle, on the migrated databases of both kinds."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.series.book import book_series
from scheduler_core.appointments.series.cancel import cancel_series
from scheduler_core.appointments.series.schemas import SeriesCancelIn, SeriesIn
from scheduler_core.db import Database
from scheduler_core.permissions.caller import Caller
from scheduler_core.settings import Settings
from tests.builders.core import MONDAY, HandClock
from tests.builders.parts import a_customer, a_resource, a_service
from tests.builders.salon import Plan, Salon, a_salon, an_absence
from tests.scheduler_core.appointments.test_races import at_once, booking, overlaps

NINE = datetime(2027, 3, 2, 14, 0, tzinfo=UTC)
_DAYS = 4
_TIMES = 6
_NAMES = count(1)


@pytest.fixture
def salon(database: Database) -> Salon:
    return database.transact(lambda session: a_salon(session, MONDAY, Plan(grid=10)))


@pytest.fixture
def caller(database: Database, tmp_path: Path) -> Caller:
    return Caller(Settings(home=tmp_path), database, HandClock(), "test")


@pytest.fixture(autouse=True)
def no_circle(caplog: pytest.LogCaptureFixture) -> Any:
    """Nobody had to be tried again because two waited for each other."""
    yield
    assert [record.message for record in caplog.get_records("call") if "tried again" in record.message] == []


def series(
    caller: Caller, salon: Salon, service: int | None = None, days: int = _DAYS, **more: Any
) -> Callable[[], object]:
    """A customer of its own wants a visit at nine on so many days from Tuesday on."""
    name = f"customer-{next(_NAMES)}"
    customer, _ = caller.database.transact(lambda session: a_customer(session, salon.id, MONDAY, name))
    wish = {"staff_id": salon.ana, "location_id": salon.location, "start": NINE, **more}
    asked = SeriesIn(
        customer_id=customer,
        service_id=service or salon.service,
        rrule=f"FREQ=DAILY;COUNT={days}",
        **wish,
    )
    return lambda: caller.change(lambda session, now: book_series(session, caller, now, salon.id, asked))


def visits(caller: Caller) -> int:
    def standing(session: Session, _: datetime) -> int:
        assert overlaps(session) == 0
        return session.scalar(select(func.count(Appointment.id)).where(Appointment.status == "booked")) or 0

    return caller.ask(standing)


def rooms_in_both_orders(caller: Caller, salon: Salon) -> list[int]:
    """Two services that need the same two rooms, named in opposite orders, each with a person of its own."""

    def build(session: Session) -> list[int]:
        rooms = [a_resource(session, salon.id) for _ in range(2)]
        return [
            a_service(session, salon.id, by=[person], needs=[[room] for room in order])
            for person, order in ((salon.ana, rooms), (salon.ben, rooms[::-1]))
        ]

    return caller.database.transact(build)


def test_of_series_over_the_same_days_one_is_booked_whole(caller: Caller, salon: Salon) -> None:
    answers = at_once([series(caller, salon) for _ in range(_TIMES)])
    assert answers == ["ok"] + ["series_clash"] * (_TIMES - 1)
    assert visits(caller) == _DAYS


def test_series_that_are_moved_share_the_days(caller: Caller, salon: Salon) -> None:
    answers = at_once([series(caller, salon, clash="move") for _ in range(_TIMES)])
    assert answers == ["ok"] * _TIMES
    assert visits(caller) == _DAYS * _TIMES


def they_take_turns(caller: Caller, salon: Salon) -> None:
    """Ana works on Tuesday and Thursday, Ben on Wednesday and Friday."""

    def away(session: Session) -> None:
        for nth, staff_id in enumerate((salon.ben, salon.ana) * 2):
            morning = NINE + timedelta(days=nth)
            an_absence(session, salon, staff_id, morning, morning + timedelta(hours=9))

    caller.database.transact(away)


def test_series_that_reach_two_people_in_opposite_orders_do_not_wait_in_a_circle(
    caller: Caller, salon: Salon
) -> None:
    """Those from Tuesday on begin with Ana and go on with Ben, those from Wednesday on the other way round."""
    they_take_turns(caller, salon)
    works = [
        series(caller, salon, staff_id=None, start=NINE + timedelta(days=nth % 2, hours=nth), days=3)
        for nth in range(4)
    ]
    assert at_once(works) == ["ok"] * 4
    assert visits(caller) == 12


def test_series_that_need_the_same_rooms_in_opposite_orders(caller: Caller, salon: Salon) -> None:
    services = rooms_in_both_orders(caller, salon)
    people = zip(services * 3, (salon.ana, salon.ben) * 3, strict=True)
    works = [series(caller, salon, service, staff_id=person) for service, person in people]
    assert at_once(works) == ["ok"] + ["series_clash"] * 5
    assert visits(caller) == _DAYS


def test_a_series_and_single_visits_in_its_days(caller: Caller, salon: Salon) -> None:
    days = [NINE.replace(day=NINE.day + nth) for nth in range(_DAYS)]
    works = [booking(caller, salon, day) for day in reversed(days)]
    answers = at_once([series(caller, salon, clash="skip"), *works])
    assert set(answers) <= {"ok", "series_clash", "slot_taken"}
    assert visits(caller) == _DAYS


def test_a_series_is_cancelled_once_while_others_book_its_days(caller: Caller, salon: Salon) -> None:
    series(caller, salon)()

    def stop() -> object:
        return caller.change(
            lambda session, now: cancel_series(session, caller, now, salon.id, 1, SeriesCancelIn())
        )

    at_once([stop, stop, series(caller, salon, clash="skip"), series(caller, salon, clash="skip")])
    cancelled = caller.ask(
        lambda session, _: session.scalar(select(func.count()).where(Appointment.status == "cancelled"))
    )
    assert cancelled == _DAYS
    assert visits(caller) in (0, _DAYS)
