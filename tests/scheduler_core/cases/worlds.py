"""Businesses at random, each made twice: as rows for the engine, and as an oracle that counts minutes."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.availability.models import Reservation
from tests.builders import parts
from tests.builders.salon import Salon
from tests.scheduler_core.cases.oracle import Hours, Oracle, Unit, Visit, Week, Windows, instant, minute_at

#: Places, and days on which something happens to their clocks; the last three are ordinary.
_DAYS = [
    ("America/New_York", date(2027, 3, 14)),
    ("America/New_York", date(2027, 11, 7)),
    ("Europe/Berlin", date(2027, 10, 31)),
    ("Australia/Lord_Howe", date(2027, 4, 4)),
    ("Australia/Lord_Howe", date(2027, 10, 3)),
    ("America/Santiago", date(2027, 9, 5)),
    ("Africa/Casablanca", date(2027, 3, 14)),
    ("Asia/Kathmandu", date(2027, 6, 1)),
    ("Pacific/Apia", date(2027, 6, 2)),
    ("UTC", date(2027, 6, 3)),
]


@dataclass(frozen=True)
class Someone:
    """``hours``: ``None`` for those of the place."""

    hours: Week | None
    zone: str | None
    breaks: Week
    dated: Windows | None
    away: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class World:
    """``closed`` and ``away`` are (minutes after the day's midnight in UTC, length)."""

    zone: str
    day: date
    grid: int
    hours: Week
    dated: Windows | None
    holiday: bool
    closed: tuple[tuple[int, int], ...]
    visit: Visit
    people: tuple[Someone, ...]
    needs: tuple[tuple[int, ...], ...]
    rooms: tuple[int, ...]

    @property
    def midnight(self) -> int:
        return minute_at(datetime(self.day.year, self.day.month, self.day.day, tzinfo=UTC))


@dataclass(frozen=True)
class Built:
    """The ids, and the oracle that knows them."""

    salon: Salon
    people: list[int]
    oracle: Oracle


@st.composite
def _windows(draw: st.DrawFn, most: int = 2) -> list[tuple[int, int]]:
    starts = draw(st.lists(st.integers(0, 47), min_size=1, max_size=most))
    lengths = [draw(st.integers(2, 48)) for _ in starts]
    return [(30 * at, min(30 * at + 15 * length, 2880)) for at, length in zip(starts, lengths, strict=True)]


def _weeks(day: date, most: int = 2) -> st.SearchStrategy[Week]:
    """Hours for the day, its eve and its morrow."""
    near = [(day + timedelta(days=n)).weekday() for n in (-1, 0, 1)]
    return st.fixed_dictionaries(
        {near[1]: _windows(most)}, optional={near[0]: _windows(), near[2]: _windows()}
    )


_SPANS = st.lists(st.tuples(st.integers(0, 1800), st.integers(1, 200)), max_size=2).map(tuple)


@st.composite
def _people(draw: st.DrawFn, day: date, holiday: bool) -> Someone:
    return Someone(
        hours=draw(st.none() | _weeks(day)),
        zone=draw(st.sampled_from([None, None, None, "Asia/Kathmandu", "America/New_York"])),
        breaks=draw(st.just({}) | st.fixed_dictionaries({day.weekday(): _windows(1)})),
        dated=None if holiday else draw(st.none() | st.none() | _windows() | st.just([])),
        away=draw(_SPANS),
    )


@st.composite
def _visits(draw: st.DrawFn) -> Visit:
    minutes = draw(st.sampled_from([15, 30, 45, 60, 90]))
    return Visit(
        minutes,
        before=draw(st.sampled_from([0, 0, 10, 30])),
        after=draw(st.sampled_from([0, 0, 15, 30])),
        gaps=draw(st.just(()) | st.just(((minutes // 3, minutes // 3),))),
        beyond_hours=draw(st.booleans()),
    )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    zone, day = draw(st.sampled_from(_DAYS))
    holiday = draw(st.sampled_from([False, False, True]))
    rooms = tuple(draw(st.lists(st.integers(1, 2), max_size=2)))
    need = st.lists(st.sampled_from(range(len(rooms) or 1)), min_size=1, max_size=2, unique=True).map(tuple)
    return World(
        zone=zone,
        day=day,
        grid=draw(st.sampled_from([15, 20, 25, 30, 60])),
        hours=draw(_weeks(day)),
        dated=draw(st.none() | st.none() | _windows() | st.just([])),
        holiday=holiday,
        closed=draw(_SPANS),
        visit=draw(_visits()),
        people=tuple(draw(st.lists(_people(day, holiday), min_size=1, max_size=2))),
        needs=tuple(draw(st.lists(need, max_size=2))) if rooms else (),
        rooms=rooms,
    )


def ordinary(world: World) -> World:
    """The same with a day's work on each of the three days, of everybody."""
    days = {(world.day + timedelta(days=n)).weekday(): [(9 * 60, 17 * 60)] for n in (-1, 0, 1)}
    people = tuple(replace(each, hours=None, zone=None, breaks={}, dated=None) for each in world.people)
    return replace(world, hours=days, dated=None, holiday=False, closed=(), people=people)


def built(session: Session, world: World, now: datetime) -> Built:
    business = parts.a_business(
        session, world.zone, grid_minutes=world.grid, buffers_beyond_hours=world.visit.beyond_hours
    )
    place = parts.a_location(session, business, world.zone, world.hours)
    if world.holiday:
        parts.a_holiday(session, business, place, world.day)
    if world.dated is not None:
        parts.an_override(session, business, place, world.day, world.dated)
    for start, length in world.closed:
        parts.a_closure(session, business, place, *_instants(world, start, length))
    rooms = [parts.a_resource(session, business, capacity=capacity) for capacity in world.rooms]
    needs = [[rooms[number] for number in need] for need in world.needs]
    people = [_hired(session, world, someone, business, place) for someone in world.people]
    service = parts.a_service(session, business, by=people, needs=needs, **_fields(world.visit))
    customer, conversation = parts.a_customer(session, business, now, "maria")
    oracle = _oracle(world, people, needs, dict(zip(rooms, world.rooms, strict=True)))
    salon = Salon(business, place, service, people[0], people[-1], customer, conversation)
    return Built(salon, people, oracle)


def _hired(session: Session, world: World, someone: Someone, business: int, place: int) -> int:
    hours = world.hours if someone.hours is None else someone.hours
    person = parts.a_person(session, business, "Ana", {place: hours}, zone=someone.zone)
    for weekday, windows in someone.breaks.items():
        for starts, ends in windows:
            parts.a_break(session, business, person, weekday, starts, ends)
    if someone.dated is not None:
        parts.an_override(session, business, place, world.day, someone.dated, person)
    for start, length in someone.away:
        resource = parts.resource_of(session, person)
        parts.a_block(session, business, resource, *_instants(world, start, length))
    return person


def _fields(visit: Visit) -> dict[str, Any]:
    return {
        "duration_minutes": visit.minutes,
        "buffer_before_minutes": visit.before,
        "buffer_after_minutes": visit.after,
        "gaps": [list(gap) for gap in visit.gaps],
    }


def _instants(world: World, start: int, length: int) -> tuple[datetime, datetime]:
    return instant(world.midnight + start), instant(world.midnight + start + length)


def _oracle(world: World, people: list[int], needs: list[list[int]], rooms: dict[int, int]) -> Oracle:
    def minutes(spans: tuple[tuple[int, int], ...]) -> set[int]:
        return {world.midnight + start + n for start, length in spans for n in range(length)}

    def on_that_day(windows: Windows | None) -> dict[date, Windows]:
        return {} if windows is None else {world.day: windows}

    someones = list(zip(people, world.people, strict=True))
    off = frozenset([world.day] if world.holiday else [])
    return Oracle(
        grid=world.grid,
        place=Hours(world.zone, world.hours, on_that_day(world.dated), off),
        people={
            key: Hours(each.zone or world.zone, each.hours or world.hours, on_that_day(each.dated))
            for key, each in someones
        },
        breaks={key: Hours(each.zone or world.zone, each.breaks) for key, each in someones},
        visit=world.visit,
        needs=needs,
        rooms=rooms,
        closed=minutes(world.closed),
        busy=defaultdict(Counter, {key: Counter(minutes(each.away)) for key, each in someones}),
    )


def units_of(session: Session, built: Built, **owner: int) -> list[Unit]:
    """The rooms that a visit (``appointment_id``) or a hold (``hold_id``) was given."""
    rows = select(Reservation.resource_id, Reservation.unit).filter_by(business_id=built.salon.id, **owner)
    return [(room, unit) for room, unit in session.execute(rows) if room in built.oracle.rooms]
