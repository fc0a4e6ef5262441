"""Whatever happens at once, a person is booked by one customer at a time: on the migrated database, both kinds."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler_core.app import create_app
from scheduler_core.appointments.book import book
from scheduler_core.appointments.cancel import cancel
from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.reschedule import reschedule
from scheduler_core.appointments.schemas import BookIn, CancelIn, RescheduleIn
from scheduler_core.availability.models import Reservation
from scheduler_core.db import Database, open_database
from scheduler_core.db.guards import install_guards, missing_guards
from scheduler_core.errors import FrontdeskError, NotReady
from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.once import once
from scheduler_core.settings import Settings
from tests.builders.core import MONDAY, HandClock
from tests.builders.salon import Plan, Salon, a_salon

TEN = datetime(2027, 3, 2, 15, 0, tzinfo=UTC)
_CLIENTS = 16


@pytest.fixture
def salon(database: Database) -> Salon:
    return database.transact(lambda session: a_salon(session, MONDAY, Plan(grid=10)))


@pytest.fixture
def caller(database: Database, tmp_path: Path) -> Caller:
    return Caller(Settings(home=tmp_path), database, HandClock(), "test")


def at_once(works: Sequence[Callable[[], object]]) -> list[str]:
    """Start all together; for each "ok" or the code of its refusal."""
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> str:
        gate.wait()
        try:
            work()
        except FrontdeskError as refused:
            return refused.code
        return "ok"

    with ThreadPoolExecutor(len(works)) as pool:
        return sorted(pool.map(run, works))


def booking(
    caller: Caller, salon: Salon, start: datetime, staff_id: int | None = None
) -> Callable[[], object]:
    asked = BookIn(
        customer_id=salon.customer,
        service_id=salon.service,
        staff_id=staff_id or salon.ana,
        location_id=salon.location,
        start=start,
    )
    return lambda: caller.change(lambda session, now: book(session, caller, now, salon.id, asked))


def overlaps(session: Session) -> int:
    pairs = text(
        "SELECT count(*) FROM reservation a JOIN reservation b ON a.resource_id = b.resource_id "
        "AND a.id < b.id AND a.start_at < b.end_at AND b.start_at < a.end_at"
    )
    return session.scalar(pairs) or 0


@pytest.mark.parametrize("minutes_apart", [0, 10, 20])
def test_one_of_many_gets_the_time(caller: Caller, salon: Salon, minutes_apart: int) -> None:
    starts = [TEN + timedelta(minutes=minutes_apart * (n % 3)) for n in range(_CLIENTS)]
    answers = at_once([booking(caller, salon, start) for start in starts])
    assert answers == ["ok"] + ["slot_taken"] * (_CLIENTS - 1)


def test_different_people_do_not_wait_for_each_other(caller: Caller, salon: Salon) -> None:
    works = [booking(caller, salon, TEN, staff_id) for staff_id in (salon.ana, salon.ben)]
    assert at_once(works) == ["ok", "ok"]


def test_the_same_request_at_once_takes_effect_once(caller: Caller, salon: Salon) -> None:
    asked = BookIn(
        customer_id=salon.customer,
        service_id=salon.service,
        staff_id=salon.ana,
        location_id=salon.location,
        start=TEN,
    )

    def work(session: Session, now: datetime) -> object:
        return once(
            session, now, salon.id, "tap", {"a": 1}, lambda: book(session, caller, now, salon.id, asked)
        )

    assert at_once([lambda: caller.change(work)] * 6) == ["ok"] * 6
    assert caller.ask(lambda session, _: session.scalar(select(func.count(Appointment.id)))) == 1


def test_two_visits_swap_people_without_a_deadlock(caller: Caller, salon: Salon) -> None:
    """Each takes the other's person an hour later, so both lock both, in opposite orders."""
    moves: list[Callable[[], object]] = []
    for staff_id, other in ((salon.ana, salon.ben), (salon.ben, salon.ana)):
        booking(caller, salon, TEN, staff_id)()
        asked = RescheduleIn(
            expected_version=1,
            start=TEN + timedelta(hours=1),
            staff_id=other,
            location_id=salon.location,
        )
        moves.append(move(caller, salon, len(moves), asked))
    assert at_once(moves) == ["ok", "ok"]


def move(caller: Caller, salon: Salon, nth: int, asked: RescheduleIn) -> Callable[[], object]:
    ids = caller.ask(
        lambda session, _: session.scalars(select(Appointment.id).order_by(Appointment.id)).all()
    )
    return lambda: caller.change(
        lambda session, now: reschedule(session, caller, now, salon.id, ids[nth], asked)
    )


def test_a_move_and_a_cancel_have_one_winner(caller: Caller, salon: Salon) -> None:
    booking(caller, salon, TEN)()
    asked = RescheduleIn(
        expected_version=1, start=TEN + timedelta(hours=1), staff_id=salon.ana, location_id=salon.location
    )
    moving = move(caller, salon, 0, asked)
    visit_id = caller.ask(lambda session, _: session.scalars(select(Appointment.id)).one())

    def cancelling() -> object:
        return caller.change(
            lambda session, now: cancel(
                session, caller, now, salon.id, visit_id, CancelIn(expected_version=1)
            )
        )

    answers = at_once([moving, cancelling])
    assert answers in (["ok", "version_moved_on"], ["already_cancelled", "ok"])
    assert caller.ask(lambda session, _: overlaps(session)) == 0


def test_the_database_itself_refuses_an_overlap(caller: Caller, salon: Salon) -> None:
    booking(caller, salon, TEN)()
    booking(caller, salon, TEN + timedelta(hours=1))()
    later = Reservation.start_at > TEN
    squeeze = update(Reservation).where(later).values(start_at=TEN + timedelta(minutes=30))
    with pytest.raises(IntegrityError, match="reservation_no_overlap"):
        caller.change(lambda session, _: session.execute(squeeze))
    copy = text(
        "INSERT INTO reservation (business_id, appointment_id, resource_id, unit, start_at, end_at) "
        "SELECT business_id, appointment_id, resource_id, unit, start_at, end_at FROM reservation"
    )
    with pytest.raises(IntegrityError, match="reservation_no_overlap"):
        caller.change(lambda session, _: session.execute(copy))


def test_guards_are_put_back_and_missed_when_gone(database: Database, tmp_path: Path) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    on_sqlite = database.engine.dialect.name == "sqlite"
    drop = (
        "DROP TRIGGER reservation_no_overlap_update"
        if on_sqlite
        else "ALTER TABLE reservation DROP CONSTRAINT reservation_no_overlap"
    )
    with database.writing_connection() as connection:
        connection.execute(text(drop))
    with pytest.raises(NotReady, match="guards"):
        create_app(Settings(home=tmp_path, database_url=url))
    with database.writing_connection() as connection:
        install_guards(connection)
        install_guards(connection)
        assert not missing_guards(connection)


def test_an_empty_database_is_not_served(tmp_path: Path) -> None:
    with pytest.raises(NotReady):
        create_app(Settings(home=tmp_path, database_url=f"sqlite:///{tmp_path / 'empty.db'}"))


def test_a_time_without_a_zone_is_not_stored(database: Database, salon: Salon) -> None:
    naive = datetime(2027, 3, 2)  # noqa: DTZ001
    with pytest.raises(Exception, match="without a zone"), database.read() as session:
        session.scalar(select(Reservation.id).where(Reservation.start_at > naive))


def test_instants_come_back_as_they_went_in(database: Database, caller: Caller, salon: Salon) -> None:
    booking(caller, salon, TEN)()
    fresh = open_database(database.engine.url.render_as_string(hide_password=False))
    with fresh.read() as session:
        assert session.scalars(select(Appointment.start_at)).one() == TEN
    fresh.close()
