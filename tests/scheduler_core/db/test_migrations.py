"""A database of an earlier release comes to the newest shape with everything that was in it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from alembic import command
from sqlalchemy import Connection, column, insert, select, text
from sqlalchemy import table as of_name
from sqlalchemy.exc import IntegrityError

from scheduler_core.appointments.models import AppointmentItem
from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.models import Reservation
from scheduler_core.availability.search import Wanted, search
from scheduler_core.businesses.hours import Block
from scheduler_core.businesses.models import Business
from scheduler_core.businesses.policy import Policy
from scheduler_core.db import Database, open_database
from scheduler_core.db.migrate import alembic_config, check_ready, upgrade
from scheduler_core.db.types import UtcDateTime
from tests.builders.databases import a_postgresql_database

NINE, TEN = datetime(2027, 3, 2, 14, tzinfo=UTC), datetime(2027, 3, 2, 15, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def first_release(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """A database as the first release left it: a salon with a visit, and somebody on leave."""
    if request.param == "sqlite":
        database = open_database(f"sqlite:///{tmp_path_factory.mktemp('old') / 'frontdesk.db'}")
        _first_release(database)
        yield database
        database.close()
        return
    with a_postgresql_database(request.getfixturevalue("postgresql")) as url:
        database = open_database(url)
        with database.writing_connection() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        _first_release(database)
        yield database
        database.close()


def _first_release(database: Database) -> None:
    with database.writing_connection() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        _fill(connection)


def _fill(connection: Connection) -> None:
    def put(table: str, **values: object) -> None:
        columns = [
            column(name, UtcDateTime()) if isinstance(value, datetime) else column(name)
            for name, value in values.items()
        ]
        connection.execute(insert(of_name(table, *columns)).values(**values))

    put("business", id=1, name="Salon", zone="America/New_York", locale="en", currency="USD", phone="1",
        min_notice_minutes=90, horizon_days=45, grid_minutes=60, hold_minutes=7, free_cancel_hours=12,
        late_fee_percent=50, buffers_beyond_hours=True)  # fmt: skip
    put("location", id=1, business_id=1, name="Main", address="1 Main St", zone="America/New_York")
    put("opening_hours", id=1, business_id=1, location_id=1, weekday=1, opens_minute=540, closes_minute=1020)
    put("service", id=1, business_id=1, name="Haircut", category="", aliases="[]", duration_minutes=60,
        buffer_before_minutes=0, buffer_after_minutes=0, price_minor=4000)  # fmt: skip
    put("resource", id=1, business_id=1, kind="staff", capacity=1)
    put("staff_member", id=1, business_id=1, resource_id=1, name="Ana", aliases="[]", gets_notices=True)
    put("staff_service", business_id=1, staff_id=1, service_id=1)
    put("staff_hours", id=1, business_id=1, staff_id=1, location_id=1, weekday=1, starts_minute=540,
        ends_minute=1020)  # fmt: skip
    put("absence", id=1, business_id=1, staff_id=1, start_at=TEN, end_at=TEN.replace(hour=17))
    put("customer", id=1, business_id=1, name="Maria", created_at=NINE)
    put("appointment", id=1, business_id=1, customer_id=1, service_id=1, staff_id=1, location_id=1,
        status="booked", version=1, start_at=NINE, end_at=TEN, zone="America/New_York",
        wall_start="2027-03-02T09:00", price_minor=4000, currency="USD", policy="{}", calendar_token="t",
        created_at=NINE, updated_at=NINE)  # fmt: skip
    put(
        "reservation", id=1, business_id=1, appointment_id=1, resource_id=1, unit=0, start_at=NINE, end_at=TEN
    )


def test_everything_is_kept_in_the_new_shape(first_release: Database) -> None:
    upgrade(first_release)
    check_ready(first_release)
    with first_release.read() as session:
        policy = Policy.model_validate(session.scalars(select(Business.policy)).one())
        assert (policy.min_notice_minutes, policy.horizon_days, policy.hold_minutes) == (90, 45, 7)
        assert (policy.free_cancel_hours, policy.late_fee_percent, policy.buffers_beyond_hours) == (
            12,
            50,
            True,
        )
        leave = session.scalars(select(Block)).one()
        assert (leave.kind, leave.start_at, leave.resource_id) == ("time_off", TEN, 1)
        item = session.scalars(select(AppointmentItem)).one()
        assert (item.appointment_id, item.service_id, item.start_at, item.price_minor) == (1, 1, NINE, 4000)


def test_old_visits_and_leave_keep_their_time(first_release: Database) -> None:
    upgrade(first_release)
    now = datetime(2027, 3, 1, 12, tzinfo=UTC)
    with first_release.read() as session:
        found = search(session, Wanted(Enquiry(1, (1,)), limit=50), now)
    on_tuesday = [spot.start % 1440 // 60 for spot in found.spots if spot.start < minute(NINE) + 600]
    assert on_tuesday == [17, 18, 19, 20, 21]


def minute(instant: datetime) -> int:
    return int(instant.timestamp()) // 60


def test_the_guard_stands_after_the_upgrade(first_release: Database) -> None:
    upgrade(first_release)
    with first_release.read() as session:
        kept = session.scalars(select(Reservation)).one()
    columns = ("business_id", "appointment_id", "resource_id", "unit", "start_at", "end_at")
    twin = {"id": 2, **{name: getattr(kept, name) for name in columns}}
    with pytest.raises(IntegrityError, match="reservation_no_overlap"):
        first_release.transact(lambda session: session.execute(insert(Reservation).values(**twin)))
