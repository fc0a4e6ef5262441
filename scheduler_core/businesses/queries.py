"""Questions about a business; every one starts from the business, so that one cannot see another's rows."""

from collections import defaultdict

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from scheduler_core.businesses.hours import OpeningHours, StaffHours
from scheduler_core.businesses.models import Business, Location, Service, StaffMember, StaffService
from scheduler_core.businesses.policy import Policy
from scheduler_core.businesses.schemas import BusinessOut, LocationOut, ServiceOut, StaffOut
from scheduler_core.errors import NotFound

_OWNED = {
    table: text(f"SELECT 1 FROM {table} WHERE business_id = :business AND id = :id")
    for table in ("appointment", "conversation", "customer")
}


def must_own(session: Session, business_id: int, **ids: int | None) -> None:
    """Raise ``NotFound`` unless every row named by ``table=id`` is this business's; ``None`` names no row."""
    for table, key in ids.items():
        if key is not None and not session.scalar(_OWNED[table], {"business": business_id, "id": key}):
            raise NotFound(f"unknown {table}")


def business(session: Session, business_id: int) -> Business:
    found = session.get(Business, business_id)
    if found is None:
        raise NotFound("unknown business")
    return found


def business_out(found: Business) -> BusinessOut:
    return BusinessOut(
        id=found.id,
        name=found.name,
        zone=found.zone,
        locale=found.locale,
        currency=found.currency,
        phone=found.phone,
        policy=Policy.model_validate(found.policy),
    )


def locations(session: Session, business_id: int) -> list[LocationOut]:
    hours: dict[int, dict[str, list[list[str]]]] = defaultdict(lambda: {str(day): [] for day in range(7)})
    rows = session.execute(
        select(
            OpeningHours.location_id,
            OpeningHours.weekday,
            OpeningHours.opens_minute,
            OpeningHours.closes_minute,
        )
        .where(OpeningHours.business_id == business_id)
        .order_by(OpeningHours.weekday, OpeningHours.opens_minute)
    )
    for location_id, weekday, opens, closes in rows:
        hours[location_id][str(weekday)].append([_clock(opens), _clock(closes)])
    places = session.execute(
        select(Location.id, Location.name, Location.address, Location.zone)
        .where(Location.business_id == business_id)
        .order_by(Location.id)
    )
    return [
        LocationOut(id=key, name=name, address=address, zone=zone, hours=hours[key])
        for key, name, address, zone in places
    ]


def services(session: Session, business_id: int) -> list[ServiceOut]:
    skilled: dict[int, list[int]] = defaultdict(list)
    pairs = session.execute(
        select(StaffService.service_id, StaffService.staff_id)
        .where(StaffService.business_id == business_id)
        .order_by(StaffService.staff_id)
    )
    for service_id, staff_id in pairs:
        skilled[service_id].append(staff_id)
    rows = session.execute(
        select(
            Service.id,
            Service.name,
            Service.category,
            Service.aliases,
            Service.duration_minutes,
            Service.price_minor,
        )
        .where(Service.business_id == business_id)
        .order_by(Service.id)
    )
    return [ServiceOut(**row._mapping, staff_ids=skilled[row.id]) for row in rows]


def staff(session: Session, business_id: int) -> list[StaffOut]:
    places: dict[int, list[int]] = defaultdict(list)
    pairs = session.execute(
        select(StaffHours.staff_id, StaffHours.location_id)
        .where(StaffHours.business_id == business_id)
        .distinct()
        .order_by(StaffHours.staff_id, StaffHours.location_id)
    )
    for staff_id, location_id in pairs:
        places[staff_id].append(location_id)
    rows = session.execute(
        select(StaffMember.id, StaffMember.name, StaffMember.aliases)
        .where(StaffMember.business_id == business_id)
        .order_by(StaffMember.id)
    )
    return [StaffOut(**row._mapping, location_ids=places[row.id]) for row in rows]


def noticed_staff(session: Session, business_id: int) -> list[int]:
    """Who is told about new, moved and cancelled bookings."""
    return list(
        session.scalars(
            select(StaffMember.id).where(
                StaffMember.business_id == business_id, StaffMember.gets_notices.is_(True)
            )
        )
    )


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
