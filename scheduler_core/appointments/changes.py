"""Every change of a visit is an event: whoever follows visits hears of it soon after, once, in a later transaction."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment
from scheduler_core.conversations.notices import withdraw_beside
from scheduler_core.outbox import due, outgoing
from scheduler_core.outbox.due import Work

log = logging.getLogger(__name__)

VISIT_CHANGED = "visit_changed"


@dataclass(frozen=True, slots=True)
class VisitChange:
    """``step`` brought the visit to ``version``; it may have moved on since, so a follower reads it anew."""

    business_id: int
    appointment_id: int
    version: int
    step: str


#: Takes the change and the work it came by, in a transaction of its own or that of other followers.
Follower = Callable[[Session, VisitChange, Work], None]


def subject_of(appointment_id: int) -> str:
    """Of what is planned for a visit as it stands: withdrawn when the visit changes."""
    return f"visit:{appointment_id}"


def announce(session: Session, visit: Appointment, step: str, now: datetime) -> None:
    """What waits for an earlier version is withdrawn, said or done; whoever follows visits is told of this one."""
    if visit.version > 1:
        outgoing.withdraw(session, visit.business_id, visit.id, visit.version)
        withdraw_beside(session, visit)
        due.withdraw(session, business_id=visit.business_id, subject=subject_of(visit.id))
    due.plan(
        session,
        business_id=visit.business_id,
        kind=VISIT_CHANGED,
        subject=f"change:{visit.id}",
        version=visit.version,
        due_at=now,
        payload={"appointment_id": visit.id, "step": step},
        idem_key=f"{VISIT_CHANGED}:{visit.id}:{visit.version}",
    )


def tell_followers(session: Session, work: Work, followers: Mapping[str, Follower]) -> None:
    """Each is told; one that fails is told again by itself, and keeps nobody else waiting."""
    change = VisitChange(work.business_id, work.payload["appointment_id"], work.version, work.payload["step"])
    if only := work.payload.get("follower"):
        followers[only](session, change, work)
        return
    for name, follower in followers.items():
        try:
            with session.begin_nested():
                follower(session, change, work)
        except Exception:
            log.exception("%s could not follow visit %s", name, change.appointment_id)
            _tell_again(session, work, name)


def _tell_again(session: Session, work: Work, follower: str) -> None:
    due.plan(
        session,
        business_id=work.business_id,
        kind=work.kind,
        subject=work.subject,
        version=work.version,
        due_at=work.now,
        payload=work.payload | {"follower": follower},
        idem_key=f"{work.kind}:{work.payload['appointment_id']}:{work.version}:{follower}",
    )
