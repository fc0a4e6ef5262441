"""How many bookings a second do two processes take when customers ask all at once, and how long does each wait?

    .venv/bin/python -m benchmarks.booking_races [--clients 100] [--rounds 5] [--databases sqlite postgresql]

Two processes of the real core on one fresh migrated database. Beside it, in the same run, as many bare inserts into the
guarded table, each in a transaction of its own: what the database alone can do. A double booking or an error ends the
run, for then the figures mean nothing.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sqlalchemy import insert
from sqlalchemy.orm import Session

from benchmarks.databases import fresh_database
from benchmarks.machine import machine, sentence
from scheduler_core.availability.models import Hold, Reservation
from scheduler_core.db import Database
from tests.builders.parts import a_business, a_customer, a_resource
from tests.builders.processes import Answered, Servers, per_second, percentile, running_servers
from tests.builders.race import Race, words

_WRITERS = 20
_NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)


@dataclass
class Figures:
    """Of several rounds: the answers of each."""

    rounds: list[list[Answered]]

    @property
    def cells(self) -> tuple[str, str, str]:
        every = [answer for one in self.rounds for answer in one]
        rate = sum(per_second(one) for one in self.rounds) / len(self.rounds)
        return f"{rate:,.0f}", f"{percentile(every, 0.5):,.1f}", f"{percentile(every, 0.99):,.1f}"


@contextmanager
def core_on(kind: str) -> Iterator[tuple[Servers, Database]]:
    with fresh_database(kind) as database, tempfile.TemporaryDirectory(prefix="fd-races-") as home:
        url = database.engine.url.render_as_string(hide_password=False)
        with running_servers(url, Path(home)) as servers:
            yield servers, database


def raced(race: Race, minutes: Sequence[int], winners: int) -> list[Answered]:
    """Everybody asks for one of two people so many minutes after noon; ends the run unless so many get it."""
    for nth, minute in enumerate(minutes):
        race.wants(race.people[0 if winners == 1 else nth % 2], minute)
    answers = race.run()
    losers = len(minutes) - winners
    if words(answers) != {"201": winners} | ({"slot_taken": losers} if losers else {}):
        raise SystemExit(f"not one winner and no error: {words(answers)}")
    return answers


def races(servers: Servers, database: Database, clients: int, rounds: int) -> dict[str, Figures]:
    """One slot, starts that overlap, and a slot for everybody: each on a business of its own, several times."""
    plans: dict[str, tuple[list[int], int]] = {
        f"{clients} clients, one slot": ([0] * clients, 1),
        f"{clients} clients, starts 0/10/20 minutes apart": ([10 * (n % 3) for n in range(clients)], 1),
        f"{2 * clients} clients, a slot for each": ([60 * (n // 2) for n in range(2 * clients)], 2 * clients),
    }
    return {
        name: Figures([raced(Race.between(servers, database, _quiet), *plan) for _ in range(rounds)])
        for name, plan in plans.items()
    }


def _quiet(_name: str, _value: object) -> None:
    """The figures are worked out from the answers."""


def bare_inserts(database: Database, number: int) -> Figures:
    """Reservations of one hold, of different times, by as many writers as a process has connections."""
    insertion = database.transact(_an_insertion)

    def write(nth: int) -> Answered:
        began = time.perf_counter()
        database.transact(lambda session: insertion(session, nth))
        return Answered(201, {}, began, time.perf_counter())

    with ThreadPoolExecutor(_WRITERS) as pool:
        return Figures([list(pool.map(write, range(number)))])


def _an_insertion(session: Session) -> Callable[[Session, int], None]:
    business = a_business(session)
    resource = a_resource(session, business)
    _, conversation = a_customer(session, business, _NOON, "maria")
    hold = Hold(business_id=business, conversation_id=conversation, expires_at=_NOON)
    session.add(hold)
    session.flush()
    of = {"business_id": business, "resource_id": resource, "hold_id": hold.id, "unit": 0}

    def insertion(session: Session, nth: int) -> None:
        start = _NOON + timedelta(hours=nth)
        session.execute(insert(Reservation).values(**of, start_at=start, end_at=start + timedelta(hours=1)))

    return insertion


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--clients", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    asked = parser.parse_args()
    table = Table("database", "at once", "a second", "p50 ms", "p99 ms", title=sentence(machine()))
    for kind in asked.databases:
        with core_on(kind) as (servers, database):
            found = races(servers, database, asked.clients, asked.rounds)
            number = 2 * asked.clients * asked.rounds
            found[f"yardstick: {number} bare inserts, {_WRITERS} writers"] = bare_inserts(database, number)
        for name, figures in found.items():
            table.add_row(kind, name, *figures.cells)
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
