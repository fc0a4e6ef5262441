"""A business with many visits to remind of, all of whose times are the test's own."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.book import wall_start
from scheduler_core.appointments.changes import subject_of
from scheduler_core.appointments.models import Appointment, AppointmentItem
from scheduler_core.appointments.status import BOOKED
from scheduler_core.conversations.models import Conversation
from scheduler_core.customers.models import ContactPoint, Customer
from scheduler_core.db.base import table_of
from scheduler_core.outbox import due
from scheduler_core.reminders.plan import REMIND
from tests.builders.parts import ALWAYS, a_business, a_location, a_person, a_service

_NAMES = count(1)
#: From the reminder to the visit.
AHEAD = timedelta(hours=2)
#: One reminder two hours before, at any time of the day.
RULES = {
    "reminders": [{"hours_before": 2}],
    "reminder_silence_hours": 0,
    "quiet_from_hour": 0,
    "quiet_until_hour": 0,
}


def a_business_to_remind(session: Session, zone: str = "Europe/Vienna") -> tuple[int, int, int, int]:
    """The ids of the business, its place, its person and its service."""
    business = a_business(session, zone, **RULES)
    place = a_location(session, business, zone, ALWAYS)
    person = a_person(session, business, "Ana", {place: ALWAYS})
    return business, place, person, a_service(session, business, by=[person])


def people_to_reach(
    session: Session, business: int, how_many: int, made: datetime, channel: str = "ledger"
) -> list[int]:
    """Customers who have written on that channel; their ids."""
    names = [f"customer-{next(_NAMES)}" for _ in range(how_many)]
    of = {"business_id": business}
    people = _inserted(session, Customer, [{**of, "name": name, "created_at": made} for name in names])
    reached = [
        {**of, "customer_id": key, "channel": channel, "address": name}
        for key, name in zip(people, names, strict=True)
    ]
    _inserted(session, ContactPoint, reached)
    _inserted(session, Conversation, [{**each, "created_at": made} for each in reached])
    return people


def visits_to_remind_of(
    session: Session,
    due_at: Sequence[datetime],
    salon: tuple[int, int, int, int] | None = None,
    channel: str = "ledger",
) -> list[int]:
    """A customer with a visit for each time at which its reminder is due; the visits' ids, in that order.

    ``salon``: the business, its place, its person and its service; a new business when it is not told.
    """
    business, place, person, service = salon or a_business_to_remind(session)
    made, zone, of = due_at[0] - timedelta(days=30), "Europe/Vienna", {"business_id": business}
    people = people_to_reach(session, business, len(due_at), made, channel)
    rows = [
        {
            **of,
            "customer_id": customer,
            "service_id": service,
            "staff_id": person,
            "location_id": place,
            "status": BOOKED,
            "version": 1,
            "start_at": at + AHEAD,
            "end_at": at + AHEAD + timedelta(hours=1),
            "zone": zone,
            "wall_start": wall_start(at + AHEAD, zone),
            "price_minor": 4000,
            "currency": "EUR",
            "policy": {},
            "calendar_token": f"token-{customer}",
            "created_at": made,
            "updated_at": made,
        }
        for customer, at in zip(people, due_at, strict=True)
    ]
    visits = _inserted(session, Appointment, rows)
    items = [
        {**of, "appointment_id": key, "position": 0, "service_id": service, "staff_id": person}
        | {"start_at": row["start_at"], "end_at": row["end_at"], "price_minor": 4000}
        for key, row in zip(visits, rows, strict=True)
    ]
    session.execute(insert(AppointmentItem), items)
    for key, at in zip(visits, due_at, strict=True):
        plan_reminder(session, business, key, 1, at)
    return visits


def plan_reminder(
    session: Session, business_id: int, appointment_id: int, version: int, at: datetime
) -> None:
    """Due at a moment of ours, so that a run need not wait for the hour."""
    due.plan(
        session,
        business_id=business_id,
        kind=REMIND,
        subject=subject_of(appointment_id),
        version=version,
        due_at=at,
        payload={"ahead": "2h", "appointment_id": appointment_id},
        idem_key=f"{REMIND}:{appointment_id}:{version}:2h",
    )


def _inserted(session: Session, model: type, rows: list[dict[str, object]]) -> list[int]:
    table = table_of(model)
    session.execute(insert(table), rows)
    newest = select(table.c.id).order_by(table.c.id.desc()).limit(len(rows))
    return sorted(session.scalars(newest))
