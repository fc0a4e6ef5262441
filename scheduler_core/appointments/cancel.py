"""Cancel a visit that has not started: its time is free at once, the record stays."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from scheduler_core.appointments import status
from scheduler_core.appointments.attend.late import real_start
from scheduler_core.appointments.customer_notices import tell_unless_own_doing
from scheduler_core.appointments.history import snapshot, took_step
from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.notices import notify
from scheduler_core.appointments.queries import to_change, view
from scheduler_core.appointments.schemas import AppointmentOut, CancelIn
from scheduler_core.availability.reserve import release_appointment
from scheduler_core.errors import AlreadyStarted, VersionMovedOn
from scheduler_core.permissions.caller import Caller


def cancel(
    session: Session, caller: Caller, now: datetime, business_id: int, appointment_id: int, asked: CancelIn
) -> dict[str, Any]:
    """The cancelled visit as JSON; raises when it is cancelled already, has started or has changed."""
    visit = to_change(session, business_id, appointment_id)
    caller.must_be_own_customer(visit.customer_id)
    caller.must_be_own_staff(visit.staff_id)
    ended = status.after("cancel", visit.status)
    if real_start(session, visit) <= now:
        raise AlreadyStarted()
    if visit.version != asked.expected_version:
        raise VersionMovedOn(version=visit.version)
    shown = end(session, caller, now, visit, ended, "cancelled", asked.reason)
    tell_unless_own_doing(session, caller, "visit_cancelled", shown, now)
    return shown.model_dump(mode="json")


def end(
    session: Session,
    caller: Caller,
    now: datetime,
    visit: Appointment,
    ended: str,
    step: str,
    reason: str | None,
) -> AppointmentOut:
    """Free a visit's time, keep the step and tell the staff."""
    give_up(session, caller, now, visit, ended, step, reason)
    shown = view(session, visit.business_id, visit.id, now, caller.settings.public_url)
    notify(session, "staff_cancelled", visit.business_id, visit.customer_id, shown, now)
    return shown


def give_up(
    session: Session,
    caller: Caller,
    now: datetime,
    visit: Appointment,
    ended: str,
    step: str,
    reason: str | None,
) -> None:
    """Free a visit's time and keep the step; whoever asks for several tells the staff once."""
    before = snapshot(session, visit)
    release_appointment(session, visit.id)
    visit.status, visit.version, visit.cancel_reason = ended, visit.version + 1, reason
    visit.class_id = None
    took_step(session, caller, now, visit, step, before)
