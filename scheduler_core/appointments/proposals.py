"""The house proposes another time for a visit; until the customer says yes, nothing about the visit changes."""

from datetime import datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.appointments import status
from scheduler_core.appointments.attend.late import real_start
from scheduler_core.appointments.confirm import visit_of
from scheduler_core.appointments.customer_notices import tell_of
from scheduler_core.appointments.history import snapshot, took_step
from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.move import question_for, take_new_time
from scheduler_core.appointments.notices import notify
from scheduler_core.appointments.queries import to_change, view
from scheduler_core.appointments.schemas import ProposeIn
from scheduler_core.availability.decide import decide
from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.planned import PlannedVisit
from scheduler_core.availability.schemas import SlotOut
from scheduler_core.conversations.models import Notice
from scheduler_core.conversations.notices import Told, notice_of
from scheduler_core.errors import AlreadyStarted, NotFound, OptedOut, Unreachable, VersionMovedOn, WrongState
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.roles import Permission

KIND = "visit_proposed"


def propose(
    session: Session,
    caller: Caller,
    now: datetime,
    business_id: int,
    appointment_id: int,
    asked: ProposeIn,
    key: str,
) -> dict[str, Any]:
    """The visit as JSON, as it stays; ``key`` asks once. Raises as ``book`` does where that time cannot be had.

    Raises ``OptedOut`` or ``Unreachable`` when the customer cannot be asked.
    """
    visit = visit_of(session, caller, business_id, appointment_id, asked.expected_version)
    if visit.status not in status.COMING:
        raise WrongState(status=visit.status, step="propose")
    if min(real_start(session, visit), asked.start) <= now:
        raise AlreadyStarted()
    caller.must_be_own_staff(asked.staff_id or visit.staff_id)
    plan = decide(session, question(session, caller, visit, asked), asked.start, now)
    shown = view(session, business_id, visit.id, now, caller.settings.public_url)
    digest = sha256(f"{business_id}:{key}".encode()).hexdigest()
    matter, times = f"proposal:{visit.id}:{digest}", {"proposed": plan.start}
    _must_be_told(tell_of(session, KIND, shown, matter, now, times, slots=[_slot(plan)]))
    record(
        session,
        caller,
        now,
        business_id=business_id,
        action="proposed",
        subject=("appointment", visit.id),
        customer_id=visit.customer_id,
        start=plan.start.isoformat(),
    )
    return shown.model_dump(mode="json")


def _must_be_told(told: Told) -> None:
    if told is Told.OPTED_OUT:
        raise OptedOut()
    if told in (Told.NO_CONVERSATION, Told.TAKEN_OVER):
        raise Unreachable(because=told)


def question(session: Session, caller: Caller, visit: Appointment, asked: ProposeIn) -> Enquiry:
    may_override = caller.can(Permission.OVERRIDE_POLICY)
    staff_id = asked.staff_id or visit.staff_id
    return question_for(session, visit, staff_id, visit.location_id, override=may_override)


def accept(
    session: Session, caller: Caller, now: datetime, business_id: int, conversation_id: int, notice_id: int
) -> dict[str, Any]:
    """The visit, booked at the time proposed, as JSON; a request needs no other yes.

    Raises ``VersionMovedOn`` for a proposal that was overtaken, ``SlotTaken`` when others have its time.
    """
    proposal = notice_of(session, business_id, conversation_id, notice_id)
    if proposal.appointment_id is None:
        raise NotFound("the notice is about no visit")
    visit = to_change(session, business_id, proposal.appointment_id)
    caller.must_be_own_customer(visit.customer_id)
    slot = next((each["slot"] for each in proposal.choices if each["answer"] == "accept"), None)
    if slot is None or visit.version != proposal.appointment_version or _is_overtaken(session, proposal):
        raise VersionMovedOn(version=visit.version)
    status.after("reschedule", visit.status)
    start = datetime.fromisoformat(slot["start"])
    if min(start, real_start(session, visit)) <= now:
        raise AlreadyStarted()
    before, was = snapshot(session, visit), visit.start_at
    asked = question_for(session, visit, slot["staff_id"], slot["location_id"], override=True)
    take_new_time(session, visit, asked, start, now)
    visit.status, visit.version = status.BOOKED, visit.version + 1
    proposal.answer, proposal.answered_at = "accept", now
    took_step(
        session, caller, now, visit, "rescheduled", before, was=was.isoformat(), start=start.isoformat()
    )
    shown = view(session, business_id, visit.id, now, caller.settings.public_url)
    gave_up = [each["staff_id"] for each in before["items"]]
    notify(session, "staff_proposal_accept", business_id, visit.customer_id, shown, now, was, gave_up)
    return shown.model_dump(mode="json")


def _is_overtaken(session: Session, proposal: Notice) -> bool:
    """By a newer one for the same visit."""
    newer = select(Notice.id).where(
        Notice.appointment_id == proposal.appointment_id, Notice.kind == KIND, Notice.id > proposal.id
    )
    return session.scalar(newer.limit(1)) is not None


def _slot(plan: PlannedVisit) -> SlotOut:
    local = plan.start.astimezone(ZoneInfo(plan.zone))
    return SlotOut(
        id=f"{plan.start:%Y%m%dT%H%MZ}-{plan.staff_id}-{plan.location_id}",
        start=plan.start,
        end=plan.end,
        staff_id=plan.staff_id,
        location_id=plan.location_id,
        class_id=plan.class_id,
        wall_start=local,
        zone_name=local.tzname() or plan.zone,
    )
