"""Cancel several visits in one transaction, each as any visit is; who calls tells the staff."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from scheduler_core.appointments import status
from scheduler_core.appointments.cancel import give_up
from scheduler_core.appointments.models import Appointment
from scheduler_core.availability.ledger import lock
from scheduler_core.availability.models import Reservation
from scheduler_core.permissions.caller import Caller


def to_come(
    session: Session, business_id: int, now: datetime, *which: ColumnElement[bool]
) -> Sequence[Appointment]:
    """The visits that may still be cancelled, soonest first, locked in the order of their ids."""
    found = session.scalars(
        select(Appointment)
        .where(
            Appointment.business_id == business_id,
            Appointment.start_at > now,
            Appointment.status.in_(status.COMING),
            *which,
        )
        .order_by(Appointment.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return sorted(found, key=lambda visit: visit.start_at)


def give_up_all(
    session: Session,
    caller: Caller,
    now: datetime,
    visits: Sequence[Appointment],
    reason: str | None,
    step: str = "cancelled",
) -> None:
    """All that they and their classes reserve is locked first, so that this crosses nobody else's order."""
    ids = [visit.id for visit in visits]
    meetings = [visit.class_id for visit in visits if visit.class_id is not None]
    taken = or_(Reservation.appointment_id.in_(ids), Reservation.class_id.in_(meetings))
    lock(session, session.scalars(select(Reservation.resource_id).where(taken).distinct()).all())
    for visit in visits:
        ended = status.after("cancel", visit.status)
        give_up(session, caller, now, visit, ended, step, reason)
