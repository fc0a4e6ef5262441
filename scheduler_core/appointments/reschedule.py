"""Move a visit to another time, person or place; to where it already is: nothing changes, nobody is told."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from scheduler_core.appointments import status
from scheduler_core.appointments.attend.late import real_start
from scheduler_core.appointments.book import must_override
from scheduler_core.appointments.customer_notices import tell_unless_own_doing
from scheduler_core.appointments.flags import table as flags_table
from scheduler_core.appointments.flags.ours import is_our_doing
from scheduler_core.appointments.history import snapshot, took_step
from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.move import question_for, take_new_time
from scheduler_core.appointments.notices import notify
from scheduler_core.appointments.queries import to_change, view
from scheduler_core.appointments.schemas import RescheduleIn
from scheduler_core.attachments.take_along import take_along
from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.reserve import own_hold, release, resources_of
from scheduler_core.businesses.models import Location, StaffMember
from scheduler_core.businesses.policy import Policy
from scheduler_core.businesses.queries import still_there
from scheduler_core.errors import AlreadyStarted, RefusedByPolicy, VersionMovedOn
from scheduler_core.permissions.caller import Caller


def question_of(session: Session, visit: Appointment, asked: RescheduleIn) -> Enquiry:
    """Whoever and wherever is not named stays, unless they are no longer there."""
    staff_id = asked.staff_id or still_there(session, StaffMember, visit.staff_id)
    location_id = asked.location_id or still_there(session, Location, visit.location_id)
    hold_id = own_hold(session, visit.business_id, asked.hold_id, visit.customer_id)
    return question_for(session, visit, staff_id, location_id, hold_id, override=asked.override)


def reschedule(
    session: Session,
    caller: Caller,
    now: datetime,
    business_id: int,
    appointment_id: int,
    asked: RescheduleIn,
    *,
    tells: str = "staff_moved",
) -> dict[str, Any]:
    """The moved visit as JSON; raises as ``book`` does, and when it changed, started or was cancelled.

    ``tells``: what staff are told of it.
    """
    must_override(caller, asked.override)
    visit = _own(session, caller, business_id, appointment_id, asked.staff_id)
    url = caller.settings.public_url
    ended = _step(session, visit, now)
    question = question_of(session, visit, asked)
    if (asked.start, question.staff_id, question.location_id) == _where(visit):
        if question.own_hold_id is not None:
            release(session, business_id, question.own_hold_id)
        return view(session, business_id, visit.id, now, url).model_dump(mode="json")
    if visit.version != asked.expected_version:
        raise VersionMovedOn(version=visit.version)
    if not asked.override:
        must_be_allowed(session, visit)
    before, was = snapshot(session, visit), visit.start_at
    gave_up = [each["staff_id"] for each in before["items"]]
    blocks = visit.status != status.REQUESTED or bool(resources_of(session, appointment_id=visit.id))
    take_new_time(session, visit, question, asked.start, now, blocks=blocks)
    visit.status, visit.version, visit.reschedules = ended, visit.version + 1, visit.reschedules + 1
    take_along(session, business_id, visit.customer_id, visit.id, now)
    took_step(
        session, caller, now, visit, "rescheduled", before, was=was.isoformat(), start=asked.start.isoformat()
    )
    shown = view(session, business_id, visit.id, now, url)
    notify(session, tells, business_id, visit.customer_id, shown, now, was, gave_up)
    tell_unless_own_doing(session, caller, "visit_moved", shown, now, was=was)
    return shown.model_dump(mode="json")


def _own(
    session: Session, caller: Caller, business_id: int, appointment_id: int, staff_id: int | None
) -> Appointment:
    """The caller's own visit, to be changed; ``staff_id``: with whom it will be."""
    visit = to_change(session, business_id, appointment_id)
    caller.must_be_own_customer(visit.customer_id)
    caller.must_be_own_staff(visit.staff_id)
    caller.must_be_own_staff(staff_id or visit.staff_id)
    return visit


def _where(visit: Appointment) -> tuple[datetime, int, int]:
    return visit.start_at, visit.staff_id, visit.location_id


def _step(session: Session, visit: Appointment, now: datetime) -> str:
    """The state that moving leads to; raises when the visit is over, under way or cancelled."""
    ended = status.after("reschedule", visit.status)
    if real_start(session, visit) <= now:
        raise AlreadyStarted()
    return ended


def must_be_allowed(session: Session, visit: Appointment) -> None:
    """Raises ``RefusedByPolicy`` when it has been moved as often as its policy allows, unless that was our doing."""
    policy = Policy.model_validate(visit.policy)
    most = policy.max_reschedules
    if most is None or visit.reschedules < most:
        return
    if not is_our_doing(flags_table.of_visit(session, visit.id), policy):
        raise RefusedByPolicy("reschedule_limit", max_reschedules=most)
