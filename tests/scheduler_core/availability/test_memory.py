"""What a process remembers is never older than the question, whoever changed what."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.models import Reservation
from scheduler_core.availability.search import Wanted, search
from scheduler_core.availability.slots import minute_of
from scheduler_core.businesses.hours import Block, Closure, Holiday, OpeningHours, StaffHours
from scheduler_core.businesses.models import Business, Service, StaffMember, StaffService
from scheduler_core.db import Database, open_database
from tests.builders.core import MONDAY, Core
from tests.builders.salon import Plan, Salon, a_salon

TUESDAY = MONDAY + timedelta(days=1)
_DAY = timedelta(days=1)


@pytest.fixture
def salon(database: Database) -> Salon:
    return database.transact(lambda session: a_salon(session, MONDAY, Plan()))


def free(database: Database, salon: Salon) -> int:
    """How many times Ana has on Tuesday."""
    wish = (minute_of(TUESDAY - timedelta(hours=14)), minute_of(TUESDAY + timedelta(hours=10)))
    wanted = Wanted(Enquiry(salon.id, (salon.service,), salon.ana), [wish], limit=50)
    with database.read() as session:
        return len(search(session, wanted, MONDAY).spots)


def _resource(session: Session, salon: Salon) -> int:
    return session.get_one(StaffMember, salon.ana).resource_id


_CHANGES: dict[str, Callable[[Session, Salon], object]] = {
    "a block": lambda session, salon: session.add(
        Block(
            business_id=salon.id,
            resource_id=_resource(session, salon),
            kind="block",
            start_at=TUESDAY,
            end_at=TUESDAY + timedelta(hours=2),
        )
    ),
    "a holiday": lambda session, salon: session.add(
        Holiday(business_id=salon.id, location_id=salon.location, day=TUESDAY.date(), name="Carnival")
    ),
    "a closure": lambda session, salon: session.add(
        Closure(business_id=salon.id, location_id=salon.location, start_at=TUESDAY, end_at=TUESDAY + _DAY)
    ),
    "other hours of hers": lambda session, salon: session.execute(
        update(StaffHours).where(StaffHours.staff_id == salon.ana).values(ends_minute=720, starts_minute=540)
    ),
    "other hours of the place": lambda session, _: session.execute(delete(OpeningHours)),
    "a longer service": lambda session, salon: session.execute(
        update(Service).where(Service.id == salon.service).values(duration_minutes=180)
    ),
    "a coarser grid": lambda session, salon: session.execute(
        update(Business).where(Business.id == salon.id).values(policy={"grid_minutes": 120})
    ),
}


@pytest.mark.parametrize("change", _CHANGES.values(), ids=_CHANGES)
def test_a_change_is_seen_at_once_by_every_process(
    database: Database, salon: Salon, change: Callable[[Session, Salon], object]
) -> None:
    other = open_database(database.engine.url.render_as_string(hide_password=False))
    before = free(database, salon)
    assert free(other, salon) == before
    other.transact(lambda session: change(session, salon))
    assert free(database, salon) == free(other, salon) != before
    other.close()


def test_what_was_undone_is_not_remembered(database: Database, salon: Salon) -> None:
    before = free(database, salon)

    def change_look_and_fail(session: Session) -> None:
        _CHANGES["a block"](session, salon)
        session.flush()
        wanted = Wanted(Enquiry(salon.id, (salon.service,), salon.ana))
        assert search(session, wanted, MONDAY).spots
        raise RuntimeError

    with pytest.raises(RuntimeError):
        database.transact(change_look_and_fail)
    assert free(database, salon) == before
    database.transact(lambda session: _CHANGES["a longer service"](session, salon))
    assert free(database, salon) != before


def test_a_hold_that_runs_out_is_forgotten_without_any_change(core: Core) -> None:
    nine = ("2027-03-02T14:00:00Z", "2027-03-02T14:01:00Z")
    core.hold(nine[0])
    assert core.starts(nine, staff_id=core.salon.ana) == []
    core.clock.move(minutes=11)
    assert core.starts(nine, staff_id=core.salon.ana) == [nine[0]]


def test_who_stops_doing_something_is_not_offered(database: Database, salon: Salon) -> None:
    assert free(database, salon)
    of_ana = StaffService.staff_id == salon.ana
    database.transact(lambda session: session.execute(delete(StaffService).where(of_ana)))
    wanted = Wanted(Enquiry(salon.id, (salon.service,)), limit=50)
    with database.read() as session:
        assert {spot.staff_id for spot in search(session, wanted, MONDAY).spots} == {salon.ben}


def test_a_reservation_deleted_by_hand_frees_its_time(core: Core) -> None:
    nine = ("2027-03-02T14:00:00Z", "2027-03-02T14:01:00Z")
    core.booked(nine[0])
    assert core.starts(nine, staff_id=core.salon.ana) == []
    core.write(lambda session: session.execute(delete(Reservation)))
    assert core.starts(nine, staff_id=core.salon.ana) == [nine[0]]
