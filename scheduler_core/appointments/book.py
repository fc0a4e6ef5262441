"""Book a visit: policy, guard, save, audit, notices, in one transaction: all of it or nothing."""

import secrets
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.notices import notify
from scheduler_core.appointments.queries import view
from scheduler_core.appointments.schemas import BookIn
from scheduler_core.appointments.status import BOOKED
from scheduler_core.availability.decide import decide
from scheduler_core.availability.queries import Question
from scheduler_core.availability.reserve import lock, release, reserve, stretch_of
from scheduler_core.businesses.models import Business, Location, Service
from scheduler_core.businesses.queries import must_own
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller

_POLICIES = ("min_notice_minutes", "horizon_days", "free_cancel_hours", "late_fee_percent")


def question_of(business_id: int, asked: BookIn) -> Question:
    return Question(
        business_id, asked.service_id, asked.staff_id, asked.location_id, own_hold_id=asked.hold_id
    )


def book(session: Session, caller: Caller, now: datetime, business_id: int, asked: BookIn) -> dict[str, Any]:
    """The new visit as JSON; raises ``SlotTaken``, ``RefusedByPolicy`` or ``NotFound``."""
    must_own(session, business_id, customer=asked.customer_id)
    rules = decide(session, question_of(business_id, asked), asked.start, now)
    stretch = stretch_of(session, business_id, asked.staff_id, rules.visit, asked.start)
    lock(session, [stretch.resource_id])
    if asked.hold_id is not None:
        release(session, business_id, asked.hold_id)
    visit = _new(session, now, business_id, asked)
    reserve(session, business_id, stretch, now, appointment_id=visit.id)
    record(
        session,
        caller,
        now,
        business_id=business_id,
        action="booked",
        subject=("appointment", visit.id),
        customer_id=asked.customer_id,
        start=visit.start_at.isoformat(),
        staff_id=visit.staff_id,
    )
    shown = view(session, business_id, visit.id, caller.settings.public_url)
    notify(session, "staff_booked", business_id, asked.customer_id, shown, now)
    return shown.model_dump(mode="json")


def wall_start(start: datetime, zone: str) -> str:
    """The promise as the wall clock shows it, to the minute."""
    return start.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")


def policy_of(business: Business) -> dict[str, int]:
    """The policies in force, as they are kept with a visit."""
    return {name: getattr(business, name) for name in _POLICIES}


def _new(session: Session, now: datetime, business_id: int, asked: BookIn) -> Appointment:
    business = session.get_one(Business, business_id)
    service = session.get_one(Service, asked.service_id)
    zone = session.get_one(Location, asked.location_id).zone
    visit = Appointment(
        business_id=business_id,
        customer_id=asked.customer_id,
        service_id=asked.service_id,
        staff_id=asked.staff_id,
        location_id=asked.location_id,
        status=BOOKED,
        version=1,
        start_at=asked.start,
        end_at=asked.start + timedelta(minutes=service.duration_minutes),
        zone=zone,
        wall_start=wall_start(asked.start, zone),
        price_minor=service.price_minor,
        currency=business.currency,
        policy=policy_of(business),
        calendar_token=secrets.token_urlsafe(24),
        note=asked.note,
        created_at=now,
        updated_at=now,
    )
    session.add(visit)
    session.flush()
    return visit
