"""Which visits somebody may be spoken to about afterwards."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.had import last_had
from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.status import COMING, TOOK_PLACE
from scheduler_core.errors import NotFound, WrongState


def visit_spoken_of(
    session: Session, business_id: int, customer_id: int, appointment_id: int, now: datetime
) -> Appointment:
    """Raises ``NotFound`` for another's visit, and ``WrongState`` for one that has not taken place."""
    found = session.scalar(_theirs(business_id, customer_id, Appointment.id == appointment_id))
    if found is None:
        raise NotFound("unknown appointment of this customer")
    if found.status not in TOOK_PLACE or found.start_at > now:
        raise WrongState("only of a visit that has taken place", status=found.status)
    return found


def last_visit(session: Session, business_id: int, customer_id: int, now: datetime, days: int) -> Appointment:
    """The last that began within so many days; raises ``NotFound``."""
    found = last_had(session, business_id, customer_id, now, days)
    if found is None:
        raise NotFound("no visit lately")
    return found


def of_that_day(session: Session, visit: Appointment) -> Sequence[Appointment]:
    """The person's visits on the day of this one, by their end: those that took place or are to."""
    midnight = visit.start_at.astimezone(ZoneInfo(visit.zone)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    within = (Appointment.start_at >= midnight) & (Appointment.start_at < midnight + timedelta(days=1))
    return session.scalars(
        _theirs(visit.business_id, visit.customer_id, within & Appointment.status.in_(TOOK_PLACE)).order_by(
            Appointment.end_at, Appointment.id
        )
    ).all()


def has_another_to_come(session: Session, visit: Appointment, now: datetime) -> bool:
    coming = (Appointment.start_at > now) & Appointment.status.in_(COMING)
    return session.scalar(_theirs(visit.business_id, visit.customer_id, coming).limit(1)) is not None


def had_the_same_since(session: Session, visit: Appointment) -> bool:
    later = (
        (Appointment.service_id == visit.service_id)
        & (Appointment.start_at > visit.start_at)
        & Appointment.status.in_(TOOK_PLACE)
    )
    return session.scalar(_theirs(visit.business_id, visit.customer_id, later).limit(1)) is not None


def _theirs(business_id: int, customer_id: int, which: ColumnElement[bool]) -> Select[Appointment]:
    return select(Appointment).where(
        Appointment.business_id == business_id, Appointment.customer_id == customer_id, which
    )
