"""Reminders come due while visits are moved and cancelled and workers are killed; then everything is counted."""

import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.cancel import give_up
from scheduler_core.appointments.history import snapshot, took_step
from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.queries import to_change
from scheduler_core.appointments.status import BOOKED, CANCELLED
from scheduler_core.clock import system_clock
from scheduler_core.db import Database
from scheduler_core.outbox.models import Job, OutboundMessage
from scheduler_core.permissions.caller import Caller
from scheduler_core.settings import Settings
from tests.builders.killable import a_process, entries
from tests.builders.reminded import AHEAD, visits_to_remind_of

_PATIENCE_SECONDS = 600.0
#: Past every lease, and past the minutes over which the reminders of moved visits are spread.
AT_THE_END = timedelta(minutes=15)
#: A message whose sender has it in hand in the moment of the change.
_IN_HAND = timedelta(seconds=1)


@dataclass(frozen=True)
class Counted:
    """``lost``: of visits that stand and were not reminded of; the others: messages that should not have been sent."""

    visits: int
    changed: int
    kills: int
    sent: int
    lost: int
    doubled: int
    of_dead_visits: int
    at_an_old_time: int

    @property
    def faults(self) -> int:
        return self.lost + self.doubled + self.of_dead_visits + self.at_an_old_time


def remind_under_fire(
    database: Database, folder: Path, visits: int, changes: int, kills: int, over: timedelta, seed: int = 1
) -> Counted:
    """``over``: from the first reminder that comes due to the last."""
    ledger = folder / "ledger.txt"
    first = system_clock() + timedelta(seconds=2)
    due_at = [first + over * nth / visits for nth in range(visits)]
    ids = database.transact(lambda session: visits_to_remind_of(session, due_at))
    work_under_fire(database, ids, changes, over.total_seconds() / max(changes, 1), kills, ledger, seed)
    return _counted(database, ids, ledger, changes, kills)


def work_under_fire(
    database: Database, ids: list[int], changes: int, pause: float, kills: int, ledger: Path, seed: int
) -> list[int]:
    """Do all that is due of these visits, of which some are changed meanwhile, ``pause`` seconds apart; those."""
    url = database.engine.url.render_as_string(hide_password=False)
    with database.read() as session:
        business = session.scalars(select(Appointment.business_id).where(Appointment.id == ids[0])).one()
    chosen = Random(seed).sample(ids, changes)
    changing = threading.Thread(target=_change_all, args=(database, chosen, pause))
    changing.start()
    for _ in range(kills):
        enough = len(entries(ledger)) + len(ids) // (2 * kills)
        with a_process(url, timedelta(0), business, ledger) as process:
            wait_until(process, lambda: len(entries(ledger)), enough)
    changing.join()
    with a_process(url, AT_THE_END, business, ledger) as process:
        wait_until(process, lambda: -waiting(database), 0)
    return chosen


def _change_all(database: Database, ids: list[int], pause: float) -> None:
    rest = threading.Event()
    for nth, key in enumerate(ids):
        rest.wait(pause)
        database.transact(partial(_change, database, key, nth % 2 == 0))


def _change(database: Database, appointment_id: int, cancels: bool, session: Session) -> None:
    business_id = session.scalars(
        select(Appointment.business_id).where(Appointment.id == appointment_id)
    ).one()
    visit = to_change(session, business_id, appointment_id)
    caller, now = Caller(Settings(), database, system_clock, "test"), system_clock()
    if cancels:
        give_up(session, caller, now, visit, CANCELLED, "cancelled", None)
        return
    before = snapshot(session, visit)
    visit.start_at, visit.end_at = now + AHEAD + timedelta(minutes=7), now + AHEAD + timedelta(minutes=67)
    visit.version += 1
    took_step(session, caller, now, visit, "rescheduled", before)


def _counted(database: Database, ids: list[int], ledger: Path, changed: int, kills: int) -> Counted:
    sent = entries(ledger)
    with database.read() as session:
        said = {row.id: row for row in session.scalars(select(OutboundMessage))}
        visits = {row.id: row for row in session.scalars(select(Appointment).where(Appointment.id.in_(ids)))}
    about = [(visits[said[key].appointment_id or 0], said[key].appointment_version, at) for key, at in sent]
    current = Counter(visit.id for visit, version, _ in about if version == visit.version)
    late = [
        visit for visit, version, at in about if version != visit.version and at > visit.updated_at + _IN_HAND
    ]
    of_dead = [visit for visit, version, at in about if visit.status != BOOKED and version == visit.version]
    return Counted(
        visits=len(ids),
        changed=changed,
        kills=kills,
        sent=len(sent),
        lost=sum(visit.status == BOOKED and not current[key] for key, visit in visits.items()),
        doubled=len(sent) - len({(visit.id, version) for visit, version, _ in about}),
        of_dead_visits=len(of_dead) + sum(visit.status != BOOKED for visit in late),
        at_an_old_time=sum(visit.status == BOOKED for visit in late),
    )


def waiting(database: Database) -> int:
    """Pieces of work that are still to be done by the end."""
    later = system_clock() + AT_THE_END
    live = select(func.count(Job.id)).where(Job.state.in_(("pending", "running")), Job.due_at <= later)
    with database.read() as session:
        return session.scalar(live) or 0


def wait_until(process: subprocess.Popen[bytes], count: Callable[[], int], enough: int) -> None:
    rest, end = threading.Event(), time.monotonic() + _PATIENCE_SECONDS
    while count() < enough:
        assert process.poll() is None, "it fell by itself"
        assert time.monotonic() < end, "it came to no end"
        rest.wait(0.05)
