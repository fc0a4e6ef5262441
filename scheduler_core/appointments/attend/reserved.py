"""The reserved time of a visit that ends earlier or later than planned: what is over is free, what is free is taken."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from scheduler_core.appointments.attend.parts import Done, Part, Reserved, parts_of
from scheduler_core.appointments.models import Appointment, AppointmentItem
from scheduler_core.availability.ledger import clear_expired, lock
from scheduler_core.availability.models import Reservation
from scheduler_core.availability.planned import Take
from scheduler_core.availability.reserve import resources_of
from scheduler_core.businesses.models import Service, StaffMember
from scheduler_core.db.guards import LONGEST_RESERVATION


def end_at(session: Session, visit: Appointment, end: datetime, now: datetime) -> None:
    """Let a visit's reservations end at ``end`` with their buffers, as far as nobody else has that time.

    A class keeps its time: one who leaves early leaves the others there.
    """
    if visit.class_id is not None:
        return
    lock(session, resources_of(session, appointment_id=visit.id))
    for part in _parts(session, visit):
        row = part.reserved
        if row.start >= end:
            session.execute(delete(Reservation).where(Reservation.id == row.id))
            continue
        wanted = _wanted(part, end)
        if wanted > row.end:
            wanted = _as_far_as_free(session, row, wanted, now)
        if wanted != row.end:
            session.execute(update(Reservation).where(Reservation.id == row.id).values(end_at=wanted))


def _wanted(part: Part, end: datetime) -> datetime:
    if part.closing or (part.last and part.ends > end):
        return end + part.after
    return part.reserved.end if part.last else min(part.reserved.end, end)


def _as_far_as_free(session: Session, row: Reserved, wanted: datetime, now: datetime) -> datetime:
    wanted = min(wanted, row.start + LONGEST_RESERVATION)
    clear_expired(session, [Take(row.resource_id, row.unit, row.end, wanted)], now)
    taken = session.scalar(
        select(func.min(Reservation.start_at)).where(
            Reservation.resource_id == row.resource_id,
            Reservation.unit == row.unit,
            Reservation.start_at >= row.end,
            Reservation.start_at < wanted,
            or_(Reservation.hold_until.is_(None), Reservation.hold_until > now),
        )
    )
    return wanted if taken is None else taken


def _parts(session: Session, visit: Appointment) -> list[Part]:
    reserved = session.execute(
        select(
            Reservation.id,
            Reservation.resource_id,
            Reservation.unit,
            Reservation.start_at,
            Reservation.end_at,
        ).where(Reservation.appointment_id == visit.id)
    )
    done = session.execute(
        select(
            AppointmentItem.start_at,
            AppointmentItem.end_at,
            StaffMember.resource_id,
            Service.buffer_after_minutes,
        )
        .join(StaffMember, StaffMember.id == AppointmentItem.staff_id)
        .join(Service, Service.id == AppointmentItem.service_id)
        .where(AppointmentItem.appointment_id == visit.id)
    )
    return parts_of(
        [Reserved(*row) for row in reserved],
        [Done(start, end, by, timedelta(minutes=after)) for start, end, by, after in done],
    )
