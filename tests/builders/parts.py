"""The parts that a business is made of, one function each, with honest defaults; each answers the new row's id."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.businesses.hours import (
    BLOCK,
    Block,
    Closure,
    Holiday,
    HoursOverride,
    OpeningHours,
    StaffBreak,
    StaffHours,
)
from scheduler_core.businesses.models import (
    ROOM,
    STAFF,
    Business,
    Location,
    Resource,
    Service,
    ServiceAddon,
    ServiceNeed,
    StaffMember,
    StaffService,
)
from scheduler_core.conversations.models import Conversation
from scheduler_core.customers.models import ContactPoint, Customer

Windows = Sequence[tuple[int, int]]
#: Wall-clock minutes by weekday, Monday is 0.
Hours = Mapping[int, Windows]

#: Monday to Friday, 9 to 13 and 14 to 18.
WEEKDAYS: Hours = dict.fromkeys(range(5), ((9 * 60, 13 * 60), (14 * 60, 18 * 60)))
ALWAYS: Hours = dict.fromkeys(range(7), ((0, 1440),))

#: What every test may rely on unless it says otherwise: nothing stands between a customer and a free time.
EASY: Mapping[str, Any] = {
    "min_notice_minutes": 0,
    "horizon_days": 60,
    "grid_minutes": 60,
    "late_fee_percent": 50,
    "customer_may_overlap": True,
}
_NTH = count(1)


def _added(session: Session, row: Any) -> int:
    session.add(row)
    session.flush()
    new: int = row.id
    return new


def a_business(session: Session, zone: str = "America/New_York", **policy: Any) -> int:
    named = {"name": "Salon", "locale": "en", "currency": "USD", "phone": "1"}
    return _added(session, Business(**named, zone=zone, policy={**EASY, **policy}))


def a_location(
    session: Session, business_id: int, zone: str = "America/New_York", hours: Hours = WEEKDAYS
) -> int:
    place = Location(business_id=business_id, name="Main", address="1 Main St", zone=zone)
    location_id = _added(session, place)
    session.add_all(
        OpeningHours(
            business_id=business_id,
            location_id=location_id,
            weekday=weekday,
            opens_minute=opens,
            closes_minute=closes,
        )
        for weekday, windows in hours.items()
        for opens, closes in windows
    )
    return location_id


def a_resource(
    session: Session, business_id: int, kind: str = ROOM, capacity: int = 1, location_id: int | None = None
) -> int:
    named = f"{kind} {next(_NTH)}"
    thing = Resource(
        business_id=business_id, kind=kind, capacity=capacity, name=named, location_id=location_id
    )
    return _added(session, thing)


def a_service(
    session: Session,
    business_id: int,
    by: Iterable[int] = (),
    needs: Iterable[Iterable[int]] = (),
    **fields: Any,
) -> int:
    """``by``: who does it, by id. ``needs``: one of the resources of each."""
    plain = {"name": "Haircut", "category": "Hair", "aliases": ["cut"], "price_minor": 4000}
    service_id = _added(
        session, Service(business_id=business_id, **{**plain, "duration_minutes": 60, **fields})
    )
    of = {"business_id": business_id, "service_id": service_id}
    session.add_all(StaffService(**of, staff_id=staff_id) for staff_id in by)
    session.add_all(
        ServiceNeed(**of, position=position, resource_id=resource_id)
        for position, one_of in enumerate(needs)
        for resource_id in one_of
    )
    session.flush()
    return service_id


def an_addon(session: Session, business_id: int, service_id: int, **fields: Any) -> int:
    """Something short that only comes with ``service_id``."""
    addon = a_service(session, business_id, **{"name": "Wash", "is_addon": True, **fields})
    session.add(ServiceAddon(business_id=business_id, service_id=service_id, addon_id=addon))
    return addon


def a_person(session: Session, business_id: int, name: str, hours: Mapping[int, Hours], **fields: Any) -> int:
    """``hours``: by location."""
    resource_id = _added(session, Resource(business_id=business_id, kind=STAFF, capacity=1))
    staff_id = _added(
        session,
        StaffMember(business_id=business_id, resource_id=resource_id, name=name, aliases=[], **fields),
    )
    session.add_all(
        StaffHours(
            business_id=business_id,
            staff_id=staff_id,
            location_id=location_id,
            weekday=weekday,
            starts_minute=starts,
            ends_minute=ends,
        )
        for location_id, week in hours.items()
        for weekday, windows in week.items()
        for starts, ends in windows
    )
    session.flush()
    return staff_id


def a_customer(session: Session, business_id: int, now: datetime, address: str) -> tuple[int, int]:
    """A person with a terminal address; their id and their conversation's."""
    person = _added(session, Customer(business_id=business_id, name=address.title(), created_at=now))
    names = {"business_id": business_id, "customer_id": person, "channel": "terminal", "address": address}
    session.add(ContactPoint(**names))
    return person, _added(session, Conversation(**names, created_at=now))


def a_break(session: Session, business_id: int, staff_id: int, weekday: int, starts: int, ends: int) -> int:
    of = {"business_id": business_id, "staff_id": staff_id, "weekday": weekday}
    return _added(session, StaffBreak(**of, starts_minute=starts, ends_minute=ends))


def a_holiday(session: Session, business_id: int, location_id: int, day: date) -> int:
    return _added(session, Holiday(business_id=business_id, location_id=location_id, day=day, name="Holiday"))


def an_override(
    session: Session,
    business_id: int,
    location_id: int,
    day: date,
    windows: Windows,
    staff_id: int | None = None,
) -> None:
    """Other hours on one date; no window at all is a day off."""
    of = {"business_id": business_id, "location_id": location_id, "staff_id": staff_id, "day": day}
    for starts, ends in windows or ((0, 0),):
        session.add(HoursOverride(**of, starts_minute=starts, ends_minute=ends))
    session.flush()


def a_closure(session: Session, business_id: int, location_id: int, start: datetime, end: datetime) -> int:
    of = {"business_id": business_id, "location_id": location_id}
    return _added(session, Closure(**of, start_at=start, end_at=end))


def a_block(
    session: Session, business_id: int, resource_id: int, start: datetime, end: datetime, kind: str = BLOCK
) -> int:
    of = {"business_id": business_id, "resource_id": resource_id, "kind": kind}
    return _added(session, Block(**of, start_at=start, end_at=end))


def resource_of(session: Session, staff_id: int) -> int:
    return session.scalars(select(StaffMember.resource_id).where(StaffMember.id == staff_id)).one()
