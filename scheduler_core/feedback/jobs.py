"""What this room does later, and which changes of a visit it follows."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy.orm import Session

from scheduler_core.appointments.changes import VisitChange, subject_of
from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.status import NOSHOW, TOOK_PLACE
from scheduler_core.businesses.policy import Policy
from scheduler_core.businesses.queries import business
from scheduler_core.feedback import ask, complaint, missed, rebook
from scheduler_core.outbox import due
from scheduler_core.outbox.due import Handler, Work

HANDLERS: Mapping[str, Handler] = {
    ask.AFTER_VISIT: ask.speak_afterwards,
    rebook.KIND: rebook.nudge,
    missed.KIND: missed.say_missed,
    complaint.ALERT: complaint.alert,
    complaint.OVERDUE: complaint.remind_staff,
    complaint.ASK_PUT_RIGHT: complaint.ask_whether_put_right,
}


def follow(session: Session, change: VisitChange, work: Work) -> None:
    """Plan what is said after the visit as it stands; what was planned before it changed is withdrawn."""
    visit = session.get(Appointment, change.appointment_id)
    if visit is None or visit.version != change.version:
        return
    if visit.status == NOSHOW:
        kind, due_at = missed.KIND, work.now + missed.SAID_AFTER
    elif visit.status in TOOK_PLACE:
        policy = Policy.model_validate(business(session, visit.business_id).policy)
        ends = max(visit.end_at, visit.finished_at or visit.end_at)
        kind, due_at = ask.AFTER_VISIT, ends + timedelta(hours=policy.feedback_after_hours)
    else:
        return
    due.plan(
        session,
        business_id=visit.business_id,
        kind=kind,
        subject=subject_of(visit.id),
        version=visit.version,
        payload={"appointment_id": visit.id},
        due_at=due_at,
        idem_key=f"{kind}:{visit.id}:{visit.version}",
    )
