"""What staff should know of a visit, in the customer's words; it changes nothing of what was agreed."""

from datetime import datetime

from sqlalchemy.orm import Session

from scheduler_core.appointments.queries import to_change, view
from scheduler_core.appointments.schemas import AppointmentOut, NoteIn
from scheduler_core.appointments.status import STANDING
from scheduler_core.errors import WrongState
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller


def set_note(
    session: Session, caller: Caller, now: datetime, business_id: int, appointment_id: int, asked: NoteIn
) -> AppointmentOut:
    """The visit with its whole note replaced, at the version it had; raises ``WrongState`` when it is over."""
    visit = to_change(session, business_id, appointment_id)
    caller.must_be_own_customer(visit.customer_id)
    caller.must_be_own_staff(visit.staff_id)
    if visit.status not in STANDING:
        raise WrongState("the visit is over", status=visit.status, step="note")
    if visit.note != asked.note:
        visit.note, visit.updated_at = asked.note, now
        record(
            session,
            caller,
            now,
            business_id=business_id,
            action="noted",
            subject=("appointment", visit.id),
            customer_id=visit.customer_id,
        )
        session.flush()
    return view(session, business_id, appointment_id, now, caller.settings.public_url)
