"""Somebody says that they will be late: staff are told which visit it is about, and nothing about it changes."""

from datetime import datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.notices import customer_name, locale_of, tell_noticed, when, who_does
from scheduler_core.appointments.queries import to_change, view
from scheduler_core.appointments.schemas import LateIn, LateOut
from scheduler_core.appointments.status import COMING
from scheduler_core.customers.queries import customer
from scheduler_core.permissions.caller import Caller


def running_late(
    session: Session, caller: Caller, now: datetime, business_id: int, asked: LateIn, key: str
) -> dict[str, Any]:
    """The visit that was named, or the one of today that is due, as JSON, or none; ``key`` names the request, which
    is told once."""
    customer(session, business_id, asked.customer_id)
    facts: dict[str, Any] = {
        "customer": customer_name(session, asked.customer_id),
        "by": f" ({asked.minutes} min)" if asked.minutes else "",
        "words": asked.words,
    }
    kind, shown, locale = "staff_late_without_visit", None, locale_of(session, business_id)
    own: list[int] = []
    visit = _coming(session, business_id, asked, now)
    if visit:
        kind = "staff_running_late"
        shown = view(session, business_id, visit.id, now, caller.settings.public_url)
        own = who_does(shown)
        facts |= {"service": shown.service_name, "staff": shown.staff_name, "appointment_id": visit.id}
        facts |= {"location": shown.location_name, "when": when(shown.start, shown.zone, locale)}
    reason = sha256(f"{business_id}:{key}".encode()).hexdigest()
    tell_noticed(session, business_id, locale, kind, f"{kind}:{reason}", facts, now, own=own)
    return LateOut(appointment=shown).model_dump(mode="json")


def _coming(session: Session, business_id: int, asked: LateIn, now: datetime) -> Appointment | None:
    """The one named, else today's first that has not ended, though its time may have come."""
    of_theirs = select(Appointment).where(
        Appointment.business_id == business_id,
        Appointment.customer_id == asked.customer_id,
        Appointment.end_at > now,
        Appointment.status.in_(COMING),
    )
    if asked.appointment_id is not None:
        to_change(session, business_id, asked.appointment_id)
        return session.scalar(of_theirs.where(Appointment.id == asked.appointment_id))
    coming = session.scalars(of_theirs.order_by(Appointment.start_at).limit(1)).first()
    if coming is None:
        return None
    zone = ZoneInfo(coming.zone)
    today = coming.start_at.astimezone(zone).date() <= now.astimezone(zone).date()
    return coming if today else None
