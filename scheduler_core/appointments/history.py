"""A visit's steps, each a row with who, when and what was before: the record, and the means to take one back."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.appointments.attend import late
from scheduler_core.appointments.changes import announce
from scheduler_core.appointments.models import Appointment, AppointmentChange, AppointmentItem
from scheduler_core.availability.models import Reservation
from scheduler_core.availability.planned import Take
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller

UNDO_FOR = timedelta(minutes=5)
#: Steps that can be taken back while nothing has followed them.
UNDOABLE = (
    "booked",
    "requested",
    "rescheduled",
    "cancelled",
    "confirmed",
    "declined",
    "arrived",
    "started",
    "noshow",
)
#: After any other step what was flagged of the visit is over: it has begun, moved or ended.
_CHANGES_NOTHING_FLAGGED = ("booked", "requested", "confirmed", "arrived", "extended")


def snapshot(session: Session, visit: Appointment) -> dict[str, Any]:
    """What a step is about to change, as JSON values."""
    return {
        "status": visit.status,
        "zone": visit.zone,
        "start": visit.start_at.isoformat(),
        "end": visit.end_at.isoformat(),
        "location_id": visit.location_id,
        "class_id": visit.class_id,
        "price_minor": visit.price_minor,
        "reschedules": visit.reschedules,
        "cancel_reason": visit.cancel_reason,
        "arrived_at": visit.arrived_at.isoformat() if visit.arrived_at else None,
        "started_at": visit.started_at.isoformat() if visit.started_at else None,
        "items": [
            {
                "service_id": item.service_id,
                "staff_id": item.staff_id,
                "price_minor": item.price_minor,
                "start": item.start_at.isoformat(),
                "end": item.end_at.isoformat(),
            }
            for item in items_of(session, visit.id)
        ],
        "takes": [
            [take.resource_id, take.unit, take.start.isoformat(), take.end.isoformat()]
            for take in taken_by(session, visit.id)
        ],
    }


def taken_by(session: Session, appointment_id: int) -> list[Take]:
    """What a visit reserves now, in order."""
    rows = session.execute(
        select(Reservation.resource_id, Reservation.unit, Reservation.start_at, Reservation.end_at)
        .where(Reservation.appointment_id == appointment_id)
        .order_by(Reservation.resource_id, Reservation.start_at)
    )
    return [Take(*row) for row in rows]


def items_of(session: Session, appointment_id: int) -> Sequence[AppointmentItem]:
    return session.scalars(
        select(AppointmentItem)
        .where(AppointmentItem.appointment_id == appointment_id)
        .order_by(AppointmentItem.position)
    ).all()


def took_step(
    session: Session,
    caller: Caller,
    now: datetime,
    visit: Appointment,
    step: str,
    before: dict[str, Any],
    **facts: Any,
) -> None:
    """Keep the step that brought the visit to its present version, audit and announce it; ``facts`` name nobody."""
    visit.updated_at = now
    session.add(
        AppointmentChange(
            business_id=visit.business_id,
            appointment_id=visit.id,
            version=visit.version,
            step=step,
            at=now,
            actor=caller.actor,
            before=before,
        )
    )
    session.flush()
    if step not in _CHANGES_NOTHING_FLAGGED:
        late.unflag(session, visit, now)
    record(
        session,
        caller,
        now,
        business_id=visit.business_id,
        action=step,
        subject=("appointment", visit.id),
        customer_id=visit.customer_id,
        **facts,
    )
    announce(session, visit, step, now)


def last_step(session: Session, visit: Appointment) -> AppointmentChange | None:
    """The step that led to the present version."""
    return session.scalar(
        select(AppointmentChange).where(
            AppointmentChange.appointment_id == visit.id, AppointmentChange.version == visit.version
        )
    )
