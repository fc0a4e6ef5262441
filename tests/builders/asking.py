"""Visits end all at once while whoever asks how they were is killed; then everything is counted."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.appointments.history import snapshot, took_step
from scheduler_core.appointments.queries import to_change
from scheduler_core.appointments.status import FULFILLED
from scheduler_core.clock import system_clock
from scheduler_core.db import Database
from scheduler_core.feedback.ask import FEEDBACK
from scheduler_core.feedback.models import ASKED, FollowUp
from scheduler_core.outbox.models import Job, OutboundMessage
from scheduler_core.permissions.caller import Caller
from scheduler_core.settings import Settings
from tests.builders.killable import a_process, entries
from tests.builders.reminded import AHEAD, a_business_to_remind, visits_to_remind_of
from tests.builders.reminding import AT_THE_END, wait_until, waiting

#: So long ago the visits began that the question is due as soon as they are marked as done.
_BEGAN = timedelta(hours=4)
#: Each process begins when what the one before it had in hand is free again.
_PAST_A_LEASE = timedelta(minutes=2)


@dataclass(frozen=True)
class Asked:
    """By visit: how often the question was sent and how often it is kept as asked; and what work was given up."""

    sent: Counter[int]
    kept: Counter[int]
    given_up: list[str]


def ask_under_fire(database: Database, folder: Path, visits: int, kills: int) -> tuple[list[int], Asked]:
    """Half of the kills come while the questions are put into words, the others while they are sent."""
    url, ledger = database.engine.url.render_as_string(hide_password=False), folder / "ledger.txt"
    ids, business = database.transact(partial(_visits_just_over, database, visits))
    for kill in range(1, kills + 1):
        enough, count = visits * kill // (kills + 1), partial(_asked, database, ids)
        if kill % 2 == 0:
            count = partial(_lines, ledger)
        with a_process(url, kill * _PAST_A_LEASE, business, ledger) as process:
            wait_until(process, count, enough)
    with a_process(url, AT_THE_END, business, ledger) as process:
        wait_until(process, lambda: -waiting(database), 0)
    return ids, _counted(database, business, ids, ledger)


def _visits_just_over(database: Database, visits: int, session: Session) -> tuple[list[int], int]:
    """Marked as done in one transaction, so that what follows of all of them is due at once."""
    salon, now = a_business_to_remind(session), system_clock()
    ids = visits_to_remind_of(session, [now - _BEGAN - AHEAD] * visits, salon)
    caller = Caller(Settings(), database, system_clock, "test")
    for key in ids:
        visit = to_change(session, salon[0], key)
        before = snapshot(session, visit)
        visit.status, visit.version, visit.finished_at = FULFILLED, visit.version + 1, visit.end_at
        took_step(session, caller, now, visit, "finished", before)
    return ids, salon[0]


def _asked(database: Database, ids: list[int]) -> int:
    with database.read() as session:
        wanted = select(FollowUp.id).where(FollowUp.appointment_id.in_(ids), FollowUp.what == ASKED)
        return len(session.scalars(wanted).all())


def _lines(ledger: Path) -> int:
    return len(entries(ledger))


def _counted(database: Database, business: int, ids: list[int], ledger: Path) -> Asked:
    with database.read() as session:
        said = {row.id: row for row in session.scalars(select(OutboundMessage))}
        kept = select(FollowUp.appointment_id).where(FollowUp.what == ASKED, FollowUp.appointment_id.in_(ids))
        dead = select(Job.last_error).where(Job.state == "dead", Job.business_id == business)
        sent = [said[key] for key, _ in entries(ledger)]
        return Asked(
            sent=Counter(row.appointment_id or 0 for row in sent if row.kind == FEEDBACK),
            kept=Counter(session.scalars(kept)),
            given_up=[error or "" for error in session.scalars(dead)],
        )
