"""Three questions fill a board for any number of people: rules, people, what is spoken for."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, literal, or_, select, union_all
from sqlalchemy.orm import Session

from scheduler_core.availability.board import Board, Person, Place
from scheduler_core.availability.models import LONGEST_RESERVATION, Hold, Reservation
from scheduler_core.availability.slots import Interval, Rule, Visit, instant_of, minute_from, minute_of
from scheduler_core.businesses.models import (
    Absence,
    Business,
    Closure,
    Location,
    OpeningHours,
    Service,
    StaffHours,
    StaffMember,
    StaffService,
)
from scheduler_core.db.types import EpochMinutes
from scheduler_core.errors import NotFound, RefusedByPolicy

_BUSY, _AWAY, _CLOSED = 0, 1, 2
_Spoken = dict[tuple[int, int], list[Interval]]


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody would like to book, and whose own reservations are not in their way."""

    business_id: int
    service_id: int
    staff_id: int | None = None
    location_id: int | None = None
    own_appointment_id: int | None = None
    own_conversation_id: int | None = None
    own_hold_id: int | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """The policies, the service and the places of a question."""

    visit: Visit
    grid: int
    earliest: int
    latest: int
    hold_minutes: int
    places: tuple[Place, ...]


def rules_of(session: Session, question: Question, now: datetime) -> Rules:
    """First question. Raises ``NotFound`` for a service or a location that this business does not have."""
    wanted = (
        select(Business, Service, Location.id, Location.zone, OpeningHours)
        .join(Service, Service.business_id == Business.id)
        .join(Location, Location.business_id == Business.id)
        .outerjoin(OpeningHours, OpeningHours.location_id == Location.id)
        .where(Business.id == question.business_id, Service.id == question.service_id)
        .order_by(Location.id)
    )
    if question.location_id is not None:
        wanted = wanted.where(Location.id == question.location_id)
    rows = session.execute(wanted).all()
    if not rows:
        raise NotFound("unknown service or location")
    opening: dict[tuple[int, str], list[Rule]] = defaultdict(list)
    for _, _, location_id, zone, hours in rows:
        opening[location_id, zone] += (
            [Rule(hours.weekday, hours.opens_minute, hours.closes_minute)] if hours else []
        )
    business: Business = rows[0][0]
    service: Service = rows[0][1]
    return Rules(
        visit=Visit(
            service.duration_minutes,
            service.buffer_before_minutes,
            service.buffer_after_minutes,
            business.buffers_beyond_hours,
        ),
        grid=business.grid_minutes,
        earliest=minute_from(now + timedelta(minutes=business.min_notice_minutes)),
        latest=minute_of(now + timedelta(days=business.horizon_days)),
        hold_minutes=business.hold_minutes,
        places=tuple(Place(key, zone, tuple(rules)) for (key, zone), rules in opening.items()),
    )


def board_of(session: Session, question: Question, rules: Rules, low: int, high: int, now: datetime) -> Board:
    """Second and third question: everything that decides about starts within [low, high), in minutes."""
    people = _people(session, question)
    reach = (low - rules.visit.before, high + rules.visit.duration + rules.visit.after)
    spoken = _spoken_for(session, question, [person.resource_id for person in people], reach, now)
    return Board(
        visit=rules.visit,
        grid=rules.grid,
        earliest=rules.earliest,
        latest=rules.latest,
        low=low,
        high=high,
        places=[Place(p.id, p.zone, p.opening, tuple(spoken[_CLOSED, p.id])) for p in rules.places],
        people=[
            Person(
                person.id,
                person.resource_id,
                person.rules,
                away=tuple(spoken[_AWAY, person.id]),
                busy=tuple(sorted(spoken[_BUSY, person.resource_id])),
            )
            for person in people
        ],
    )


def _people(session: Session, question: Question) -> list[Person]:
    """Those who do the service; raises when a named one is unknown or does not do it."""
    wanted = (
        select(
            StaffMember.id,
            StaffMember.resource_id,
            StaffHours.location_id,
            StaffHours.weekday,
            StaffHours.starts_minute,
            StaffHours.ends_minute,
        )
        .join(StaffService, StaffService.staff_id == StaffMember.id)
        .outerjoin(StaffHours, StaffHours.staff_id == StaffMember.id)
        .where(
            StaffMember.business_id == question.business_id, StaffService.service_id == question.service_id
        )
        .order_by(StaffMember.id)
    )
    if question.staff_id is not None:
        wanted = wanted.where(StaffMember.id == question.staff_id)
    hours: dict[tuple[int, int], dict[int, list[Rule]]] = defaultdict(lambda: defaultdict(list))
    for staff_id, resource_id, location_id, weekday, begins, ends in session.execute(wanted):
        person = hours[staff_id, resource_id]
        if location_id is not None:
            person[location_id].append(Rule(weekday, begins, ends))
    if not hours and question.staff_id is not None:
        _explain_missing(session, question.business_id, question.staff_id)
    return [
        Person(staff_id, resource_id, {at: tuple(rules) for at, rules in person.items()})
        for (staff_id, resource_id), person in hours.items()
    ]


def _explain_missing(session: Session, business_id: int, staff_id: int) -> None:
    known = select(StaffMember.id).where(StaffMember.business_id == business_id, StaffMember.id == staff_id)
    if session.scalar(known) is None:
        raise NotFound("unknown staff member")
    raise RefusedByPolicy("not_offered", staff_id=staff_id)


def _spoken_for(
    session: Session, question: Question, resource_ids: list[int], reach: Interval, now: datetime
) -> _Spoken:
    low, high = instant_of(reach[0]), instant_of(reach[1])
    business_id = question.business_id
    parts: list[Select[int, int, int, int]] = [
        _reservations(question, resource_ids, low, high, now),
        _once(_AWAY, Absence.staff_id, Absence, business_id, low, high),
        _once(_CLOSED, Closure.location_id, Closure, business_id, low, high),
    ]
    spoken: _Spoken = defaultdict(list)
    for kind, key, start, end in session.execute(union_all(*parts)):
        spoken[kind, key].append((start, end))
    return spoken


def _reservations(
    question: Question, resource_ids: list[int], low: datetime, high: datetime, now: datetime
) -> Select[int, int, int, int]:
    """Reservations that count for this question: no hold that has run out, and none of the asker's own."""
    held = Reservation
    others = [
        or_(held.hold_until.is_(None), held.hold_until > now),
        held.resource_id.in_(resource_ids),
        held.start_at > low - LONGEST_RESERVATION,
        held.start_at < high,
        held.end_at > low,
    ]
    if question.own_appointment_id is not None:
        others.append(held.appointment_id.is_distinct_from(question.own_appointment_id))
    if question.own_hold_id is not None:
        others.append(held.hold_id.is_distinct_from(question.own_hold_id))
    if question.own_conversation_id is not None:
        own = select(Hold.id).where(Hold.conversation_id == question.own_conversation_id)
        others.append(or_(held.hold_id.is_(None), held.hold_id.not_in(own)))
    start, end = EpochMinutes(held.start_at), EpochMinutes(held.end_at)
    return select(literal(_BUSY), held.resource_id, start, end).where(and_(*others))


def _once(
    kind: int, key: Any, table: Any, business_id: int, low: datetime, high: datetime
) -> Select[int, int, int, int]:
    """One-time exceptions, with whole days around so that the reason for a closed day is seen."""
    margin = timedelta(days=2)
    return select(literal(kind), key, EpochMinutes(table.start_at), EpochMinutes(table.end_at)).where(
        table.business_id == business_id, table.end_at > low - margin, table.start_at < high + margin
    )
