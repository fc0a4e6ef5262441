"""Preparing makes an installation ready, quickly, as often as one likes, and invents nothing for a real business."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from scheduler_core.app import create_app
from scheduler_core.appointments.models import Appointment
from scheduler_core.availability.models import Reservation
from scheduler_core.businesses.hours import StaffHours
from scheduler_core.businesses.models import Business, Location, Service, StaffMember
from scheduler_core.customers.demo import KNOWN
from scheduler_core.db import Database, open_database
from scheduler_core.manage import prepare
from scheduler_core.settings import Settings
from tests.builders.core import HandClock

A_SATURDAY = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


@pytest.fixture
def clock() -> HandClock:
    return HandClock(A_SATURDAY)


@pytest.fixture
def demo(settings: Settings, clock: HandClock) -> Iterator[Database]:
    prepare(settings, clock=clock)
    database = open_database(settings.database_url)
    yield database
    database.close()


def count(database: Database, table: type) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def last_start(database: Database) -> datetime:
    with database.read() as session:
        return session.scalars(select(func.max(Appointment.start_at))).one()


def test_a_new_installation_has_a_believable_salon_and_is_served(demo: Database, settings: Settings) -> None:
    assert [count(demo, table) for table in (Business, Location, Service, StaffMember)] == [1, 2, 10, 4]
    create_app(settings).state.database.close()


def test_the_coming_three_weeks_are_about_half_full(demo: Database, clock: HandClock) -> None:
    first, end = clock.now + timedelta(days=1), clock.now + timedelta(days=22)
    with demo.read() as session:
        spans = session.execute(
            select(Reservation.start_at, Reservation.end_at).where(
                Reservation.start_at >= first, Reservation.start_at < end
            )
        ).all()
        worked = session.scalars(select(func.sum(StaffHours.ends_minute - StaffHours.starts_minute))).one()
    booked = sum((until - since).total_seconds() / 60 for since, until in spans)
    assert 0.45 < booked / (worked * 3) < 0.65


def test_preparing_again_changes_nothing(demo: Database, settings: Settings, clock: HandClock) -> None:
    before = count(demo, Appointment)
    prepare(settings, clock=clock)
    assert count(demo, Appointment) == before


def test_a_demo_started_again_a_week_later_has_three_weeks_before_it(
    demo: Database, settings: Settings, clock: HandClock
) -> None:
    clock.move(days=9)
    prepare(settings, clock=clock)
    assert last_start(demo) > clock.now + timedelta(days=18)


def test_a_real_business_is_left_alone(demo: Database, settings: Settings, clock: HandClock) -> None:
    demo.transact(lambda session: session.execute(update(Business).values(demo_until=None)))
    before = count(demo, Appointment)
    clock.move(days=9)
    prepare(settings, clock=clock)
    assert (count(demo, Appointment), count(demo, Business)) == (before, 1)


def test_the_same_day_is_invented_alike(tmp_path: Path) -> None:
    def starts(name: str) -> list[datetime]:
        settings = Settings(home=tmp_path / name)
        prepare(settings, clock=HandClock(A_SATURDAY))
        database = open_database(settings.database_url)
        with database.read() as session:
            found = list(session.scalars(select(Appointment.start_at).order_by(Appointment.id)))
        database.close()
        return found

    assert starts("one") == starts("two")


def test_known_customers_have_their_usual(demo: Database, clock: HandClock) -> None:
    with demo.read() as session:
        past = select(func.count(func.distinct(Appointment.customer_id))).where(
            Appointment.start_at < clock.now - timedelta(days=20)
        )
        assert session.scalar(past) == len(KNOWN)


def test_seeding_takes_less_than_three_seconds(settings: Settings, clock: HandClock) -> None:
    began = time.process_time()
    steps: list[str] = []
    prepare(settings, steps.append, clock)
    assert time.process_time() - began < 3
    assert steps == ["folder", "migrations", "demo business"]


def test_processes_share_the_key_that_the_first_one_makes(tmp_path: Path) -> None:
    first, second = Settings(home=tmp_path), Settings(home=tmp_path)
    assert first.api_key == second.api_key
    assert len(first.api_key.get_secret_value()) > 30
    assert (tmp_path / "api.key").stat().st_mode & 0o077 == 0
