"""How long does it take to find the free times of 1 to 1,000 people over 30 days, and to book one?

    .venv/bin/python -m benchmarks.availability_search [--staff 1 10 100 1000] [--runs 30] [--databases sqlite]

On databases of its own in a temporary folder, which is deleted; PostgreSQL by TEST_DATABASE_URL or from the wheel.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.table import Table
from sqlalchemy import event
from sqlalchemy.orm import Session

from benchmarks.databases import fresh_database
from benchmarks.diaries import DAYS, NOW, a_business
from benchmarks.machine import machine, sentence
from benchmarks.plain_intervals import bookable_starts
from scheduler_core.appointments.book import book
from scheduler_core.appointments.schemas import BookIn
from scheduler_core.availability import bits, slots
from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.listing import listing
from scheduler_core.availability.search import Wanted, search
from scheduler_core.availability.slots import minute_of
from scheduler_core.db import Database
from scheduler_core.permissions.caller import Caller
from scheduler_core.settings import Settings

_GRID = 30
_ALL = 10_000_000
Result = TypeVar("Result")


@dataclass
class Timed:
    """Milliseconds of each run, and the most statements that one of them sent."""

    milliseconds: list[float]
    queries: int

    def __str__(self) -> str:
        ordered = sorted(self.milliseconds)
        p95 = ordered[max(0, -(-95 * len(ordered) // 100) - 1)]
        return f"{statistics.median(ordered):.2f} / {p95:.2f}"


class Bench:
    """One business of one size on one database."""

    def __init__(self, database: Database, staff: int, runs: int) -> None:
        self.database, self.runs = database, runs
        self.ids = database.transact(lambda session: a_business(session, staff))
        self.question = Enquiry(self.ids["business"], (self.ids["service"],))
        low = minute_of(NOW)
        self.month = (low, low + DAYS * 1440)

    def cold(self) -> Timed:
        """As the first question of a new process, its connection open."""
        return self._timed(lambda: self._read(self._search), before=self._forget)

    def warm(self) -> Timed:
        self._read(self._search)
        return self._timed(lambda: self._read(self._search))

    def after_a_booking(self) -> Timed:
        """Warm, but somebody has just been booked: their day is read again."""
        times = iter(self._free(self.runs))
        return self._timed(lambda: self._read(self._search), before=lambda: self._book(next(times)))

    def first_page(self) -> Timed:
        """The first thousand slots of a calendar of free times, each with who could take it, warm."""
        return self._timed(
            lambda: self._read(lambda session: listing(session, self.question, *self.month, 1000, NOW))
        )

    def yardstick(self) -> Timed:
        def plain() -> list[float]:
            return self._read(lambda session: bookable_starts(session, self.ids, NOW, DAYS, _GRID))

        with self.database.read() as session:
            ours = listing(session, self.question, *self.month, _ALL, NOW)
        mine = {spot.start * 60 for spot in ours.spots}
        assert mine == set(plain()), "the yardstick and the engine disagree: the figures mean nothing"
        return self._timed(plain)

    def booking(self) -> Timed:
        times = iter(self._free(self.runs))
        return self._timed(lambda: self._book(next(times)))

    def _search(self, session: Session) -> object:
        return search(session, Wanted(self.question, [self.month]), NOW)

    def _free(self, count: int) -> list[tuple[datetime, int, int]]:
        with self.database.read() as session:
            found = listing(session, self.question, *self.month, _ALL, NOW).spots
        step = max(1, len(found) // count)
        return [(slots.instant_of(s.start), s.staff_id, s.location_id) for s in found[::step][:count]]

    def _book(self, spot: tuple[datetime, int, int]) -> object:
        asked = BookIn(
            customer_id=self.ids["customer"],
            service_id=self.ids["service"],
            start=spot[0],
            staff_id=spot[1],
            location_id=spot[2],
        )
        caller = Caller(_SETTINGS, self.database, lambda: NOW, "benchmark")
        return caller.change(lambda session, now: book(session, caller, now, self.ids["business"], asked))

    def _read(self, work: Callable[[Session], Result]) -> Result:
        with self.database.read() as session:
            return work(session)

    def _forget(self) -> None:
        self.database.engine.dispose()
        slots.windows.cache_clear()
        bits.grid.cache_clear()
        with self.database.read() as session:
            session.connection()

    def _timed(self, work: Callable[[], object], before: Callable[[], object] = lambda: None) -> Timed:
        waits, queries = [], 0
        for _ in range(self.runs):
            before()
            with self._counting() as counted:
                began = time.perf_counter()
                work()
                waits.append(1000 * (time.perf_counter() - began))
            queries = max(queries, counted[0])
        return Timed(waits, queries)

    @contextmanager
    def _counting(self) -> Iterator[list[int]]:
        counted = [0]

        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            counted[0] += not statement.startswith(("BEGIN", "PRAGMA"))

        event.listen(self.database.engine, "before_cursor_execute", note)
        yield counted
        event.remove(self.database.engine, "before_cursor_execute", note)


_SETTINGS = Settings(home=Path(tempfile.gettempdir()) / "frontdesk-benchmark")

_MEASURES: tuple[tuple[str, Callable[[Bench], Timed]], ...] = (
    ("any person, cold", Bench.cold),
    ("any person, warm", Bench.warm),
    ("any person, just after a booking", Bench.after_a_booking),
    ("a page of 1,000 slots, warm", Bench.first_page),
    ("plain intervals (yardstick)", Bench.yardstick),
    ("book", Bench.booking),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--staff", type=int, nargs="+", default=[1, 10, 100, 1000])
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    asked = parser.parse_args()
    console = Console(width=140)
    console.print(sentence(machine()))
    for kind in asked.databases:
        with ExitStack() as stack:
            database = stack.enter_context(fresh_database(kind))
            table = Table(
                title=f"{kind}: p50 / p95 in ms (queries), {DAYS} days, 40 % booked, {asked.runs} runs"
            )
            table.add_column("")
            rows: dict[str, list[str]] = {name: [] for name, _ in _MEASURES}
            for staff in asked.staff:
                table.add_column(f"{staff} staff", justify="right")
                bench = Bench(database, staff, asked.runs)
                for name, measure in _MEASURES:
                    timed = measure(bench)
                    rows[name].append(f"{timed} ({timed.queries})")
            for name, cells in rows.items():
                table.add_row(name, *cells)
            console.print(table)


if __name__ == "__main__":
    main()
