"""Businesses of any size with half-empty diaries, for benchmarks: the same for the same number of staff."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment
from scheduler_core.availability.models import Reservation
from scheduler_core.businesses.hours import OpeningHours, StaffHours
from scheduler_core.businesses.models import (
    Business,
    Location,
    Resource,
    Service,
    StaffMember,
    StaffService,
)
from scheduler_core.businesses.policy import Policy
from scheduler_core.customers.models import Customer

#: A Monday, and the spring change of clocks lies within the month that follows.
NOW = datetime(2027, 3, 1, 5, 0, tzinfo=UTC)
DAYS = 30
ZONE = "America/New_York"
_BOOKED = 0.4
_MINUTES = 30
_SHIFTS = ((8 * 60, 16 * 60), (9 * 60, 17 * 60), (10 * 60, 18 * 60))


def a_business(session: Session, staff: int) -> dict[str, int]:
    """Ids of a business with so many people, who work eight hours on weekdays and are booked for 40 % of them."""
    policy = Policy(min_notice_minutes=0, horizon_days=DAYS, grid_minutes=_MINUTES, customer_may_overlap=True)
    business = Business(
        name=f"{staff} staff", zone=ZONE, locale="en", currency="USD", phone="1", policy=policy.model_dump()
    )
    session.add(business)
    session.flush()
    own: dict[str, Any] = {"business_id": business.id}
    place = Location(**own, name="Main", address="1 Main St", zone=ZONE)
    service = Service(
        **own, name="Visit", category="", aliases=[], duration_minutes=_MINUTES, price_minor=4000
    )
    customer = Customer(**own, name="Somebody", created_at=NOW)
    session.add_all([place, service, customer])
    session.flush()
    weekdays = [{**own, "location_id": place.id, "weekday": day} for day in range(5)]
    session.execute(
        insert(OpeningHours), [{**day, "opens_minute": 7 * 60, "closes_minute": 19 * 60} for day in weekdays]
    )
    ids = {"business": business.id, "location": place.id, "service": service.id, "customer": customer.id}
    for number in range(staff):
        ids["staff"] = _person(session, ids, weekdays, number)
    return ids


def _person(session: Session, ids: dict[str, int], weekdays: list[dict[str, Any]], number: int) -> int:
    own: dict[str, Any] = {"business_id": ids["business"]}
    resource = Resource(**own, kind="staff")
    session.add(resource)
    session.flush()
    member = StaffMember(**own, resource_id=resource.id, name=f"Person {number}", aliases=[])
    session.add(member)
    session.flush()
    session.add(StaffService(**own, staff_id=member.id, service_id=ids["service"]))
    starts, ends = _SHIFTS[number % len(_SHIFTS)]
    session.execute(
        insert(StaffHours),
        [{**day, "staff_id": member.id, "starts_minute": starts, "ends_minute": ends} for day in weekdays],
    )
    taken = list(_taken(number, starts, ends))
    visits = session.scalars(
        insert(Appointment).returning(Appointment.id, sort_by_parameter_order=True),
        [_visit(ids, member.id, number, start) for start in taken],
    ).all()
    reserved = [
        {
            **own,
            "appointment_id": visit,
            "resource_id": resource.id,
            "unit": 0,
            "start_at": start,
            "end_at": start + timedelta(minutes=_MINUTES),
        }
        for visit, start in zip(visits, taken, strict=True)
    ]
    session.execute(insert(Reservation), reserved)
    return member.id


def _taken(number: int, starts: int, ends: int) -> Iterator[datetime]:
    """Times as they would be in winter; an hour's shift after the change of clocks does not matter here."""
    dice = Random(number)
    midnight = datetime(NOW.year, NOW.month, NOW.day, 5, tzinfo=UTC)
    for day in range(DAYS):
        for minute in range(starts, ends, _MINUTES):
            if (midnight + timedelta(days=day)).weekday() < 5 and dice.random() < _BOOKED:
                yield midnight + timedelta(days=day, minutes=minute)


def _visit(ids: dict[str, int], staff_id: int, number: int, start: datetime) -> dict[str, Any]:
    return {
        "business_id": ids["business"],
        "customer_id": ids["customer"],
        "service_id": ids["service"],
        "staff_id": staff_id,
        "location_id": ids["location"],
        "status": "booked",
        "start_at": start,
        "end_at": start + timedelta(minutes=_MINUTES),
        "zone": ZONE,
        "wall_start": start.strftime("%Y-%m-%dT%H:%M"),
        "price_minor": 4000,
        "currency": "USD",
        "policy": {},
        "calendar_token": f"{staff_id}-{number}-{start.isoformat()}",
        "created_at": NOW,
        "updated_at": NOW,
    }
