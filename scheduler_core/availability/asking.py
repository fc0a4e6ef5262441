"""Put a question to the database and get the board that answers it: all of the horizon, or around one start."""

from datetime import datetime

from sqlalchemy.orm import Session

from scheduler_core.availability import fairness, limits
from scheduler_core.availability.blueprint import Blueprint
from scheduler_core.availability.board import Board, Bounds, WorkingHours
from scheduler_core.availability.case import Case
from scheduler_core.availability.diary import Spoken, SpokenFor, Window
from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.memory import blueprint_of, remembered
from scheduler_core.availability.shape import Shape, shape_of
from scheduler_core.availability.slots import MINUTES_PER_DAY, merge, minute_of
from scheduler_core.availability.spoken import read_spoken
from scheduler_core.db.session import is_writing

_WEEKS_AROUND = 21


def whole_case(session: Session, question: Enquiry, now: datetime, near: int | None = None) -> Case:
    """Everything to the horizon, from what is remembered: one question when nothing has changed, else up to three.

    ``near``: the minute of a wish; staff who set policies aside may wish for one beyond the horizon, which is read
    afresh with some weeks around it.
    """
    known, revisions = remembered(session, question.business_id, now)
    shape = _shape(known.blueprint, question)
    window, minute = known.hours.window, minute_of(now)
    if question.override and near is not None and not window.holds(near, near + MINUTES_PER_DAY):
        return case_at(session, question, near, now, days_around=_WEEKS_AROUND)
    spoken: dict[int, Spoken] = {}
    stale: dict[int, int] = {}
    for key, capacity in _capacities(known.blueprint, shape).items():
        if key in revisions:
            recalled = known.recall(key, revisions[key], minute)
            if recalled is None:
                stale[key] = capacity
            else:
                spoken[key] = recalled
    answer = _read(session, question, known.blueprint, shape, stale, window, now)
    for key, fresh in answer.resources.items() if not is_writing(session) else ():
        known.spoken[key] = (revisions[key], answer.until.get(key), fresh)
    spoken |= answer.resources
    spoken = {key: answer.without_own(key, each) for key, each in spoken.items()}
    return _case(question, shape, known.hours, spoken, answer, now)


def case_at(session: Session, question: Enquiry, minute: int, now: datetime, *, days_around: int = 0) -> Case:
    """What decides about one start, and those of some days around it, read afresh."""
    blueprint = blueprint_of(session, question.business_id, now)
    shape = _shape(blueprint, question)
    before, after = shape.reach
    before, after = before - days_around * MINUTES_PER_DAY, after + days_around * MINUTES_PER_DAY
    if shape.policy.assignment == "longest_idle" and question.staff_id is None:
        before -= fairness.IDLE_DAYS * MINUTES_PER_DAY
    window = Window.around(minute + before, minute + after)
    answer = _read(session, question, blueprint, shape, _capacities(blueprint, shape), window, now)
    spoken = {key: answer.without_own(key, each) for key, each in answer.resources.items()}
    return _case(question, shape, WorkingHours(blueprint, window), spoken, answer, now)


def _shape(blueprint: Blueprint, question: Enquiry) -> Shape:
    return shape_of(
        blueprint, question.service_ids, question.staff_id, question.agreed_minutes, question.not_with
    )


def _capacities(blueprint: Blueprint, shape: Shape) -> dict[int, int]:
    """The live resources that could be needed, each with its units."""
    wanted = {key for each in shape.requirements for key in each.candidates}
    people = dict.fromkeys(blueprint.by_resource, 1)
    things = {key: thing.capacity for key, thing in blueprint.things.items()}
    return {key: capacity for key, capacity in (people | things).items() if key in wanted}


def _read(
    session: Session,
    question: Enquiry,
    blueprint: Blueprint,
    shape: Shape,
    capacities: dict[int, int],
    window: Window,
    now: datetime,
) -> SpokenFor:
    first = blueprint.services[question.service_ids[0]]
    return read_spoken(
        session,
        question,
        capacities,
        window,
        now,
        class_service=first.id if first.capacity > 1 else None,
        visits=limits.counts_visits(shape, question),
        per_day=limits.counts_days(shape, question),
    )


def _case(
    question: Enquiry,
    shape: Shape,
    hours: WorkingHours,
    spoken: dict[int, Spoken],
    answer: SpokenFor,
    now: datetime,
) -> Case:
    blueprint = hours.blueprint
    forbidden = tuple(limits.forbidden(blueprint, shape, question, answer, now))
    earliest, latest = limits.bounds(shape, question, now)
    first = blueprint.services[question.service_ids[0]]
    lead = {blueprint.by_resource[key].id for key in shape.people[0].candidates}
    places = blueprint.places_for(question.location_id)
    board = Board(
        shape=shape,
        hours=hours,
        places=places,
        spoken=spoken,
        bounds=Bounds(
            earliest, latest, hours.window.bits(merge(each for limit in forbidden for each in limit.minutes))
        ),
        sessions=[spot for spot, seats in answer.sessions if seats > 0 and spot.staff_id in lead],
        full=[spot for spot, seats in answer.sessions if seats <= 0 and spot.staff_id in lead],
        opens_sessions=first.capacity == 1 or first.on_demand,
    )
    return Case(question, board, forbidden)
