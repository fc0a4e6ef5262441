"""Cancel a visit that has not started: its time is free at once, the record stays."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from scheduler_core.appointments import status
from scheduler_core.appointments.notices import notify
from scheduler_core.appointments.queries import to_change, view
from scheduler_core.appointments.schemas import CancelIn
from scheduler_core.availability.reserve import release_appointment
from scheduler_core.errors import AlreadyStarted, VersionMovedOn
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller


def cancel(
    session: Session, caller: Caller, now: datetime, business_id: int, appointment_id: int, asked: CancelIn
) -> dict[str, Any]:
    """The cancelled visit as JSON; raises when it is cancelled already, has started or has changed."""
    visit = to_change(session, business_id, appointment_id)
    ended = status.after("cancel", visit.status)
    if visit.start_at <= now:
        raise AlreadyStarted()
    if visit.version != asked.expected_version:
        raise VersionMovedOn(version=visit.version)
    visit.status, visit.version, visit.updated_at = ended, visit.version + 1, now
    visit.cancel_reason = asked.reason
    release_appointment(session, visit.id)
    session.flush()
    record(
        session,
        caller,
        now,
        business_id=business_id,
        action="cancelled",
        subject=("appointment", visit.id),
        customer_id=visit.customer_id,
    )
    shown = view(session, business_id, visit.id, caller.settings.public_url)
    notify(session, "staff_cancelled", business_id, visit.customer_id, shown, now)
    return shown.model_dump(mode="json")
