"""The question that reads all rules of a business, in one statement, into a ``Blueprint``."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, Date, Integer, Text, bindparam, cast, literal, null, select, union_all
from sqlalchemy.orm import Session

from scheduler_core.availability.blueprint import Blueprint, Person, Place, ServiceRules, Thing
from scheduler_core.availability.slots import Dated, Rule, number_of
from scheduler_core.businesses.hours import (
    Closure,
    Holiday,
    HoursOverride,
    OpeningHours,
    StaffBreak,
    StaffHours,
)
from scheduler_core.businesses.models import (
    SEATS,
    STAFF,
    Business,
    Location,
    Resource,
    Service,
    ServiceAddon,
    ServiceNeed,
    StaffMember,
    StaffService,
)
from scheduler_core.businesses.policy import Policy
from scheduler_core.db.types import EpochMinutes, EpochMinutesUp, UtcDateTime
from scheduler_core.errors import NotFound

#: Dates and closures that ended this long ago decide about nothing any more.
_OVER = timedelta(days=3)

_Reader = Callable[..., None]
#: Who reads the rows of a statement, and the statement: up to five numbers a row, then words.
_Part = tuple[_Reader, Any]


def read_blueprint(session: Session, business_id: int, now: datetime) -> Blueprint:
    """Everything but archived rows and dates gone by; raises ``NotFound``."""
    since = now - _OVER
    found = session.execute(_QUESTION, {"business": business_id, "since": since, "day": since.date()})
    rows: list[tuple[Any, ...]] = sorted((tuple(row) for row in found), key=lambda row: row[-1])
    if not rows:
        raise NotFound("unknown business")
    (revision, *_, rules, _), (*_, zone, _) = rows[:2]
    policy = Policy.model_validate(json.loads(rules))
    blueprint = Blueprint(business_id, revision, zone, policy)
    for *values, kind in rows[2:]:
        _PARTS[kind - 2][0](blueprint, *values)
    for service in blueprint.services.values():
        service.policy = policy.with_own(service.own_policy)
    return blueprint


def _row(*numbers: Any, text: Any = None) -> Any:
    columns = [*numbers, *[None] * (5 - len(numbers))]
    words = cast(null() if text is None else text, Text)
    return select(*(cast(null() if column is None else column, Integer) for column in columns), words)


_BUSINESS: BindParameter[int] = bindparam("business", type_=Integer)
_DAY: BindParameter[date] = bindparam("day", type_=Date)
_SINCE: BindParameter[datetime] = bindparam("since", type_=UtcDateTime)


def _of_the_business() -> list[Any]:
    own = Business.id == _BUSINESS
    return [
        _row(Business.rules_revision, text=Business.policy).where(own),
        _row(text=Business.zone).where(own),
    ]


# One reader a kind of row: numbers, then words. Rows of what is archived find nobody to belong to.


def _place(b: Blueprint, key: int, _b: Any, _c: Any, _d: Any, _e: Any, zone: str) -> None:
    b.places[key] = Place(key, zone)


def _service(b: Blueprint, key: int, minutes: int, before: int, after: int, price: int, policy: str) -> None:
    b.services[key] = ServiceRules(
        id=key,
        minutes=minutes,
        before=before,
        after=after,
        price_minor=price,
        gaps=[],
        capacity=1,
        on_demand=True,
        is_addon=False,
        is_archived=False,
        skills=frozenset(),
        own_policy=json.loads(policy),
        policy=b.policy,
    )


def _person(b: Blueprint, key: int, resource: int, _c: Any, _d: Any, _e: Any, zone: str | None) -> None:
    b.people[key] = Person(key, resource, zone, frozenset())


def _thing(b: Blueprint, key: int, capacity: int, at: int | None, *_: Any) -> None:
    b.things[key] = Thing(key, capacity, at)


def _opening(b: Blueprint, at: int, weekday: int, opens: int, closes: int, *_: Any) -> None:
    if at in b.places:
        b.places[at].opening.append(Rule(weekday, opens, closes))


def _override(b: Blueprint, at: int, who: int | None, starts: int, ends: int, _e: Any, day: str) -> None:
    dated = Dated(number_of(date.fromisoformat(day)), starts, ends)
    if at in b.places and who is None:
        b.places[at].dated.append(dated)
    elif at in b.places and who in b.people:
        b.people[who].dated.setdefault(at, []).append(dated)


def _holiday(b: Blueprint, at: int, _b: Any, _c: Any, _d: Any, _e: Any, day: str) -> None:
    if at in b.places:
        b.places[at].holidays.add(number_of(date.fromisoformat(day)))


def _closure(b: Blueprint, at: int, start: int, end: int, *_: Any) -> None:
    if at in b.places:
        b.places[at].closed.append((start, end))


def _kind_of_service(
    b: Blueprint, key: int, capacity: int, on_demand: int, is_addon: int, is_archived: int, _: Any
) -> None:
    service = b.services[key]
    service.capacity, service.on_demand = capacity, bool(on_demand)
    service.is_addon, service.is_archived = bool(is_addon), bool(is_archived)


def _gaps(b: Blueprint, key: int, _b: Any, _c: Any, _d: Any, _e: Any, gaps: str) -> None:
    b.services[key].gaps = [(start, length) for start, length in json.loads(gaps)]


def _skills_wanted(b: Blueprint, key: int, _b: Any, _c: Any, _d: Any, _e: Any, skills: str) -> None:
    b.services[key].skills = frozenset(json.loads(skills))


def _need(b: Blueprint, key: int, position: int, resource: int, *_: Any) -> None:
    if key in b.services:
        b.services[key].needs.setdefault(position, []).append(resource)


def _addon(b: Blueprint, key: int, addon: int, *_: Any) -> None:
    if key in b.services:
        b.services[key].addons.add(addon)


def _offer(b: Blueprint, key: int, who: int, *_: Any) -> None:
    if key in b.services:
        b.services[key].staff.add(who)


def _skills_had(b: Blueprint, key: int, _b: Any, _c: Any, _d: Any, _e: Any, skills: str) -> None:
    b.people[key].skills = frozenset(json.loads(skills))


def _hours(b: Blueprint, who: int, at: int, weekday: int, starts: int, ends: int, _: Any) -> None:
    if who in b.people:
        b.people[who].rules.setdefault(at, []).append(Rule(weekday, starts, ends))


def _break(b: Blueprint, who: int, weekday: int, starts: int, ends: int, *_: Any) -> None:
    if who in b.people:
        b.people[who].breaks.append(Rule(weekday, starts, ends))


# Parents before what belongs to them: rows are read in this order.


def _of_places() -> list[_Part]:
    place, opening, closure = Location, OpeningHours, Closure
    return [
        (
            _place,
            _row(place.id, text=place.zone).where(
                place.business_id == _BUSINESS, place.archived_at.is_(None)
            ),
        ),
        (
            _opening,
            _row(opening.location_id, opening.weekday, opening.opens_minute, opening.closes_minute).where(
                opening.business_id == _BUSINESS
            ),
        ),
        (
            _holiday,
            _row(Holiday.location_id, text=Holiday.day).where(
                Holiday.business_id == _BUSINESS, Holiday.day >= _DAY
            ),
        ),
        (
            _closure,
            _row(closure.location_id, EpochMinutes(closure.start_at), EpochMinutesUp(closure.end_at)).where(
                closure.business_id == _BUSINESS, closure.end_at > _SINCE
            ),
        ),
    ]


def _of_services() -> list[_Part]:
    own = Service.business_id == _BUSINESS
    archived = Service.archived_at.is_not(None)
    minutes = Service.duration_minutes, Service.buffer_before_minutes, Service.buffer_after_minutes
    need, addon, offer = ServiceNeed, ServiceAddon, StaffService
    return [
        (_service, _row(Service.id, *minutes, Service.price_minor, text=Service.policy).where(own)),
        (
            _kind_of_service,
            _row(Service.id, Service.capacity, Service.on_demand, Service.is_addon, archived).where(own),
        ),
        (_gaps, _row(Service.id, text=Service.gaps).where(own)),
        (_skills_wanted, _row(Service.id, text=Service.skills).where(own)),
        (_need, _row(need.service_id, need.position, need.resource_id).where(need.business_id == _BUSINESS)),
        (_addon, _row(addon.service_id, addon.addon_id).where(addon.business_id == _BUSINESS)),
        (_offer, _row(offer.service_id, offer.staff_id).where(offer.business_id == _BUSINESS)),
    ]


def _of_people_and_things() -> list[_Part]:
    live = StaffMember.business_id == _BUSINESS, StaffMember.archived_at.is_(None)
    hours, pause, dated, thing = StaffHours, StaffBreak, HoursOverride, Resource
    return [
        (_person, _row(StaffMember.id, StaffMember.resource_id, text=StaffMember.zone).where(*live)),
        (_skills_had, _row(StaffMember.id, text=StaffMember.skills).where(*live)),
        (
            _hours,
            _row(
                hours.staff_id, hours.location_id, hours.weekday, hours.starts_minute, hours.ends_minute
            ).where(hours.business_id == _BUSINESS),
        ),
        (
            _break,
            _row(pause.staff_id, pause.weekday, pause.starts_minute, pause.ends_minute).where(
                pause.business_id == _BUSINESS
            ),
        ),
        (
            _override,
            _row(
                dated.location_id, dated.staff_id, dated.starts_minute, dated.ends_minute, text=dated.day
            ).where(dated.business_id == _BUSINESS, dated.day >= _DAY),
        ),
        (
            _thing,
            _row(thing.id, thing.capacity, thing.location_id).where(
                thing.business_id == _BUSINESS, thing.archived_at.is_(None), thing.kind.not_in((STAFF, SEATS))
            ),
        ),
    ]


_PARTS = (*_of_places(), *_of_services(), *_of_people_and_things())

#: One statement; each row ends with the place of its part in the order of reading.
_QUESTION = union_all(
    *(
        statement.add_columns(literal(kind))
        for kind, statement in enumerate([*_of_the_business(), *(statement for _, statement in _PARTS)])
    )
)
