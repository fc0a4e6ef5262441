"""A word that ends all messages to somebody may have meant their visit: it stays booked, and staff are told to ask."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.appointments.attend.notices import tell_may_drop
from scheduler_core.appointments.flags import table as flags_table
from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.schemas import MayDropIn, MayDropOut
from scheduler_core.appointments.status import COMING
from scheduler_core.customers.queries import customer

MAY_DROP = "may_drop"


def may_drop(session: Session, now: datetime, business_id: int, asked: MayDropIn, key: str) -> dict[str, Any]:
    """Flag the customer's visits to come, as JSON their ids; ``key`` names the request, which is told once."""
    customer(session, business_id, asked.customer_id)
    visits = _to_come(session, business_id, asked.customer_id, now)
    known = flags_table.known(session, business_id, (MAY_DROP,))
    before = {flag: known[flag] for flag in known if flag[0] in visits}
    said = {"words": asked.words, "said_at": now.isoformat()}
    flags_table.put(session, business_id, now, before, {(visit, MAY_DROP): said for visit in visits})
    if visits:
        named = sha256(f"{business_id}:{key}".encode()).hexdigest()[:32]
        tell_may_drop(session, business_id, visits, named, now)
    return MayDropOut(appointment_ids=visits).model_dump(mode="json")


def _to_come(session: Session, business_id: int, customer_id: int, now: datetime) -> list[int]:
    """The soonest first."""
    coming = (
        select(Appointment.id)
        .where(
            Appointment.business_id == business_id,
            Appointment.customer_id == customer_id,
            Appointment.start_at > now,
            Appointment.status.in_(COMING),
        )
        .order_by(Appointment.start_at, Appointment.id)
    )
    return list(session.scalars(coming))
