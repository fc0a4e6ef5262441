"""Book a visit: policy, guard, save, history, notices, in one transaction: all of it or nothing."""

import secrets
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from scheduler_core.appointments.history import took_step
from scheduler_core.appointments.models import Appointment, AppointmentItem
from scheduler_core.appointments.notices import notify
from scheduler_core.appointments.queries import view
from scheduler_core.appointments.schemas import AppointmentOut, BookIn
from scheduler_core.appointments.status import BOOKED, REQUESTED
from scheduler_core.attachments.take_along import take_along
from scheduler_core.availability.claim import claim
from scheduler_core.availability.planned import PlannedVisit
from scheduler_core.availability.reserve import own_hold, release, reserve, resources_of
from scheduler_core.businesses.models import Business
from scheduler_core.customers.queries import must_be_known
from scheduler_core.errors import Forbidden
from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.roles import Permission


def book(
    session: Session,
    caller: Caller,
    now: datetime,
    business_id: int,
    asked: BookIn,
    *,
    tells: str = "staff_booked",
) -> dict[str, Any]:
    """The new visit as JSON; raises ``SlotTaken``, ``RefusedByPolicy``, ``NotFound`` or ``Forbidden``.

    ``tells``: what staff are told of a booking; of a request they are always asked.
    """
    must_override(caller, asked.override)
    must_be_known(session, business_id, asked.customer_id)
    hold_id = own_hold(session, business_id, asked.hold_id, asked.customer_id)
    question = asked.to_book(business_id, hold_id)
    plan = claim(session, question, asked.start, now, also_lock=resources_of(session, hold_id=hold_id))
    if hold_id is not None:
        release(session, business_id, hold_id, joining=plan.class_id)
    visit = save(session, caller, now, plan, asked)
    return told(session, caller, now, visit, tells).model_dump(mode="json")


def save(session: Session, caller: Caller, now: datetime, plan: PlannedVisit, asked: BookIn) -> Appointment:
    """Write a claimed plan down as a visit of the customer who asked, and keep the step."""
    visit = write_down(session, now, plan, asked)
    took_first_step(session, caller, now, visit)
    return visit


def write_down(
    session: Session, now: datetime, plan: PlannedVisit, asked: BookIn, series_id: int | None = None
) -> Appointment:
    """The visit with its items and its time, but without a trace in the history; raises ``SlotTaken``."""
    waits = plan.policy.approval_needed and not asked.override
    visit = _new(session, now, plan, asked)
    visit.series_id = series_id
    visit.status = REQUESTED if waits else BOOKED
    session.add(visit)
    session.flush()
    session.add_all(items(visit, plan))
    if not waits or plan.policy.pending_blocks:
        visit.class_id = reserve(session, plan, now, appointment_id=visit.id)
    return visit


def took_first_step(session: Session, caller: Caller, now: datetime, visit: Appointment) -> None:
    take_along(session, visit.business_id, visit.customer_id, visit.id, now)
    took_step(session, caller, now, visit, visit.status, {}, start=visit.start_at.isoformat())


def told(
    session: Session, caller: Caller, now: datetime, visit: Appointment, tells: str = "staff_booked"
) -> AppointmentOut:
    """Tell the staff of a new visit; the visit as people see it."""
    shown = view(session, visit.business_id, visit.id, now, caller.settings.public_url)
    kind = "staff_requested" if visit.status == REQUESTED else tells
    notify(session, kind, visit.business_id, visit.customer_id, shown, now)
    return shown


def must_override(caller: Caller, override: bool) -> None:
    """Setting policies aside takes a permission of its own."""
    if override and not caller.can(Permission.OVERRIDE_POLICY):
        raise Forbidden(permission=Permission.OVERRIDE_POLICY)


def wall_start(start: datetime, zone: str) -> str:
    """The promise as the wall clock shows it, to the minute."""
    return start.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")


def items(visit: Appointment, plan: PlannedVisit) -> list[AppointmentItem]:
    return [
        AppointmentItem(
            appointment_id=visit.id,
            position=position,
            business_id=visit.business_id,
            service_id=item.service_id,
            staff_id=item.staff_id,
            start_at=item.start,
            end_at=item.end,
            price_minor=item.price_minor,
        )
        for position, item in enumerate(plan.items)
    ]


def _new(session: Session, now: datetime, plan: PlannedVisit, asked: BookIn) -> Appointment:
    return Appointment(
        business_id=plan.business_id,
        customer_id=asked.customer_id,
        service_id=plan.service_id,
        staff_id=plan.staff_id,
        location_id=plan.location_id,
        version=1,
        start_at=plan.start,
        end_at=plan.end,
        zone=plan.zone,
        wall_start=wall_start(plan.start, plan.zone),
        price_minor=plan.price_minor,
        currency=session.get_one(Business, plan.business_id).currency,
        policy=plan.policy.model_dump(),
        calendar_token=secrets.token_urlsafe(24),
        note=asked.note,
        attendee=asked.attendee,
        reschedules=0,
        created_at=now,
        updated_at=now,
    )
