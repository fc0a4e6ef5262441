"""Invented bookings of the demo salon: the same for the same day, half full, under the real guards."""

import secrets
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.book import wall_start
from scheduler_core.appointments.models import Appointment, AppointmentItem
from scheduler_core.appointments.status import BOOKED, FULFILLED
from scheduler_core.availability.models import Reservation
from scheduler_core.availability.slots import (
    MINUTES_PER_DAY,
    Interval,
    Rule,
    instant_of,
    minute_of,
    subtract,
    windows,
)
from scheduler_core.businesses.hours import StaffHours
from scheduler_core.businesses.models import Business, Service, StaffMember, StaffService
from scheduler_core.businesses.queries import business
from scheduler_core.customers.models import Customer

_FULLNESS = 0.5
_PAUSES = (15, 30, 45, 60)

#: Who of the known customers has had what with whom: address, service, person, days from today.
_HISTORY = (
    ("maria", "Haircut", "Ana", (-84, -56, -28)),
    ("tom", "Beard trim", "Ben", (-63, -42, -21, 5)),
    ("priya", "Root touch-up", "Chloe", (-70, -35)),
)


@dataclass(frozen=True, slots=True)
class _Planned:
    customer_id: int
    service: Service
    staff_id: int
    location_id: int
    start: int


@dataclass(frozen=True, slots=True)
class _Roster:
    """Who works when, what each can do, and which minutes of theirs are taken."""

    salon: Business
    resources: dict[int, int]
    names: dict[str, int]
    rules: dict[int, dict[int, tuple[Rule, ...]]]
    skills: dict[int, list[Service]]
    crowd: Sequence[int]
    taken: dict[int, list[Interval]] = field(default_factory=lambda: defaultdict(list))

    def windows(self, staff_id: int, day: date) -> list[tuple[int, Interval]]:
        """(location, window) of a person's day, in order."""
        midnight = datetime.combine(day, datetime.min.time(), ZoneInfo(self.salon.zone))
        low = minute_of(midnight)
        found = [
            (location_id, window)
            for location_id, rules in self.rules[staff_id].items()
            for window in windows(rules, self.salon.zone, low, low + MINUTES_PER_DAY)
        ]
        return sorted(found, key=lambda pair: pair[1])


def add_history(session: Session, salon_id: int, known: dict[str, int], today: date, now: datetime) -> None:
    """Give the known customers their past visits, and Tom one to come."""
    roster = _roster(session, salon_id)
    planned = []
    for address, service_name, staff_name, offsets in _HISTORY:
        staff_id = roster.names[staff_name]
        service = next(s for s in roster.skills[staff_id] if s.name == service_name)
        for offset in offsets:
            day = today + timedelta(days=offset)
            while not roster.windows(staff_id, day):
                day += timedelta(days=1)
            location_id, window = roster.windows(staff_id, day)[0]
            planned.append(_Planned(known[address], service, staff_id, location_id, window[0] + 60))
    _save(session, roster, planned, now)


def fill(session: Session, salon_id: int, first: date, last: date, now: datetime) -> int:
    """Invent bookings for the days from ``first`` to ``last`` beside those that are there; how many."""
    roster = _roster(session, salon_id)
    rows = session.execute(
        select(Reservation.resource_id, Reservation.start_at, Reservation.end_at).where(
            Reservation.business_id == salon_id, Reservation.end_at > now - timedelta(days=60)
        )
    )
    for resource_id, start, end in rows:
        roster.taken[resource_id].append((minute_of(start), minute_of(end)))
    planned: list[_Planned] = []
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        for staff_id in roster.resources:
            planned += _day_of(roster, staff_id, date.fromordinal(ordinal))
    _save(session, roster, planned, now)
    return len(planned)


def _day_of(roster: _Roster, staff_id: int, day: date) -> list[_Planned]:
    dice = Random(f"{day.isoformat()}/{staff_id}")
    planned = []
    for location_id, window in roster.windows(staff_id, day):
        for low, high in subtract([window], roster.taken[roster.resources[staff_id]]):
            at = low + -low % 15
            while at < high:
                fitting = [s for s in roster.skills[staff_id] if at + _length(s) <= high]
                if not fitting or dice.random() > _FULLNESS:
                    at += dice.choice(_PAUSES)
                    continue
                service = dice.choice(fitting)
                planned.append(_Planned(dice.choice(roster.crowd), service, staff_id, location_id, at))
                at += _length(service)
    return planned


def _length(service: Service) -> int:
    return service.duration_minutes + service.buffer_after_minutes


def _save(session: Session, roster: _Roster, planned: Sequence[_Planned], now: datetime) -> None:
    if not planned:
        return
    ids = session.scalars(
        insert(Appointment).returning(Appointment.id, sort_by_parameter_order=True),
        [_appointment(roster, each, now) for each in planned],
    ).all()
    reservations = [
        {
            "business_id": roster.salon.id,
            "appointment_id": key,
            "resource_id": roster.resources[each.staff_id],
            "unit": 0,
            "start_at": instant_of(each.start),
            "end_at": instant_of(each.start + _length(each.service)),
        }
        for key, each in zip(ids, planned, strict=True)
    ]
    session.execute(insert(Reservation), reservations)
    session.execute(
        insert(AppointmentItem), [_item(roster, key, each) for key, each in zip(ids, planned, strict=True)]
    )


def _item(roster: _Roster, appointment_id: int, planned: _Planned) -> dict[str, object]:
    start = instant_of(planned.start)
    return {
        "appointment_id": appointment_id,
        "position": 0,
        "business_id": roster.salon.id,
        "service_id": planned.service.id,
        "staff_id": planned.staff_id,
        "start_at": start,
        "end_at": start + timedelta(minutes=planned.service.duration_minutes),
        "price_minor": planned.service.price_minor,
    }


def _appointment(roster: _Roster, planned: _Planned, now: datetime) -> dict[str, object]:
    start = instant_of(planned.start)
    end = start + timedelta(minutes=planned.service.duration_minutes)
    return {
        "business_id": roster.salon.id,
        "customer_id": planned.customer_id,
        "service_id": planned.service.id,
        "staff_id": planned.staff_id,
        "location_id": planned.location_id,
        "status": FULFILLED if end <= now else BOOKED,
        "version": 1,
        "start_at": start,
        "end_at": end,
        "zone": roster.salon.zone,
        "wall_start": wall_start(start, roster.salon.zone),
        "price_minor": planned.service.price_minor,
        "currency": roster.salon.currency,
        "policy": roster.salon.policy,
        "calendar_token": secrets.token_urlsafe(24),
        "created_at": now,
        "updated_at": now,
    }


def _roster(session: Session, salon_id: int) -> _Roster:
    members = session.scalars(select(StaffMember).where(StaffMember.business_id == salon_id)).all()
    rules: dict[int, dict[int, tuple[Rule, ...]]] = {member.id: {} for member in members}
    for hours in session.scalars(select(StaffHours).where(StaffHours.business_id == salon_id)):
        known = rules[hours.staff_id].get(hours.location_id, ())
        rule = Rule(hours.weekday, hours.starts_minute, hours.ends_minute)
        rules[hours.staff_id][hours.location_id] = (*known, rule)
    skills: dict[int, list[Service]] = defaultdict(list)
    pairs = session.execute(
        select(StaffService.staff_id, Service)
        .join(Service, Service.id == StaffService.service_id)
        .where(StaffService.business_id == salon_id)
        .order_by(Service.id)
    )
    for staff_id, service in pairs:
        skills[staff_id].append(service)
    crowd = select(Customer.id).where(Customer.business_id == salon_id).order_by(Customer.id).limit(60)
    return _Roster(
        salon=business(session, salon_id),
        resources={member.id: member.resource_id for member in members},
        names={member.name: member.id for member in members},
        rules=rules,
        skills=skills,
        crowd=session.scalars(crowd).all(),
    )
