"""Put meetings of a class into the diary, which customers then book seat by seat.

Notice and horizon bind customers, not those who plan the timetable; hours, the grid and what is taken bind everybody.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.appointments.classes import queries as classes_queries
from scheduler_core.appointments.classes.schemas import ClassesScheduled, ClassIn
from scheduler_core.appointments.series.rule import Occurrence, occurrences
from scheduler_core.appointments.series.schemas import AmbiguousOut, ClashOut
from scheduler_core.availability.asking import case_at
from scheduler_core.availability.blueprint import Blueprint
from scheduler_core.availability.classes import open_session
from scheduler_core.availability.decide import plan_at
from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.ledger import clear_expired, lock
from scheduler_core.availability.memory import blueprint_of
from scheduler_core.availability.models import ClassSession
from scheduler_core.availability.planned import PlannedVisit
from scheduler_core.availability.search import NO_SUCH_TIME
from scheduler_core.availability.shape import shape_of
from scheduler_core.availability.slots import minute_of
from scheduler_core.businesses.freed import time_freed
from scheduler_core.businesses.models import Business
from scheduler_core.errors import Malformed, RefusedByPolicy, SeriesClash, SlotTaken
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller


def schedule(
    session: Session, caller: Caller, now: datetime, business_id: int, asked: ClassIn
) -> dict[str, Any]:
    """The new meetings as JSON.

    Raises ``SlotTaken`` or ``RefusedByPolicy`` for a single one that cannot be, ``SeriesClash`` for a timetable.
    """
    caller.must_be_own_staff(asked.staff_id)
    question = Enquiry(business_id, (asked.service_id,), asked.staff_id, asked.location_id, override=True)
    times = _times(session, question, blueprint_of(session, business_id, now), asked)
    opened, skipped, ambiguous = [], [], []
    for each in times:
        try:
            opened.append(_open(session, question, each, now))
        except (SlotTaken, RefusedByPolicy) as refused:
            if asked.rrule is None:
                raise
            skipped.append(ClashOut(wall_start=each.wall_start, code=refused.code, facts=refused.facts))
            continue
        if len(each.instants) > 1:
            ambiguous.append(AmbiguousOut(wall_start=each.wall_start, start=each.instants[0]))
    if not opened or (skipped and asked.clash == "abort"):
        raise SeriesClash(clashes=[clash.model_dump(mode="json") for clash in skipped])
    for meeting_id in opened:
        facts = {"service_id": asked.service_id, "staff_id": asked.staff_id}
        subject = ("class", meeting_id)
        record(
            session, caller, now, business_id=business_id, action="class_scheduled", subject=subject, **facts
        )
    made = classes_queries.shown(session, business_id, now, ClassSession.id.in_(opened))
    answer = ClassesScheduled(scheduled=made, skipped=skipped, ambiguous=ambiguous)
    return answer.model_dump(mode="json")


def _times(session: Session, question: Enquiry, blueprint: Blueprint, asked: ClassIn) -> Sequence[Occurrence]:
    """When the class is to meet, once all that it could need is locked."""
    if blueprint.service(asked.service_id).capacity == 1:
        raise Malformed("the service is not a class: it has one seat")
    zone = blueprint.places_for(asked.location_id)[0].zone
    shape = shape_of(blueprint, question.service_ids, question.staff_id)
    rules_stay = select(Business.id).where(Business.id == question.business_id).with_for_update(read=True)
    session.execute(rules_stay).all()
    lock(session, {key for each in shape.requirements for key in each.candidates})
    if asked.rrule is None:
        return [Occurrence(asked.start.replace(tzinfo=None), (asked.start,))]
    return occurrences(asked.rrule, asked.start, zone)


def _open(session: Session, question: Enquiry, when: Occurrence, now: datetime) -> int:
    if not when.instants:
        raise RefusedByPolicy(NO_SUCH_TIME)
    plan = _plan(session, question, when.instants[0], now)
    clear_expired(session, plan.takes, now)
    with session.begin_nested():
        meeting_id = open_session(session, plan, None, scheduled=True)
    reason = f"class:{meeting_id}"
    time_freed(session, question.business_id, plan.start, plan.end, at=now, reason=reason)
    return meeting_id


def _plan(session: Session, question: Enquiry, start: datetime, now: datetime) -> PlannedVisit:
    """A meeting of its own at ``start``, whether or not customers may open one; raises as ``decide`` does."""
    case = case_at(session, question, minute_of(start), now)
    opening = replace(case.board, sessions=(), opens_sessions=True)
    return plan_at(replace(case, board=opening), start, now)
