"""The seats of a class when everybody wants one at once, on the migrated databases of both kinds."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.book import book
from scheduler_core.appointments.cancel import cancel
from scheduler_core.appointments.classes.end import end_class
from scheduler_core.appointments.classes.schedule import schedule
from scheduler_core.appointments.classes.schemas import ClassIn
from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.reschedule import reschedule
from scheduler_core.appointments.schemas import BookIn, CancelIn, RescheduleIn
from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.holds import hold
from scheduler_core.availability.models import ClassSession, Reservation
from scheduler_core.availability.reserve import release
from scheduler_core.db import Database
from scheduler_core.permissions.caller import Caller
from scheduler_core.settings import Settings
from tests.builders.core import MONDAY, HandClock
from tests.builders.parts import a_customer
from tests.builders.salon import Plan, Salon, a_salon
from tests.scheduler_core.appointments.test_races import at_once

NINE = datetime(2027, 3, 2, 14, 0, tzinfo=UTC)
TEN = NINE + timedelta(hours=1)
SEATS, CLIENTS = 5, 16


@pytest.fixture
def salon(database: Database) -> Salon:
    return database.transact(lambda session: a_salon(session, MONDAY, Plan(service={"capacity": SEATS})))


@pytest.fixture
def caller(database: Database, tmp_path: Path) -> Caller:
    return Caller(Settings(home=tmp_path), database, HandClock(), "test")


def a_seat(caller: Caller, salon: Salon, nth: int, start: datetime = NINE, **more: Any) -> Callable[[], Any]:
    """A customer of its own wants one."""
    customer, _ = caller.database.transact(lambda session: a_customer(session, salon.id, MONDAY, f"c{nth}"))
    wish = {"staff_id": salon.ana, "location_id": salon.location, **more}
    asked = BookIn(customer_id=customer, service_id=salon.service, start=start, **wish)
    return lambda: caller.change(lambda session, now: book(session, caller, now, salon.id, asked))


def cancelling(caller: Caller, salon: Salon, visit: Any) -> Callable[[], object]:
    asked = CancelIn(expected_version=visit["version"])
    return lambda: caller.change(
        lambda session, now: cancel(session, caller, now, salon.id, visit["id"], asked)
    )


def moving(caller: Caller, salon: Salon, visit: Any, start: datetime) -> Callable[[], object]:
    asked = RescheduleIn(expected_version=visit["version"], start=start)
    return lambda: caller.change(
        lambda session, now: reschedule(session, caller, now, salon.id, visit["id"], asked)
    )


def whole(caller: Caller) -> None:
    """Every booked visit has a seat, every meeting its person, and no meeting is without a seat."""

    def check(session: Session, _: datetime) -> None:
        booked = session.scalar(select(func.count()).where(Appointment.status == "booked"))
        seated = session.scalar(select(func.count(Reservation.appointment_id)))
        assert booked == seated
        meetings = set(session.scalars(select(ClassSession.id)))
        kept = set(session.scalars(select(Reservation.class_id).where(Reservation.class_id.is_not(None))))
        assert meetings == kept
        of_visits = select(Appointment.class_id).where(Appointment.status == "booked")
        assert set(session.scalars(of_visits)) == meetings

    caller.ask(check)


def test_as_many_as_there_are_seats_and_the_others_hear_that_it_is_full(caller: Caller, salon: Salon) -> None:
    answers = at_once([a_seat(caller, salon, nth) for nth in range(CLIENTS)])
    assert answers == ["ok"] * SEATS + ["slot_taken"] * (CLIENTS - SEATS)
    whole(caller)


def test_who_comes_and_who_goes_at_once_leave_the_meeting_whole(caller: Caller, salon: Salon) -> None:
    visits = [a_seat(caller, salon, nth)() for nth in range(SEATS)]
    goes = [cancelling(caller, salon, visit) for visit in visits]
    comes = [a_seat(caller, salon, 100 + nth) for nth in range(SEATS)]
    answers = at_once(goes + comes)
    assert set(answers) <= {"ok", "slot_taken"}
    whole(caller)


def test_customers_who_swap_meetings_all_arrive(caller: Caller, salon: Salon) -> None:
    pairs = [
        (a_seat(caller, salon, nth, start)(), other)
        for nth, (start, other) in enumerate([(NINE, TEN), (TEN, NINE)] * 2)
    ]
    answers = at_once([moving(caller, salon, visit, other) for visit, other in pairs])
    assert answers == ["ok"] * 4
    whole(caller)


def test_a_held_seat_given_back_while_another_books_one(caller: Caller, salon: Salon) -> None:
    """The meeting was opened by the hold alone: either it lives on with the booking, or both are anew."""
    question = Enquiry(salon.id, (salon.service,), salon.ana, salon.location)
    held, _ = caller.change(lambda session, now: hold(session, question, salon.conversation, NINE, now))

    def give_back() -> object:
        return caller.change(lambda session, _: release(session, salon.id, held.id))

    answers = at_once([give_back, *(a_seat(caller, salon, nth) for nth in range(3))])
    assert set(answers) <= {"ok", "slot_taken"}
    assert answers.count("ok") >= 1
    whole(caller)


def test_a_meeting_is_ended_or_booked_but_never_both(caller: Caller, salon: Salon) -> None:
    asked = ClassIn(service_id=salon.service, staff_id=salon.ana, location_id=salon.location, start=NINE)
    made = caller.change(lambda session, now: schedule(session, caller, now, salon.id, asked))
    class_id = made["scheduled"][0]["id"]

    def end() -> object:
        return caller.change(
            lambda session, now: end_class(session, caller, now, salon.id, class_id, cancel_visits=True)
        )

    answers = at_once([end, *(a_seat(caller, salon, nth) for nth in range(4))])
    assert set(answers) <= {"ok", "slot_taken"}
    whole(caller)


def test_of_two_who_schedule_one_person_one_does(caller: Caller, salon: Salon) -> None:
    asked = ClassIn(service_id=salon.service, staff_id=salon.ana, location_id=salon.location, start=NINE)
    plans = [lambda: caller.change(lambda session, now: schedule(session, caller, now, salon.id, asked))] * 4
    assert at_once(plans) == ["ok"] + ["slot_taken"] * 3
