"""How many reminders a second does a worker word and queue, how late are they, and is one lost when workers are killed?

    .venv/bin/python -m benchmarks.durable_messages [--reminders 10000] [--databases sqlite postgresql]

On a fresh migrated database of each kind. The yardstick works through as many rows of the same table with claims and
closings alone, in the same run. A reminder lost, doubled, of a visit that is gone or at an old time is printed as what
it is, and the exit code is 1.
"""

import argparse
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from benchmarks.databases import fresh_database
from benchmarks.machine import machine, sentence
from scheduler_core.clock import system_clock
from scheduler_core.db import Database
from scheduler_core.outbox import due
from scheduler_core.outbox.models import Job, OutboundMessage
from scheduler_core.outbox.working import Worker
from scheduler_core.settings import Settings
from scheduler_core.worker import HANDLERS, OF_MANY, working
from tests.builders.killable import a_process
from tests.builders.reminded import visits_to_remind_of
from tests.builders.reminding import Counted, remind_under_fire

_IDLE_SECONDS = 20.0
_PACE = 100


@dataclass(frozen=True)
class Figures:
    yardstick: float
    one_worker: float
    two_workers: float
    late_p95: float
    idle_percent: float
    counted: Counted


def _settings() -> Settings:
    return Settings(home=Path(tempfile.gettempdir()) / "frontdesk-benchmark")


def _rate(database: Database, reminders: int, workers: int) -> float:
    """Reminders worded and queued a second by processes that wait for them, from when all of them come due."""
    at = system_clock() + timedelta(seconds=6 + reminders / 2000)
    visits = database.transact(lambda session: visits_to_remind_of(session, [at] * reminders))
    url = database.engine.url.render_as_string(hide_password=False)
    with ExitStack() as stack:
        for _ in range(workers):
            stack.enter_context(a_process(url))
        while len(queued := _queued(database, visits)) < reminders:
            threading.Event().wait(0.5)
    return reminders / (max(queued.values()) - at).total_seconds()


def _queued(database: Database, visits: list[int]) -> dict[int, datetime]:
    """When the reminder of each visit was queued."""
    first, last = min(visits), max(visits)
    wanted = select(OutboundMessage.appointment_id, OutboundMessage.created_at).where(
        OutboundMessage.appointment_id.between(first, last), OutboundMessage.kind == "reminder"
    )
    with database.read() as session:
        return {row.appointment_id or 0: row.created_at for row in session.execute(wanted)}


def _bare(database: Database, rows: int) -> float:
    """Claimed and closed a second, by a worker whose handler does nothing, each row in a transaction of its own."""

    def plan(session: Session) -> None:
        for nth in range(rows):
            due.plan(
                session, business_id=1, kind="nothing", subject=f"n{nth}", due_at=system_clock(),
                idem_key=f"nothing:{nth}",
            )  # fmt: skip

    database.transact(plan)
    worker = Worker(database, _settings(), system_clock, {"nothing": lambda *_: None})
    began = time.perf_counter()
    worker.work_until_idle()
    return rows / (time.perf_counter() - began)


def _late_p95(database: Database, reminders: int) -> float:
    """Seconds from due to queued, of reminders that come due ``_PACE`` a second while a worker waits for them."""
    first = system_clock() + timedelta(seconds=3)
    due_at = [first + timedelta(seconds=nth / _PACE) for nth in range(reminders)]
    visits = database.transact(lambda session: visits_to_remind_of(session, due_at))
    worker = Worker(database, _settings(), system_clock, HANDLERS, OF_MANY)
    thread = worker.start()
    threading.Event().wait(6 + reminders / _PACE)
    worker.stop(thread)
    queued = _queued(database, visits)
    late = sorted((queued[key] - at).total_seconds() for key, at in zip(visits, due_at, strict=True))
    return late[int(0.95 * len(late))]


def _idle_percent(database: Database) -> float:
    """Of a core, by the workers of a process that has nothing to do."""
    with working(database, _settings(), system_clock):
        threading.Event().wait(5)
        before = time.process_time()
        threading.Event().wait(_IDLE_SECONDS)
        return 100 * (time.process_time() - before) / _IDLE_SECONDS


def _measured(kind: str, reminders: int) -> Figures:
    with fresh_database(kind) as database, tempfile.TemporaryDirectory(prefix="fd-durable-") as folder:
        few = max(100, reminders // 5)
        bare, idle = _bare(database, few), _idle_percent(database)
        one, two = _rate(database, few, 1), _rate(database, few, 2)
        late = _late_p95(database, few)
        database.transact(lambda session: session.execute(delete(Job)))
        over = timedelta(seconds=reminders / 150)
        counted = remind_under_fire(database, Path(folder), reminders, reminders // 10, 10, over)
        return Figures(bare, one, two, late, idle, counted)


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--reminders", type=int, default=10_000)
    asked.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    options, console = asked.parse_args(), Console(soft_wrap=True)
    console.print(sentence(machine()))
    found = {kind: _measured(kind, options.reminders) for kind in options.databases}
    table = Table("", *found)
    for name, cell in _ROWS.items():
        table.add_row(name, *(cell(figures) for figures in found.values()))
    console.print(table)
    faults = [
        f.counted.lost + f.counted.doubled + f.counted.of_dead_visits + f.counted.at_an_old_time
        for f in found.values()
    ]
    return int(any(faults))


_ROWS: dict[str, Callable[[Figures], str]] = {
    "reminders a second, one worker (aim 300)": lambda f: f"{f.one_worker:,.0f}",
    "reminders a second, two workers": lambda f: f"{f.two_workers:,.0f}",
    "bare claims and closings a second (yardstick)": lambda f: f"{f.yardstick:,.0f}",
    "lateness p95 in s (aim 1)": lambda f: f"{f.late_p95:.2f}",
    "idle, % of a core (aim 2)": lambda f: f"{f.idle_percent:.2f}",
    "killed with -9": lambda f: f"{f.counted.kills} times",
    "visits, of which moved or cancelled": lambda f: f"{f.counted.visits:,}, {f.counted.changed:,}",
    "sent": lambda f: f"{f.counted.sent:,}",
    "lost / doubled": lambda f: f"{f.counted.lost} / {f.counted.doubled}",
    "of visits that are gone / at an old time": lambda f: (
        f"{f.counted.of_dead_visits} / {f.counted.at_an_old_time}"
    ),
}

if __name__ == "__main__":
    raise SystemExit(main())
