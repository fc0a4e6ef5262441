"""Move a visit to another time, person or place; to where it already is: nothing changes, nobody is told."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from scheduler_core.appointments import status
from scheduler_core.appointments.book import wall_start
from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.notices import notify
from scheduler_core.appointments.queries import to_change, view
from scheduler_core.appointments.schemas import RescheduleIn
from scheduler_core.availability.decide import decide
from scheduler_core.availability.queries import Question
from scheduler_core.availability.reserve import lock, release, release_appointment, reserve, stretch_of
from scheduler_core.businesses.models import Location
from scheduler_core.errors import AlreadyStarted, VersionMovedOn
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller


def question_of(visit: Appointment, asked: RescheduleIn) -> Question:
    return Question(
        visit.business_id,
        visit.service_id,
        asked.staff_id,
        asked.location_id,
        own_appointment_id=visit.id,
        own_hold_id=asked.hold_id,
    )


def reschedule(
    session: Session,
    caller: Caller,
    now: datetime,
    business_id: int,
    appointment_id: int,
    asked: RescheduleIn,
) -> dict[str, Any]:
    """The moved visit as JSON; raises as ``book`` does, and when it changed, started or was cancelled."""
    visit = to_change(session, business_id, appointment_id)
    url = caller.settings.public_url
    ended = _step(visit, now)
    if (asked.start, asked.staff_id, asked.location_id) == (
        visit.start_at,
        visit.staff_id,
        visit.location_id,
    ):
        if asked.hold_id is not None:
            release(session, business_id, asked.hold_id)
        return view(session, business_id, visit.id, url).model_dump(mode="json")
    if visit.version != asked.expected_version:
        raise VersionMovedOn(version=visit.version)
    was = visit.start_at
    minutes = _take_new_time(session, visit, asked, now)
    _move(session, visit, asked, minutes, ended, now)
    facts = {"was": was.isoformat(), "start": asked.start.isoformat()}
    record(
        session,
        caller,
        now,
        business_id=business_id,
        action="rescheduled",
        subject=("appointment", visit.id),
        customer_id=visit.customer_id,
        **facts,
    )
    shown = view(session, business_id, visit.id, url)
    notify(session, "staff_moved", business_id, visit.customer_id, shown, now, was=was)
    return shown.model_dump(mode="json")


def _step(visit: Appointment, now: datetime) -> str:
    """The state that moving leads to; raises when the visit is over, under way or cancelled."""
    ended = status.after("reschedule", visit.status)
    if visit.start_at <= now:
        raise AlreadyStarted()
    return ended


def _take_new_time(session: Session, visit: Appointment, asked: RescheduleIn, now: datetime) -> int:
    """Reserve the new time in place of the old; how many minutes the visit takes."""
    business_id = visit.business_id
    rules = decide(session, question_of(visit, asked), asked.start, now)
    new = stretch_of(session, business_id, asked.staff_id, rules.visit, asked.start)
    old = stretch_of(session, business_id, visit.staff_id, rules.visit, visit.start_at)
    lock(session, [new.resource_id, old.resource_id])
    if asked.hold_id is not None:
        release(session, business_id, asked.hold_id)
    release_appointment(session, visit.id)
    reserve(session, business_id, new, now, appointment_id=visit.id)
    return rules.visit.duration


def _move(
    session: Session, visit: Appointment, asked: RescheduleIn, minutes: int, ended: str, now: datetime
) -> None:
    zone = session.get_one(Location, asked.location_id).zone
    visit.status, visit.version, visit.updated_at = ended, visit.version + 1, now
    visit.staff_id, visit.location_id = asked.staff_id, asked.location_id
    visit.start_at, visit.end_at = asked.start, asked.start + timedelta(minutes=minutes)
    visit.zone, visit.wall_start = zone, wall_start(asked.start, zone)
    session.flush()
