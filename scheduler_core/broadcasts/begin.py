"""Begin to tell the customers whose visits cannot stay: one row and one piece of due work for each."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.appointments.flags.fitting import CLOSED, OUTSIDE_HOURS, PERSON_AWAY, RESOURCE_BLOCKED
from scheduler_core.appointments.models import Appointment, VisitFlag
from scheduler_core.appointments.status import COMING
from scheduler_core.broadcasts.models import TOLD, WAITING, Broadcast, BroadcastVisit
from scheduler_core.broadcasts.progress import shown
from scheduler_core.broadcasts.schemas import BroadcastIn
from scheduler_core.businesses.models import Location, Resource, StaffMember
from scheduler_core.businesses.policy import Policy
from scheduler_core.businesses.rows import business_to_change, owned
from scheduler_core.conversations.quiet import when_to_say
from scheduler_core.outbox import due
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller

TELL, END = "broadcast_tell", "broadcast_end"
#: When the team hears who has not answered: so long before the first visit, but never at once.
_BEFORE_THE_FIRST, _AT_LEAST = timedelta(hours=2), timedelta(minutes=15)


def begin(
    session: Session, caller: Caller, now: datetime, business_id: int, asked: BroadcastIn
) -> dict[str, Any]:
    """The broadcast as JSON; visits whose customers are told already are not in it. Raises ``NotFound``."""
    caller.must_be_own_staff(asked.staff_id)
    business = business_to_change(session, business_id)
    _must_be_ours(session, business_id, asked)
    visits = _affected(session, business_id, asked, now)
    started = _made(session, caller, now, business_id, asked, bool(visits))
    zone, policy = ZoneInfo(business.zone), Policy.model_validate(business.policy)
    for visit in visits:
        _plan(session, started, visit, when_to_say(now, zone, policy, visit.start_at))
    if visits:
        _plan_end(session, started, max(now + _AT_LEAST, visits[0].start_at - _BEFORE_THE_FIRST))
    record(
        session,
        caller,
        now,
        business_id=business_id,
        action="broadcast",
        subject=("broadcast", started.id),
        because=asked.because,
        count=len(visits),
    )
    return shown(session, started).model_dump(mode="json")


def _must_be_ours(session: Session, business_id: int, asked: BroadcastIn) -> None:
    if asked.staff_id is not None:
        owned(session, StaffMember, business_id, asked.staff_id)
    if asked.location_id is not None:
        owned(session, Location, business_id, asked.location_id)
    if asked.resource_id is not None:
        owned(session, Resource, business_id, asked.resource_id)


def _made(
    session: Session, caller: Caller, now: datetime, business_id: int, asked: BroadcastIn, is_needed: bool
) -> Broadcast:
    started = Broadcast(
        business_id=business_id,
        staff_id=asked.staff_id,
        location_id=asked.location_id,
        resource_id=asked.resource_id,
        because=asked.because,
        start_at=asked.start,
        end_at=asked.end,
        asked_by=caller.staff_id,
        created_at=now,
        reported_at=None if is_needed else now,
    )
    session.add(started)
    session.flush()
    return started


def _affected(session: Session, business_id: int, asked: BroadcastIn, now: datetime) -> list[Appointment]:
    """The visits flagged for this reason in that time, the soonest first."""
    told = (
        select(BroadcastVisit.id)
        .where(
            BroadcastVisit.appointment_id == Appointment.id,
            BroadcastVisit.version == Appointment.version,
            BroadcastVisit.state.in_((WAITING, TOLD)),
        )
        .exists()
    )
    rows = session.execute(
        select(Appointment, VisitFlag.kind, VisitFlag.facts)
        .join(VisitFlag, VisitFlag.appointment_id == Appointment.id)
        .where(
            Appointment.business_id == business_id,
            Appointment.status.in_(COMING),
            Appointment.start_at > now,
            Appointment.start_at < asked.end,
            Appointment.end_at > asked.start,
            ~told,
        )
        .order_by(Appointment.start_at, Appointment.id)
    )
    return list({visit.id: visit for visit, kind, facts in rows if _is_about(asked, kind, facts)}.values())


def _is_about(asked: BroadcastIn, kind: str, facts: dict[str, Any]) -> bool:
    if asked.staff_id is not None:
        return kind in (PERSON_AWAY, OUTSIDE_HOURS) and facts.get("staff_id") == asked.staff_id
    if asked.location_id is not None:
        return (
            kind in (CLOSED, OUTSIDE_HOURS)
            and facts.get("location_id", asked.location_id) == asked.location_id
        )
    return kind == RESOURCE_BLOCKED and facts.get("resource_id") == asked.resource_id


def _plan(session: Session, started: Broadcast, visit: Appointment, at: datetime) -> None:
    row = BroadcastVisit(
        business_id=started.business_id,
        broadcast_id=started.id,
        appointment_id=visit.id,
        version=visit.version,
        state=WAITING,
    )
    session.add(row)
    session.flush()
    due.plan(
        session,
        business_id=started.business_id,
        kind=TELL,
        subject=f"broadcast_visit:{row.id}",
        due_at=at,
        payload={"row": row.id},
        idem_key=f"{TELL}:{row.id}",
    )


def _plan_end(session: Session, started: Broadcast, at: datetime) -> None:
    due.plan(
        session,
        business_id=started.business_id,
        kind=END,
        subject=f"broadcast:{started.id}",
        due_at=at,
        payload={"broadcast": started.id},
        idem_key=f"{END}:{started.id}",
    )
