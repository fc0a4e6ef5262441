"""Questions about a business; every one starts from the business, so that one cannot see another's rows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, and_, select, text
from sqlalchemy.orm import Session

from scheduler_core.businesses.hours import OpeningHours, StaffHours
from scheduler_core.businesses.models import (
    Business,
    Location,
    Service,
    ServiceAddon,
    StaffMember,
    StaffService,
)
from scheduler_core.businesses.policy import Policy
from scheduler_core.businesses.schemas import Addon, BookableService, BusinessOut, LocationOut, StaffOut
from scheduler_core.businesses.wall import clock_of
from scheduler_core.errors import NotFound
from scheduler_core.permissions.models import StaffChat
from scheduler_core.permissions.roles import Role

Week = dict[str, list[list[str]]]

_OWNED = {
    table: text(f"SELECT 1 FROM {table} WHERE business_id = :business AND id = :id")
    for table in ("appointment", "conversation", "customer")
}

_THEIRS = {
    table: text(
        f"SELECT 1 FROM {table} WHERE business_id = :business AND id = :id AND customer_id = :customer"
    )
    for table in ("appointment", "conversation")
}


def must_own(session: Session, business_id: int, **ids: int | None) -> None:
    """Raise ``NotFound`` unless every row named by ``table=id`` is this business's; ``None`` names no row."""
    for table, key in ids.items():
        if key is not None and not session.scalar(_OWNED[table], {"business": business_id, "id": key}):
            raise NotFound(f"unknown {table}")


def must_be_theirs(session: Session, business_id: int, customer_id: int, **ids: int | None) -> None:
    """Raise ``NotFound`` unless every appointment and conversation named by ``table=id`` is this customer's."""
    for table, key in ids.items():
        owner = {"business": business_id, "id": key, "customer": customer_id}
        if key is not None and not session.scalar(_THEIRS[table], owner):
            raise NotFound(f"unknown {table}")


def still_there(session: Session, table: type[Location] | type[StaffMember], key: int) -> int | None:
    """The id of a place or a person unless it is archived."""
    return session.scalar(select(table.id).where(table.id == key, table.archived_at.is_(None)))


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
        review_url=found.review_url,
        policy=Policy.model_validate(found.policy),
    )


def empty_week() -> Week:
    return {str(day): [] for day in range(7)}


def locations(session: Session, business_id: int) -> list[LocationOut]:
    """The locations in use, with their weekly hours."""
    rows = session.execute(
        select(
            Location.id,
            Location.name,
            Location.address,
            Location.zone,
            OpeningHours.weekday,
            OpeningHours.opens_minute,
            OpeningHours.closes_minute,
        )
        .outerjoin(OpeningHours, OpeningHours.location_id == Location.id)
        .where(Location.business_id == business_id, Location.archived_at.is_(None))
        .order_by(Location.id, OpeningHours.weekday, OpeningHours.opens_minute)
    )
    found: dict[int, LocationOut] = {}
    for key, name, address, zone, weekday, opens, closes in rows:
        if key not in found:
            found[key] = LocationOut(id=key, name=name, address=address, zone=zone, hours=empty_week())
        if weekday is not None:
            found[key].hours[str(weekday)].append([clock_of(opens), clock_of(closes)])
    return list(found.values())


def services(session: Session, business_id: int) -> list[BookableService]:
    """The services in use that can be booked by themselves, with everybody who offers them."""
    rows, offering = _in_use(session, business_id, is_addon=False)
    goes_with = _addons_by_service(session, business_id)
    return [
        BookableService(
            **row._mapping,
            staff_ids=offering[row.id],
            approval_needed=Policy.model_validate(row.rules).with_own(row.policy).approval_needed,
            addon_ids=goes_with[row.id],
        )
        for row in rows
    ]


def addons(session: Session, business_id: int) -> list[Addon]:
    """The services in use that only come with another."""
    rows, offering = _in_use(session, business_id, is_addon=True)
    return [Addon(**row._mapping, staff_ids=offering[row.id]) for row in rows]


def _in_use(
    session: Session, business_id: int, *, is_addon: bool
) -> tuple[Sequence[Row[Any]], dict[int, list[int]]]:
    rows = session.execute(
        select(
            Service.id,
            Service.name,
            Service.category,
            Service.aliases,
            Service.duration_minutes,
            Service.price_minor,
            Service.skills,
            Service.policy,
            Business.policy.label("rules"),
        )
        .join(Business, Business.id == Service.business_id)
        .where(
            Service.business_id == business_id,
            Service.archived_at.is_(None),
            Service.is_addon.is_(is_addon),
        )
        .order_by(Service.id)
    ).all()
    return rows, offered_by(session, business_id, {row.id: row.skills for row in rows})


def _addons_by_service(session: Session, business_id: int) -> dict[int, list[int]]:
    """The add-ons in use that go with each service."""
    pairs = session.execute(
        select(ServiceAddon.service_id, ServiceAddon.addon_id)
        .join(Service, Service.id == ServiceAddon.addon_id)
        .where(ServiceAddon.business_id == business_id, Service.archived_at.is_(None))
        .order_by(ServiceAddon.service_id, ServiceAddon.addon_id)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for service_id, addon_id in pairs:
        found[service_id].append(addon_id)
    return found


def offered_by(
    session: Session, business_id: int, skills_needed: dict[int, list[str]]
) -> dict[int, list[int]]:
    """Who offers each of some services, given the skills these need: named for it, or with all of its skills."""
    rows = session.execute(
        select(StaffMember.id, StaffMember.skills, StaffService.service_id)
        .outerjoin(
            StaffService,
            and_(StaffService.staff_id == StaffMember.id, StaffService.service_id.in_(skills_needed)),
        )
        .where(StaffMember.business_id == business_id, StaffMember.archived_at.is_(None))
    ).all()
    offering: dict[int, set[int]] = {service_id: set() for service_id in skills_needed}
    skills_of = {staff_id: set(skills) for staff_id, skills, _ in rows}
    for staff_id, _, service_id in rows:
        if service_id is not None:
            offering[service_id].add(staff_id)
    for service_id, needed in skills_needed.items():
        if needed:
            offering[service_id] |= {key for key, own in skills_of.items() if own.issuperset(needed)}
    return {service_id: sorted(people) for service_id, people in offering.items()}


def staff(session: Session, business_id: int) -> list[StaffOut]:
    """The people who are still there, with the locations where they work in an ordinary week."""
    members = session.execute(
        select(StaffMember.id, StaffMember.name, StaffMember.aliases)
        .where(StaffMember.business_id == business_id, StaffMember.archived_at.is_(None))
        .order_by(StaffMember.id)
    ).all()
    places = places_of_work(session, business_id, [row.id for row in members])
    return [StaffOut(**row._mapping, location_ids=places[row.id]) for row in members]


def places_of_work(session: Session, business_id: int, staff_ids: Iterable[int]) -> dict[int, list[int]]:
    """The locations in use where each of some people works in an ordinary week."""
    pairs = session.execute(
        select(StaffHours.staff_id, StaffHours.location_id)
        .join(Location, Location.id == StaffHours.location_id)
        .where(
            StaffHours.business_id == business_id,
            StaffHours.staff_id.in_(staff_ids),
            Location.archived_at.is_(None),
        )
        .distinct()
        .order_by(StaffHours.staff_id, StaffHours.location_id)
    )
    places: dict[int, list[int]] = defaultdict(list)
    for staff_id, location_id in pairs:
        places[staff_id].append(location_id)
    return places


def noticed_staff(session: Session, business_id: int) -> list[int]:
    """Who is told about new, moved and cancelled bookings."""
    return list(
        session.scalars(
            select(StaffMember.id).where(
                StaffMember.business_id == business_id,
                StaffMember.archived_at.is_(None),
                StaffMember.gets_notices.is_(True),
            )
        )
    )


def leaders(session: Session, business_id: int) -> list[int]:
    """Who has a chat as an owner or manager; where nobody has, those who get the notices."""
    found = session.scalars(
        select(StaffChat.staff_id)
        .join(StaffMember, StaffMember.id == StaffChat.staff_id)
        .where(
            StaffChat.business_id == business_id,
            StaffChat.role.in_((Role.OWNER, Role.MANAGER)),
            StaffMember.archived_at.is_(None),
        )
        .distinct()
        .order_by(StaffChat.staff_id)
    )
    return list(found) or noticed_staff(session, business_id)
