"""A day is closed, and workers are killed while they tell everybody who was to come; then everything is counted."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.appointments.flags.rules import reflag
from scheduler_core.appointments.models import Appointment
from scheduler_core.broadcasts.begin import begin
from scheduler_core.broadcasts.progress import reached
from scheduler_core.broadcasts.schemas import BroadcastIn
from scheduler_core.businesses.changing import change
from scheduler_core.businesses.schemas.locations import ClosureIn
from scheduler_core.businesses.special_days import close_for_once
from scheduler_core.clock import system_clock
from scheduler_core.db import Database
from scheduler_core.outbox.models import OutboundMessage
from scheduler_core.permissions.caller import Caller
from scheduler_core.settings import Settings
from tests.builders.killable import entries
from tests.builders.reminded import AHEAD, visits_to_remind_of
from tests.builders.reminding import work_under_fire

#: Their reminders are weeks away.
_FAR = timedelta(days=20)
_KIND = "visit_must_move"


@dataclass(frozen=True)
class CountedCast:
    """``lost``: whose visit cannot stay and who was not told; ``answers``: how many visits by what became of them."""

    visits: int
    sent: int
    lost: int
    doubled: int
    answers: dict[str, int]


def tell_under_fire(
    database: Database, folder: Path, visits: int, changes: int, kills: int, seed: int = 1
) -> CountedCast:
    """Meanwhile ``changes`` of the visits are moved or cancelled."""
    ledger = folder / "ledger.txt"
    first = system_clock() + _FAR
    ids = database.transact(
        lambda session: visits_to_remind_of(session, [first + timedelta(minutes=n) for n in range(visits)])
    )
    with database.read() as session:
        business, place = session.execute(
            select(Appointment.business_id, Appointment.location_id).where(Appointment.id == ids[0])
        ).one()
    broadcast = _closed(
        database, business, place, first + AHEAD, first + AHEAD + timedelta(minutes=visits + 60)
    )
    changed = work_under_fire(database, ids, changes, 0.05, kills, ledger, seed)
    with database.read() as session:
        return _counted(session, broadcast, ledger, set(ids) - set(changed), visits)


def _closed(database: Database, business: int, place: int, start: datetime, end: datetime) -> int:
    """The broadcast that is begun about it."""
    caller = Caller(Settings(), database, system_clock, "test", rules_changed=reflag)
    change(caller, business, lambda made: close_for_once(made, place, ClosureIn(start=start, end=end)))
    asked = BroadcastIn(location_id=place, start=start, end=end)
    begun = caller.change(lambda session, now: begin(session, caller, now, business, asked))
    return int(begun["id"])


def _counted(session: Session, broadcast: int, ledger: Path, stand: set[int], visits: int) -> CountedCast:
    said = {
        row.id: row.appointment_id
        for row in session.scalars(select(OutboundMessage).where(OutboundMessage.kind == _KIND))
    }
    sent = Counter(said[key] for key, _ in entries(ledger) if key in said)
    answers: Counter[str] = Counter(each.answer for each in reached(session, broadcast))
    return CountedCast(
        visits=visits,
        sent=sent.total(),
        lost=len(stand - sent.keys()),
        doubled=sent.total() - len(sent),
        answers=dict(answers),
    )
