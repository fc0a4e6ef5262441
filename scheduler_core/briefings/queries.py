"""What the briefings ask the database; every question starts from the business."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from scheduler_core.appointments.models import Appointment, AppointmentChange, AppointmentItem
from scheduler_core.appointments.status import CANCELLED, FULFILLED, NOSHOW, REQUESTED, STANDING
from scheduler_core.businesses.models import Location, Service, StaffMember
from scheduler_core.customers.models import Customer

_EARLIER = aliased(Appointment)
_HAS_BEEN_HERE = exists().where(
    _EARLIER.business_id == Appointment.business_id,
    _EARLIER.customer_id == Appointment.customer_id,
    or_(
        _EARLIER.status == FULFILLED,
        and_(_EARLIER.status.in_(STANDING), _EARLIER.start_at < Appointment.start_at),
    ),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One service of a visit, for whoever does it. ``is_first``: the customer has not been here before."""

    appointment_id: int
    customer_id: int
    customer: str | None
    attendee: str | None
    status: str
    start: datetime
    end: datetime
    zone: str
    location: str
    service: str
    materials: Sequence[str]
    note: str | None
    is_first: bool


@dataclass(frozen=True, slots=True)
class Unmarked:
    """A visit whose time is over, and of which nobody has said how it went."""

    appointment_id: int
    customer_id: int
    customer: str | None
    start: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Takings:
    """Of the visits that took place: how many, and what they cost together, in one currency's smallest unit."""

    currency: str
    visits: int
    price_minor: int


def workers(session: Session, business_id: int, since: datetime, before: datetime) -> list[tuple[int, str]]:
    """Who has visits that start in [since, before): id and name."""
    rows = session.execute(
        select(StaffMember.id, StaffMember.name)
        .join(AppointmentItem, AppointmentItem.staff_id == StaffMember.id)
        .join(Appointment, Appointment.id == AppointmentItem.appointment_id)
        .where(
            AppointmentItem.business_id == business_id,
            AppointmentItem.start_at >= since,
            AppointmentItem.start_at < before,
            Appointment.status.in_(STANDING),
            StaffMember.archived_at.is_(None),
        )
        .distinct()
        .order_by(StaffMember.id)
    )
    return [(staff_id, name) for staff_id, name in rows]


def pieces(
    session: Session, business_id: int, staff_id: int, since: datetime, before: datetime
) -> list[Piece]:
    """What one person does in [since, before), in order."""
    rows = session.execute(
        select(
            Appointment.id,
            Appointment.customer_id,
            Customer.name,
            Appointment.attendee,
            Appointment.status,
            AppointmentItem.start_at,
            AppointmentItem.end_at,
            Appointment.zone,
            Location.name,
            Service.name,
            Service.materials,
            Appointment.note,
            ~_HAS_BEEN_HERE,
        )
        .join(Appointment, Appointment.id == AppointmentItem.appointment_id)
        .join(Customer, Customer.id == Appointment.customer_id)
        .join(Location, Location.id == Appointment.location_id)
        .join(Service, Service.id == AppointmentItem.service_id)
        .where(
            AppointmentItem.business_id == business_id,
            AppointmentItem.staff_id == staff_id,
            AppointmentItem.start_at >= since,
            AppointmentItem.start_at < before,
            Appointment.status.in_(STANDING),
        )
        .order_by(AppointmentItem.start_at, Appointment.id)
    )
    return [Piece(*tuple(row)) for row in rows]


def starting(
    session: Session, business_id: int, statuses: Collection[str], since: datetime, before: datetime
) -> int:
    """How many visits that start in [since, before) stand like this."""
    return _count(
        session,
        Appointment.business_id == business_id,
        Appointment.status.in_(statuses),
        Appointment.start_at >= since,
        Appointment.start_at < before,
    )


def first_start(session: Session, business_id: int, since: datetime, before: datetime) -> datetime | None:
    return session.scalar(
        select(func.min(Appointment.start_at)).where(
            Appointment.business_id == business_id,
            Appointment.status.in_(STANDING),
            Appointment.start_at >= since,
            Appointment.start_at < before,
        )
    )


def takings(session: Session, business_id: int, since: datetime, before: datetime) -> list[Takings]:
    rows = session.execute(
        select(Appointment.currency, func.count(), func.sum(Appointment.price_minor))
        .where(
            Appointment.business_id == business_id,
            Appointment.status == FULFILLED,
            Appointment.start_at >= since,
            Appointment.start_at < before,
        )
        .group_by(Appointment.currency)
        .order_by(Appointment.currency)
    )
    return [Takings(currency, visits, int(price)) for currency, visits, price in rows]


def made(session: Session, business_id: int, since: datetime, before: datetime) -> int:
    """How many visits were booked or asked for in [since, before), and still stand."""
    return _count(
        session,
        Appointment.business_id == business_id,
        Appointment.created_at >= since,
        Appointment.created_at < before,
        Appointment.status.in_((*STANDING, FULFILLED, NOSHOW)),
    )


def cancelled(session: Session, business_id: int, since: datetime, before: datetime) -> int:
    """How many visits were cancelled in [since, before) and stayed so."""
    was_then = exists().where(
        AppointmentChange.appointment_id == Appointment.id,
        AppointmentChange.version == Appointment.version,
        AppointmentChange.at >= since,
        AppointmentChange.at < before,
    )
    return _count(session, Appointment.business_id == business_id, Appointment.status == CANCELLED, was_then)


def unmarked(session: Session, business_id: int, since: datetime, now: datetime) -> list[Unmarked]:
    """Of the visits that started since then."""
    rows = session.execute(
        select(Appointment.id, Appointment.customer_id, Customer.name, Appointment.start_at, Appointment.zone)
        .join(Customer, Customer.id == Appointment.customer_id)
        .where(
            Appointment.business_id == business_id,
            Appointment.status.in_(set(STANDING) - {REQUESTED}),
            Appointment.start_at >= since,
            Appointment.end_at <= now,
        )
        .order_by(Appointment.start_at, Appointment.id)
    )
    return [Unmarked(*row) for row in rows]


def to_decide(session: Session, business_id: int, now: datetime) -> int:
    """How many requests wait for a yes or no."""
    return _count(
        session,
        Appointment.business_id == business_id,
        Appointment.status == REQUESTED,
        Appointment.start_at > now,
    )


def _count(session: Session, *only: Any) -> int:
    return session.scalar(select(func.count()).select_from(Appointment).where(*only)) or 0
