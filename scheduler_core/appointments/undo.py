"""Take the last step back, for five minutes: the visit is again what it was before it, if its time is still free.

It is a promise made before, so no policy stands in its way; only who has taken the time since does.
"""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from scheduler_core.appointments.attend import late
from scheduler_core.appointments.cancel import end
from scheduler_core.appointments.confirm import own_question, visit_now, visit_of
from scheduler_core.appointments.customer_notices import tell_unless_own_doing
from scheduler_core.appointments.flags import rules as flags
from scheduler_core.appointments.history import UNDO_FOR, UNDOABLE, last_step, snapshot, took_step
from scheduler_core.appointments.models import Appointment, AppointmentChange
from scheduler_core.appointments.notices import notify
from scheduler_core.appointments.queries import view
from scheduler_core.appointments.schemas import AppointmentOut, DecideIn
from scheduler_core.appointments.status import CANCELLED, REQUESTED
from scheduler_core.appointments.undo_state import put_back, question_before
from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.customers.queries import must_be_known
from scheduler_core.errors import Forbidden, UndoTooLate, WrongState
from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.roles import Permission, Role

_MADE = ("booked", "requested")
_ENDED = ("cancelled", "declined")
_BY_STAFF = ("confirmed", "declined", "arrived", "started", "noshow")
_STAFF_ROLES = (Role.OWNER, Role.MANAGER, Role.RECEPTIONIST, Role.STAFF)


def undo(
    session: Session, caller: Caller, now: datetime, business_id: int, appointment_id: int, asked: DecideIn
) -> dict[str, Any]:
    """The visit as JSON; raises ``WrongState``, ``UndoTooLate``, ``SlotTaken``, ``Forbidden`` or ``VersionMovedOn``."""
    visit = visit_of(session, caller, business_id, appointment_id, asked.expected_version)
    change = _undoable(session, visit, caller, now)
    if change.step in _MADE:
        ended = end(session, caller, now, visit, CANCELLED, "undone", reason="undone")
        if not _is_staffs(change):
            tell_unless_own_doing(session, caller, "visit_cancelled", ended, now)
        return ended.model_dump(mode="json")
    must_be_known(session, business_id, visit.customer_id)
    was, before = visit.start_at, snapshot(session, visit)
    put_back(session, visit, change.before, now)
    visit.version += 1
    took_step(session, caller, now, visit, "undone", before, undone=change.step)
    flags.reflag_one(session, business_id, now, visit.id)
    late.reckon(session, business_id, now)
    shown = view(session, business_id, visit.id, now, caller.settings.public_url)
    _tell(session, visit, change.step, shown, now, was)
    _tell_customer(session, caller, change.step, shown, now, was)
    return shown.model_dump(mode="json")


def wish(session: Session, business_id: int, appointment_id: int) -> tuple[Enquiry, datetime]:
    """What the visit would go back to, and when that was; raises ``NotFound``."""
    visit = visit_now(session, business_id, appointment_id)
    change = last_step(session, visit)
    if change is None or not change.before:
        return own_question(session, visit), visit.start_at
    return question_before(session, visit, change.before), datetime.fromisoformat(change.before["start"])


def _undoable(session: Session, visit: Appointment, caller: Caller, now: datetime) -> AppointmentChange:
    """The last step, if this caller may still take it back."""
    change = last_step(session, visit)
    if change is None or change.step not in UNDOABLE:
        raise WrongState("nothing to undo", status=visit.status, step="undo")
    if change.step in _BY_STAFF and not caller.can(Permission.ATTEND):
        raise Forbidden(permission=Permission.ATTEND)
    if caller.role is Role.CUSTOMER and change.step not in _MADE and _is_staffs(change):
        raise Forbidden(permission=Permission.ATTEND)
    until = change.at + UNDO_FOR
    if now >= until:
        raise UndoTooLate(until=until.isoformat())
    return change


def _is_staffs(change: AppointmentChange) -> bool:
    """Did somebody of the staff take it, with a key or a session of their own?"""
    return change.actor.partition(",")[0] in _STAFF_ROLES


def _tell(
    session: Session, visit: Appointment, step: str, shown: AppointmentOut, now: datetime, was: datetime
) -> None:
    """Staff hear of what they have to do differently now; who arrived or started is before their eyes."""
    if step == "rescheduled":
        notify(session, "staff_moved", visit.business_id, visit.customer_id, shown, now, was=was)
    elif visit.status == REQUESTED:
        notify(session, "staff_requested", visit.business_id, visit.customer_id, shown, now)
    elif step in _ENDED:
        notify(session, "staff_restored", visit.business_id, visit.customer_id, shown, now)


def _tell_customer(
    session: Session, caller: Caller, step: str, shown: AppointmentOut, now: datetime, was: datetime
) -> None:
    """What they were told of the step holds no longer."""
    if step == "rescheduled":
        tell_unless_own_doing(session, caller, "visit_moved", shown, now, was=was)
    elif step == "confirmed":
        tell_unless_own_doing(session, caller, "visit_unconfirmed", shown, now)
    elif step in _ENDED:
        tell_unless_own_doing(session, caller, "visit_restored", shown, now)
