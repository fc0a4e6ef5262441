"""Say yes or no to a request: yes takes its time for good, unless it has it already; no frees it."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.appointments import status
from scheduler_core.appointments.cancel import end
from scheduler_core.appointments.customer_notices import tell_unless_own_doing
from scheduler_core.appointments.history import items_of, snapshot, took_step
from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.move import question_for, take_new_time
from scheduler_core.appointments.notices import notify
from scheduler_core.appointments.queries import to_change, view
from scheduler_core.appointments.schemas import CancelIn, DecideIn
from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.reserve import resources_of
from scheduler_core.errors import AlreadyStarted, NotFound, SlotTaken, VersionMovedOn
from scheduler_core.permissions.caller import Caller


def confirm(
    session: Session, caller: Caller, now: datetime, business_id: int, appointment_id: int, asked: DecideIn
) -> dict[str, Any]:
    """The booked visit as JSON; raises ``SlotTaken`` when others have its time, ``AlreadyStarted`` when it is over."""
    visit = visit_of(session, caller, business_id, appointment_id, asked.expected_version)
    ended = status.after("confirm", visit.status)
    if visit.start_at <= now:
        raise AlreadyStarted()
    before = snapshot(session, visit)
    if not resources_of(session, appointment_id=visit.id):
        _take_its_time(session, visit, now)
    visit.status, visit.version = ended, visit.version + 1
    took_step(session, caller, now, visit, "confirmed", before)
    shown = view(session, business_id, visit.id, now, caller.settings.public_url)
    notify(session, "staff_confirmed", business_id, visit.customer_id, shown, now)
    tell_unless_own_doing(session, caller, "visit_confirmed", shown, now)
    return shown.model_dump(mode="json")


def decline(
    session: Session, caller: Caller, now: datetime, business_id: int, appointment_id: int, asked: CancelIn
) -> dict[str, Any]:
    """The cancelled request as JSON."""
    visit = visit_of(session, caller, business_id, appointment_id, asked.expected_version)
    ended = status.after("decline", visit.status)
    shown = end(session, caller, now, visit, ended, "declined", asked.reason)
    tell_unless_own_doing(session, caller, "visit_declined", shown, now)
    return shown.model_dump(mode="json")


def visit_of(
    session: Session, caller: Caller, business_id: int, appointment_id: int, version: int | None
) -> Appointment:
    """The caller's own visit, to be changed; raises ``NotFound``, or ``VersionMovedOn`` unless it is at ``version``.

    ``version``: ``None`` for whichever it is at.
    """
    visit = to_change(session, business_id, appointment_id)
    caller.must_be_own_customer(visit.customer_id)
    caller.must_be_own_staff(visit.staff_id)
    if version not in (None, visit.version):
        raise VersionMovedOn(version=visit.version)
    return visit


def wish(session: Session, business_id: int, appointment_id: int) -> tuple[Enquiry, datetime]:
    """What the visit asks for, and when; raises ``NotFound``."""
    visit = visit_now(session, business_id, appointment_id)
    return own_question(session, visit), visit.start_at


def visit_now(session: Session, business_id: int, appointment_id: int) -> Appointment:
    """The visit, only to be read; raises ``NotFound``."""
    visit = session.scalar(
        select(Appointment).where(Appointment.business_id == business_id, Appointment.id == appointment_id)
    )
    if visit is None:
        raise NotFound("unknown appointment")
    return visit


def own_question(session: Session, visit: Appointment, *, override: bool = False) -> Enquiry:
    """The visit's services at its place, the first of them by its person."""
    return question_for(session, visit, visit.staff_id, visit.location_id, override=override)


def _take_its_time(session: Session, visit: Appointment, now: datetime) -> None:
    """What was asked for, with whom it was asked for; notice and limits were looked at when it was."""
    people = [item.staff_id for item in items_of(session, visit.id)]
    take_new_time(session, visit, own_question(session, visit, override=True), visit.start_at, now)
    if [item.staff_id for item in items_of(session, visit.id)] != people:
        raise SlotTaken()
