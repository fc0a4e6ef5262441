"""A visit changes: what it gives up is looked at for those who wait, and who has what they wished for waits no more.

A step that can be taken back has given nothing up for good: it is looked at when that is over.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.appointments.changes import VisitChange
from scheduler_core.appointments.history import UNDO_FOR, UNDOABLE, taken_by
from scheduler_core.appointments.models import Appointment, AppointmentChange
from scheduler_core.appointments.status import COMING
from scheduler_core.availability.slots import Interval, instant_of, minute_from, minute_of, subtract
from scheduler_core.businesses.freed import not_freed_after_all, time_freed
from scheduler_core.outbox.due import Work
from scheduler_core.permissions.audit import Itself
from scheduler_core.waitlist import wishes
from scheduler_core.waitlist.leave import leave, met
from scheduler_core.waitlist.models import WAITING, WaitlistEntry

_GIVES_A_TIME = ("booked", "requested", "rescheduled")


def follow(session: Session, change: VisitChange, work: Work) -> None:
    visit = session.get_one(Appointment, change.appointment_id)
    if change.step == "undone":
        not_freed_after_all(session, visit.business_id, _reason(visit, change.version - 1))
    step = _step(session, change)
    if gone := _given_up(session, visit, step):
        start, end = instant_of(min(low for low, _ in gone)), instant_of(max(high for _, high in gone))
        final = max(step.at + UNDO_FOR, work.now) if step.step in UNDOABLE else work.now
        time_freed(session, visit.business_id, start, end, at=final, reason=_reason(visit, step.version))
    if visit.version == change.version:
        _end_wishes(session, visit, change.step in _GIVES_A_TIME, work.now)


def _reason(visit: Appointment, version: int) -> str:
    return f"visit:{visit.id}:{version}"


def _step(session: Session, change: VisitChange) -> AppointmentChange:
    return session.scalars(
        select(AppointmentChange).where(
            AppointmentChange.appointment_id == change.appointment_id,
            AppointmentChange.version == change.version,
        )
    ).one()


def _given_up(session: Session, visit: Appointment, step: AppointmentChange) -> list[Interval]:
    """What the visit reserved before that step and reserves no longer."""
    now = taken_by(session, visit.id)
    found: list[Interval] = []
    for resource_id, _, start, end in step.before.get("takes", []):
        was = minute_of(datetime.fromisoformat(start)), minute_from(datetime.fromisoformat(end))
        still = [
            (minute_of(each.start), minute_from(each.end)) for each in now if each.resource_id == resource_id
        ]
        found += subtract([was], still)
    return found


def _end_wishes(session: Session, visit: Appointment, has_a_time: bool, now: datetime) -> None:
    """For something earlier than a visit that is not to come, and for what they now have."""
    waiting = select(WaitlistEntry).where(
        WaitlistEntry.business_id == visit.business_id,
        WaitlistEntry.customer_id == visit.customer_id,
        WaitlistEntry.state == WAITING,
    )
    for entry in session.scalars(waiting.order_by(WaitlistEntry.id).with_for_update()).all():
        if entry.earlier_appointment_id == visit.id and visit.status not in COMING:
            leave(session, Itself(), now, entry)
        elif has_a_time and _is_met(entry, visit):
            met(session, Itself(), now, entry)


def _is_met(entry: WaitlistEntry, visit: Appointment) -> bool:
    return (
        entry.earlier_appointment_id is None
        and visit.attendee is None
        and entry.service_id == visit.service_id
        and entry.staff_id in (None, visit.staff_id)
        and entry.location_id in (None, visit.location_id)
        and wishes.contain(wishes.from_json(entry.ranges), visit.start_at)
    )
