"""A house for one goal: the goal's business, its diary with what was taken, the clock on the goal's day.

Core, front door and actions run in this process so that they can be given the clock; the assistant is the trained one.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

import actions.server
import channels.app
import frontdesk
import scheduler_core.app
from benchmarks.goals import ZONE, Goal, colleagues_of
from channels.terminal.channel import address_of
from scheduler_core.appointments.models import Appointment, AppointmentItem
from scheduler_core.availability.models import Reservation
from scheduler_core.businesses.models import Business, Service, StaffMember
from scheduler_core.customers.models import ContactPoint
from scheduler_core.customers.models import Customer as Person
from scheduler_core.db.migrate import upgrade
from scheduler_core.db.session import Database, open_database
from scheduler_core.settings import Settings
from tests.builders import parts
from tests.journeys.house import App, Bot, Customer, HandSetClock, TerminalVoice, WebVoice

MINUTES = 15
"""Every visit and the grid, so that what was taken never stands in the way of what is wished."""
SOMEBODY = "Somebody"
"""Who has the times that are taken."""
_OPENS, _CLOSES = 8 * 60, 23 * 60 + 30
_TAKEN_ELSEWHERE = 0.3
_DAYS_AHEAD = 16


@dataclass(frozen=True)
class Booked:
    """A visit as it stands in the diary at the end."""

    start: datetime
    services: tuple[str, ...]
    person: str
    attendee: str | None = None


@dataclass(frozen=True)
class GoalHouse:
    settings: Settings
    clock: HandSetClock
    database: Database

    def customer(self, known_as: str | None) -> Customer:
        """On the page everybody is new; whom the business knows by name writes from the terminal."""
        url = self.settings.public_url
        voice = TerminalVoice(url, known_as) if known_as else WebVoice(url)
        return Customer(voice, self.clock)

    def booked(self) -> list[Booked]:
        with self.database.read() as session:
            rows = session.execute(
                select(Appointment, StaffMember.name)
                .join(StaffMember, StaffMember.id == Appointment.staff_id)
                .join(Person, Person.id == Appointment.customer_id)
                .where(Appointment.status == "booked", Person.name != SOMEBODY)
            ).all()
            return [
                Booked(visit.start_at.astimezone(ZONE), _services_of(session, visit), person, visit.attendee)
                for visit, person in rows
            ]


class GoalHouses:
    """One assistant and one empty database, from which a house is made for each goal."""

    def __init__(self, folder: Path, model: Path) -> None:
        self._folder = folder
        self._settings = Settings(
            home=folder,
            front_port=frontdesk.free_port(),
            core_port=frontdesk.free_port(),
            actions_port=frontdesk.free_port(),
            bot_port=frontdesk.free_port(),
            workers=0,  # a simulated clock, whose reader says when due work is done
        )
        self._empty = folder / "empty.db"
        database = open_database(f"sqlite:///{self._empty}")
        upgrade(database)
        database.close()
        self._bot = Bot(self._settings, model)
        self._closing = ExitStack()

    def __enter__(self) -> GoalHouses:
        settings = self._settings
        self._closing.enter_context(App(lambda: actions.server.create_app(settings), settings.actions_port))
        self._closing.callback(self._bot.stop)
        self._bot.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._closing.close()

    @contextmanager
    def open(self, goal: Goal, taken: tuple[datetime, ...], known_as: str | None) -> Iterator[GoalHouse]:
        """`taken`: starts that somebody else has; `known_as`: a customer the business knows by name."""
        file = self._folder / f"{secrets.token_hex(6)}.db"
        shutil.copy(self._empty, file)
        settings = self._settings.model_copy(update={"database_url": f"sqlite:///{file}"})
        clock = HandSetClock(goal.now.astimezone(UTC))
        database = open_database(settings.database_url)
        database.transact(lambda session: _fill(session, goal, taken, known_as))
        core = App(lambda: scheduler_core.app.create_app(settings, clock), settings.core_port)
        front = App(lambda: channels.app.create_app(settings, clock), settings.front_port)
        try:
            with core, front:
                yield GoalHouse(settings, clock, database)
        finally:
            database.close()
            for left in self._folder.glob(f"{file.name}*"):
                left.unlink()


def _services_of(session: Session, visit: Appointment) -> tuple[str, ...]:
    items = (
        select(Service.name)
        .join(AppointmentItem, AppointmentItem.service_id == Service.id)
        .where(AppointmentItem.appointment_id == visit.id)
        .order_by(AppointmentItem.position)
    )
    return tuple(session.scalars(items)) or (session.get_one(Service, visit.service_id).name,)


def _fill(session: Session, goal: Goal, taken: tuple[datetime, ...], known_as: str | None) -> None:
    zone = ZONE.key
    policy: dict[str, Any] = {"grid_minutes": MINUTES, "min_notice_minutes": 0, "horizon_days": 60}
    business = parts.a_business(session, zone, **policy)
    session.get_one(Business, business).name = goal.business
    session.get_one(Business, business).locale = "en-US"
    hours = _hours(goal)
    place = parts.a_location(session, business, zone, hours)
    names = [*([goal.person] if goal.person else []), *colleagues_of(goal)]
    people = [parts.a_person(session, business, name, {place: hours}) for name in names]
    plain: dict[str, Any] = {"category": "", "aliases": [], "duration_minutes": MINUTES}
    service, *_ = [
        parts.a_service(session, business, by=people, name=name, price_minor=4000 + 500 * n, **plain)
        for n, name in enumerate((goal.service, *goal.other_services))
    ]
    somebody, _ = parts.a_customer(session, business, goal.now, SOMEBODY.lower())
    for number, member in enumerate(people):
        for start in sorted({*taken, *_busy(goal, number)}):
            _add_visit(session, (business, place, service, member, somebody), start)
    if known_as:
        person = Person(business_id=business, name=known_as, created_at=goal.now)
        session.add(person)
        session.flush()
        to = {"channel": "terminal", "address": address_of(known_as)}
        session.add(ContactPoint(business_id=business, customer_id=person.id, **to))


def _hours(goal: Goal) -> parts.Hours:
    """Every day from eight, or from the hour that this customer wants."""
    opens = min([_OPENS, *(60 * wish.hour for wish in goal.wishes)])
    return dict.fromkeys(range(7), ((opens, _CLOSES),))


def _add_visit(session: Session, ids: tuple[int, int, int, int, int], start: datetime) -> None:
    business, place, service, member, customer = ids
    begins, ends = start.astimezone(UTC), (start + timedelta(minutes=MINUTES)).astimezone(UTC)
    visit = Appointment(
        business_id=business,
        customer_id=customer,
        service_id=service,
        staff_id=member,
        location_id=place,
        status="booked",
        start_at=begins,
        end_at=ends,
        zone=ZONE.key,
        wall_start=f"{start:%Y-%m-%dT%H:%M}",
        price_minor=4000,
        currency="USD",
        policy={},
        calendar_token=secrets.token_hex(8),
        created_at=begins,
        updated_at=begins,
    )
    session.add(visit)
    session.flush()
    resource = parts.resource_of(session, member)
    taken = {"resource_id": resource, "unit": 0, "start_at": begins, "end_at": ends}
    session.add(Reservation(business_id=business, appointment_id=visit.id, **taken))


def _busy(goal: Goal, number: int) -> Iterator[datetime]:
    """Other people's visits, never at a time this customer wishes for."""
    dice = Random(f"{goal.id} {number}")
    midnight = goal.now.replace(hour=0, minute=0)
    for day in range(_DAYS_AHEAD):
        for minute in range(8 * 60, 23 * 60, MINUTES):
            start = midnight + timedelta(days=day, minutes=minute)
            if dice.random() < _TAKEN_ELSEWHERE and start not in (*goal.wishes, goal.child_start):
                yield start
