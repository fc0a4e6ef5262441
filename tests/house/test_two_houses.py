"""Two whole houses on one PostgreSQL: they are told of nothing but its URL, and share all there is to do."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

import frontdesk
from scheduler_core.businesses.models import Business, Location, StaffService
from scheduler_core.clock import system_clock
from scheduler_core.db import Database, open_database
from scheduler_core.outbox.models import Job, OutboundMessage
from tests.builders.databases import NoPostgreSQL, a_postgresql_database, postgresql_server
from tests.builders.reminded import RULES, visits_to_remind_of
from tests.house.checkout import ROOT
from tests.journeys.house import wait_until


class ServedHouse:
    """Its core and its front door, as `./frontdesk up` starts them. Only because both are on one machine, their ports
    and their folders are told.
    """

    def __init__(self, url: str, home: Path, stack: ExitStack) -> None:
        ports = {name: frontdesk.free_port() for name in ("FRONT", "CORE", "ACTIONS", "BOT")}
        told = {f"FRONTDESK_{name}_PORT": str(port) for name, port in ports.items()}
        of_nobody = {name: value for name, value in os.environ.items() if not name.startswith("FRONTDESK_")}
        self._environment = of_nobody | told | {"DATABASE_URL": url, "FRONTDESK_HOME": str(home)}
        self._core, self._home, self._stack = ports["CORE"], home, stack
        self._processes: list[subprocess.Popen[bytes]] = []

    def serves(self, part: str) -> None:
        command = [sys.executable, str(ROOT / "frontdesk.py"), "serve", part]
        log = self._stack.enter_context((self._home.parent / f"{self._home.name}-{part}.log").open("wb"))
        process = subprocess.Popen(
            command, cwd=ROOT, env=self._environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        self._stack.callback(process.wait)
        self._stack.callback(process.kill)
        self._processes.append(process)

    def is_open(self) -> bool:
        return frontdesk.answers(self._core, "/healthz")

    def send(self, number: signal.Signals) -> None:
        for process in self._processes:
            process.send_signal(number)

    @contextmanager
    def asleep(self) -> Iterator[None]:
        self.send(signal.SIGSTOP)
        yield
        self.send(signal.SIGCONT)


@pytest.fixture
def bare_url() -> Iterator[str]:
    """Of a database in which nothing is, not even a table."""
    try:
        with postgresql_server() as server, a_postgresql_database(server, "template0") as url:
            yield url
    except NoPostgreSQL as why:
        pytest.skip(f"NO POSTGRESQL: {why}")


def reminders_come_due(database: Database, count: int) -> list[int]:
    """Of visits to the business that both serve; their ids."""

    def make(session: Session) -> list[int]:
        salon = session.scalars(select(Business)).one()
        salon.policy = salon.policy | RULES
        someone = session.scalars(select(StaffService).order_by(StaffService.staff_id).limit(1)).one()
        place = session.scalars(select(Location.id).order_by(Location.id).limit(1)).one()
        at = (salon.id, place, someone.staff_id, someone.service_id)
        return visits_to_remind_of(session, [system_clock()] * count, at, "terminal")

    return database.transact(make)


def sent_to(database: Database, visits: list[int]) -> dict[int, int]:
    """How many reminders of each visit have been sent."""
    counted = (
        select(OutboundMessage.appointment_id, func.count())
        .where(OutboundMessage.kind == "reminder", OutboundMessage.state == "sent")
        .where(OutboundMessage.appointment_id.in_(visits))
        .group_by(OutboundMessage.appointment_id)
    )
    with database.read() as session:
        return {visit: count for visit, count in session.execute(counted) if visit is not None}


def test_two_houses_share_one_database_s_work_and_say_each_thing_once(bare_url: str, tmp_path: Path) -> None:
    with ExitStack() as stack:
        houses = one, other = [ServedHouse(bare_url, tmp_path / name, stack) for name in ("one", "other")]
        for house in houses:
            house.serves("core")
        wait_until(lambda: one.is_open() and other.is_open(), "both houses open")
        for house in houses:
            house.serves("channels")
        database = open_database(bare_url)
        stack.callback(database.close)

        with one.asleep():
            by_other = reminders_come_due(database, 20)
            wait_until(lambda: len(sent_to(database, by_other)) == 20, "the other does what is due")
        with other.asleep():
            by_one = reminders_come_due(database, 20)
            wait_until(lambda: len(sent_to(database, by_one)) == 20, "the one does what is due")
        by_both = reminders_come_due(database, 60)
        wait_until(lambda: len(sent_to(database, by_both)) == 60, "both do what is due")

        assert set(sent_to(database, by_other + by_one + by_both).values()) == {1}
        with database.read() as session:
            assert session.scalar(select(func.count(Business.id))) == 1, "both made a demo business"
            assert not session.scalars(select(Job.id).where(Job.state == "dead")).all()
