"""What this process remembers of each business, asked of the database by revision before it is used.

An answer is never older than the question: one statement reads all revisions, and only what has changed since is read
again. Nothing is remembered from a transaction that writes, because it may yet be undone.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime
from weakref import WeakKeyDictionary

from sqlalchemy import Pool, text
from sqlalchemy.orm import Session

from scheduler_core.availability.blueprint import Blueprint
from scheduler_core.availability.board import WorkingHours
from scheduler_core.availability.diary import Spoken, Window
from scheduler_core.availability.fairness import IDLE_DAYS
from scheduler_core.availability.rules import read_blueprint
from scheduler_core.availability.slots import MINUTES_PER_DAY, minute_of
from scheduler_core.db.guards import LONGEST_RESERVATION
from scheduler_core.db.session import Database, is_writing
from scheduler_core.errors import NotFound

_BUSINESSES = 64
_DAYS_BEHIND, _DAYS_AHEAD = 2, LONGEST_RESERVATION.days + 2
_DAYS_TO_SPARE = 7

_REVISION = text("SELECT rules_revision FROM business WHERE id = :business")
_REVISIONS = text(
    "SELECT 0, id, rules_revision FROM business WHERE id = :business UNION ALL"
    " SELECT 1, id, revision FROM resource"
    " WHERE business_id = :business AND archived_at IS NULL AND kind <> 'seats'"
)


@dataclass
class Remembered:
    """A business at one revision of its rules, and its resources each at a revision of their own."""

    blueprint: Blueprint
    hours: WorkingHours
    spoken: dict[int, tuple[int, int | None, Spoken]] = field(default_factory=dict)

    def recall(self, resource_id: int, revision: int, minute: int) -> Spoken | None:
        """What is spoken for, if it is known at this revision and none of its holds has run out."""
        known_at, until, spoken = self.spoken.get(resource_id, (None, None, None))
        return spoken if known_at == revision and (until is None or minute < until) else None


_MEMORIES: WeakKeyDictionary[Pool, OrderedDict[int, Remembered]] = WeakKeyDictionary()


def is_known(database: Database, business_id: int) -> bool:
    """Are its rules remembered, as far as this process has heard?"""
    return business_id in _MEMORIES.get(database.engine.pool, ())


def blueprint_of(session: Session, business_id: int, now: datetime) -> Blueprint:
    """The rules as they are in this transaction; raises ``NotFound``."""
    revision = session.scalar(_REVISION, {"business": business_id})
    if revision is None:
        raise NotFound("unknown business")
    known = _memory(session).get(business_id)
    if known is not None and known.blueprint.revision == revision:
        return known.blueprint
    if is_writing(session):
        _memory(session).pop(business_id, None)  # out of date: who reads next remembers anew
    return read_blueprint(session, business_id, now)


def remembered(session: Session, business_id: int, now: datetime) -> tuple[Remembered, dict[int, int]]:
    """The business with its hours worked out to its horizon, and every resource's present revision."""
    rows = session.execute(_REVISIONS, {"business": business_id}).all()
    revisions = {key: revision for kind, key, revision in rows if kind == 1}
    current = next((revision for kind, _, revision in rows if kind == 0), None)
    memory = _memory(session)
    known = memory.get(business_id)
    if known is None or known.blueprint.revision != current or not _reaches(known, now):
        blueprint = read_blueprint(session, business_id, now)
        known = Remembered(blueprint, WorkingHours(blueprint, _window(blueprint, now)))
        if not is_writing(session):
            memory[business_id] = known
            while len(memory) > _BUSINESSES:
                memory.popitem(last=False)
    return known, revisions


def _memory(session: Session) -> OrderedDict[int, Remembered]:
    return _MEMORIES.setdefault(session.get_bind().pool, OrderedDict())  # type: ignore[union-attr]


def _window(blueprint: Blueprint, now: datetime) -> Window:
    behind = _DAYS_BEHIND + (IDLE_DAYS if blueprint.counts_idleness else 0)
    first = minute_of(now) // MINUTES_PER_DAY - behind
    days = blueprint.horizon_days + behind + _DAYS_AHEAD + _DAYS_TO_SPARE
    return Window(first * MINUTES_PER_DAY, days)


def _reaches(known: Remembered, now: datetime) -> bool:
    behind = 1 + (IDLE_DAYS if known.blueprint.counts_idleness else 0)
    low = minute_of(now) - behind * MINUTES_PER_DAY
    high = minute_of(now) + (known.blueprint.horizon_days + _DAYS_AHEAD) * MINUTES_PER_DAY
    return known.hours.window.holds(low, high)
