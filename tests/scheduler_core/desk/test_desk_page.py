"""The staff's page shows what is booked and what just happened, of this business only."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment
from scheduler_core.businesses.models import Business, Location, Resource, Service, StaffMember
from scheduler_core.customers.models import Customer
from scheduler_core.db import Base, open_database
from scheduler_core.desk.html import draw
from scheduler_core.desk.page import look_up
from scheduler_core.errors import NotFound
from scheduler_core.outbox.enqueue import tell_staff
from scheduler_core.waitlist import wishes
from scheduler_core.waitlist.models import WAITING, WaitlistEntry

NOW = datetime(2027, 3, 2, 9, 30, tzinfo=UTC)
_IDS = count(1)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    database = open_database(f"sqlite:///{tmp_path / 'desk.db'}")
    Base.metadata.create_all(database.engine)
    with Session(database.engine) as opened:
        yield opened
    database.close()


def a_salon(session: Session, name: str, zone: str = "Europe/Vienna") -> int:
    """A business with one of everything, all under the same id."""
    n = next(_IDS)
    session.add(Business(id=n, name=name, zone=zone, locale="en", currency="EUR", phone="+43 1 000000"))
    session.flush()
    session.add(Location(id=n, business_id=n, name=f"{name} Centre", address="1 Main Street", zone=zone))
    session.add(
        Service(
            id=n,
            business_id=n,
            name="Trim",
            category="Cuts",
            aliases=[],
            duration_minutes=30,
            price_minor=3000,
        )
    )
    session.add(Resource(id=n, business_id=n, kind="staff"))
    session.flush()
    session.add(StaffMember(id=n, business_id=n, resource_id=n, name="Ana", aliases=[]))
    session.flush()
    return n


def a_booking(
    session: Session, salon: int, customer: str | None, start: datetime, status: str = "booked"
) -> None:
    n = next(_IDS)
    session.add(Customer(id=n, business_id=salon, name=customer, created_at=NOW))
    session.flush()
    session.add(
        Appointment(
            id=n,
            business_id=salon,
            customer_id=n,
            service_id=salon,
            staff_id=salon,
            location_id=salon,
            status=status,
            start_at=start,
            end_at=start + timedelta(minutes=30),
            zone="Europe/Vienna",
            wall_start=f"{start:%Y-%m-%dT%H:%M}",
            price_minor=3000,
            currency="EUR",
            policy={},
            calendar_token=f"token-{n}",
            created_at=NOW,
            updated_at=NOW,
        )
    )
    session.flush()


def page_of(session: Session, salon: int, now: datetime = NOW) -> str:
    return draw("desk.html", desk=look_up(session, salon, now), may_speak=True)


def test_today_and_the_coming_days_are_shown_in_the_salons_own_time(session: Session) -> None:
    salon = a_salon(session, "Aurora")
    a_booking(session, salon, "Maria", NOW.replace(hour=14))
    a_booking(session, salon, "Otto", NOW + timedelta(days=1))
    page = page_of(session, salon)
    assert "Today" in page
    assert "Tomorrow" in page
    assert "15:30</time>" in page
    assert page.index("Maria") < page.index("Otto")


def test_a_day_begins_at_midnight_of_the_salon(session: Session) -> None:
    salon = a_salon(session, "Aurora")
    a_booking(session, salon, "Late yesterday", datetime(2027, 3, 1, 22, 45, tzinfo=UTC))
    a_booking(session, salon, "Early today", datetime(2027, 3, 1, 23, 15, tzinfo=UTC))
    page = page_of(session, salon)
    assert "Early today" in page
    assert "Late yesterday" not in page


def test_cancelled_visits_are_not_shown(session: Session) -> None:
    salon = a_salon(session, "Aurora")
    a_booking(session, salon, "Maria", NOW, status="cancelled")
    page = page_of(session, salon)
    assert "Maria" not in page
    assert "Nothing booked." in page


def test_another_business_is_never_shown(session: Session) -> None:
    salon, other = a_salon(session, "Aurora"), a_salon(session, "Rival")
    a_booking(session, other, "Their customer", NOW)
    a_notice(session, other, "their notice")
    page = page_of(session, salon)
    assert "Their customer" not in page
    assert "their notice" not in page


def test_notices_are_shown_newest_first_and_once_however_many_were_told(session: Session) -> None:
    salon = a_salon(session, "Aurora")
    a_notice(session, salon, "older")
    a_notice(session, salon, "newer")
    a_notice(session, salon, "newer", staff_id=2)
    page = page_of(session, salon)
    assert page.index("newer") < page.index("older")
    assert page.count("newer") == 1


def test_what_a_customer_calls_themselves_is_never_markup(session: Session) -> None:
    salon = a_salon(session, "Aurora")
    a_booking(session, salon, "<script>alert(1)</script>", NOW)
    assert "<script>" not in page_of(session, salon)


def test_who_waits_for_a_time_is_shown_until_that_time_has_passed(session: Session) -> None:
    salon = a_salon(session, "Aurora")
    a_wait(session, salon, "Maria", NOW + timedelta(days=1))
    a_wait(session, salon, "Otto", NOW - timedelta(days=1))
    page = page_of(session, salon)
    assert "1 waiting" in page
    assert "Wed 3 Mar, 10:30 – Wed 3 Mar, 12:29" in page
    assert "Maria" in page
    assert "Otto" not in page


def test_an_unknown_business_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        look_up(session, 999, NOW)


def a_wait(session: Session, salon: int, customer: str, start: datetime) -> None:
    n = next(_IDS)
    session.add(Customer(id=n, business_id=salon, name=customer, created_at=NOW))
    session.flush()
    ranges = wishes.to_json([(start, start + timedelta(hours=2))])
    session.add(
        WaitlistEntry(
            business_id=salon, customer_id=n, service_id=salon, ranges=ranges, state=WAITING, created_at=NOW
        )
    )
    session.flush()


def a_notice(session: Session, salon: int, reason: str, staff_id: int = 1) -> None:
    tell_staff(
        session,
        business_id=salon,
        staff_id=staff_id,
        kind="staff_handoff",
        idem_key=f"notice-{next(_IDS)}",
        language="en",
        facts={"customer": "Maria", "channel": "web", "reason": reason, "details": ""},
        now=NOW,
    )
    session.flush()
