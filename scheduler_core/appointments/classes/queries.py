"""Questions about the meetings of classes, each from the business."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from scheduler_core.appointments import queries
from scheduler_core.appointments.classes.schemas import ClassFull, ClassOut
from scheduler_core.availability.models import ClassSession, Reservation
from scheduler_core.businesses.models import Location, Resource, Service, StaffMember
from scheduler_core.errors import NotFound

_MOST_SEATS = 1000


@dataclass(frozen=True, slots=True)
class Filter:
    """Which meetings: those that start in [since, before), of a service, of somebody, somewhere."""

    since: datetime | None = None
    before: datetime | None = None
    service_id: int | None = None
    staff_id: int | None = None
    location_id: int | None = None


def one(session: Session, business_id: int, class_id: int) -> ClassSession:
    """Raises ``NotFound``."""
    found = session.scalar(
        select(ClassSession).where(ClassSession.business_id == business_id, ClassSession.id == class_id)
    )
    if found is None:
        raise NotFound("unknown class")
    return found


def view(
    session: Session, business_id: int, class_id: int, customer_id: int | None, now: datetime, public_url: str
) -> ClassFull:
    """A meeting with its visits, of one customer or of all; raises ``NotFound``."""
    found = shown(session, business_id, now, ClassSession.id == class_id)
    if not found:
        raise NotFound("unknown class")
    wanted = queries.Filter(customer_id=customer_id, class_id=class_id)
    visits = queries.listed(session, business_id, wanted, None, _MOST_SEATS, now, public_url)
    return ClassFull(**found[0].model_dump(), appointments=visits)


def listed(
    session: Session, business_id: int, wanted: Filter, after: int | None, limit: int, now: datetime
) -> Sequence[ClassOut]:
    """Meetings in the order in which they were opened, up to ``limit`` beyond the one that a page ended with."""
    which = [ClassSession.id > (after or 0)]
    if wanted.since is not None:
        which.append(ClassSession.start_at >= wanted.since)
    if wanted.before is not None:
        which.append(ClassSession.start_at < wanted.before)
    for column in ("service_id", "staff_id", "location_id"):
        value = getattr(wanted, column)
        if value is not None:
            which.append(getattr(ClassSession, column) == value)
    return shown(session, business_id, now, *which, limit=limit)


def shown(
    session: Session,
    business_id: int,
    now: datetime,
    *which: ColumnElement[bool],
    limit: int | None = None,
) -> list[ClassOut]:
    """Meetings that take place: one whose seats were only held, and that no longer, does not."""
    rows = session.execute(_named(now).where(ClassSession.business_id == business_id, *which).limit(limit))
    return [
        ClassOut(
            id=meeting.id,
            service_id=meeting.service_id,
            service_name=service,
            staff_id=meeting.staff_id,
            staff_name=person,
            location_id=meeting.location_id,
            location_name=place,
            zone=zone,
            start=meeting.start_at,
            end=meeting.end_at,
            scheduled=meeting.scheduled,
            seats=seats,
            taken=taken,
        )
        for meeting, service, person, place, zone, seats, taken in rows
    ]


def _named(now: datetime) -> Select[ClassSession, str, str, str, str, int, int]:
    live = or_(Reservation.hold_until.is_(None), Reservation.hold_until > now)
    taken = (
        select(func.count())
        .where(Reservation.resource_id == ClassSession.seats_id, live)
        .correlate(ClassSession)
        .scalar_subquery()
    )
    kept = (
        select(func.count())
        .where(Reservation.class_id == ClassSession.id, live)
        .correlate(ClassSession)
        .scalar_subquery()
    )
    return (
        select(
            ClassSession,
            Service.name,
            StaffMember.name,
            Location.name,
            Location.zone,
            Resource.capacity,
            taken,
        )
        .join(Service, Service.id == ClassSession.service_id)
        .join(StaffMember, StaffMember.id == ClassSession.staff_id)
        .join(Location, Location.id == ClassSession.location_id)
        .join(Resource, Resource.id == ClassSession.seats_id)
        .where(ClassSession.keeps == kept)
        .order_by(ClassSession.id)
    )
