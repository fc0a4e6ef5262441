"""How fast a provider lets us send: one limit for all workers, kept in the database (GCRA).

``free_at`` of a key is when it would be unused again. It moves on by 1/per_second with each message and may run ahead
of now by a burst. A pause that a provider has asked for is kept besides, and knows no burst.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, exists, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from scheduler_core.db.base import table_of
from scheduler_core.outbox.models import Rate

_NOT_YET = timedelta(0)

_RATE = table_of(Rate)
_LOCK = (
    select(_RATE.c.free_at, _RATE.c.held_until).where(_RATE.c.key == bindparam("of_key")).with_for_update()
)
_CHANGE = update(_RATE).where(_RATE.c.key == bindparam("of_key"))
_MOVE = _CHANGE.values(free_at=bindparam("until"))
_HOLD = _CHANGE.values(held_until=bindparam("until"))
_ADD = {
    "sqlite": sqlite.insert(_RATE).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(_RATE).on_conflict_do_nothing(),
}


@dataclass(frozen=True, slots=True, order=True)
class RateLimit:
    """At most ``burst`` at once under ``key``, and ``per_second`` of them in the long run.

    ``cost``: for how many a message counts, as an SMS of several parts does. ``one_reader``: of all that is sent under
    the wider keys, only what goes to one reader; its key begins with theirs.
    """

    key: str
    per_second: float
    burst: int = 1
    cost: int = 1
    one_reader: bool = False

    @property
    def step(self) -> timedelta:
        return timedelta(seconds=1 / self.per_second)


def spend(session: Session, limits: Iterable[RateLimit], now: datetime) -> timedelta:
    """Zero: a message may go now and is counted under every key; else how long it has to wait, nothing counted.

    Keys are locked in order, so that two senders cannot wait for each other.
    """
    kept = {limit: _locked(session, limit.key, now) for limit in sorted(limits)}
    free = {limit: max(row.free_at, now) for limit, row in kept.items()}
    waits = [at - now - limit.step * (limit.burst - 1) for limit, at in free.items()]
    waits += [row.held_until - now for row in kept.values() if row.held_until]
    wait = max(waits, default=_NOT_YET)
    if wait > _NOT_YET:
        return wait
    for limit, at in free.items():
        session.execute(_MOVE, {"of_key": limit.key, "until": at + limit.step * limit.cost})
    return _NOT_YET


def hold_back(
    session: Session, limits: Sequence[RateLimit], until: datetime, now: datetime, *, whose_is_known: bool
) -> None:
    """Nothing goes out under these limits before ``until``: a provider has asked for it.

    Where it did not say whose limit it meant (``whose_is_known`` is false), only its reader is kept waiting, as long as
    no other reader of the same sender is: two of them at once are the sender's own limit.
    """
    held = [limit for limit in limits if limit.one_reader and not whose_is_known]
    if not held or any(_others_are_held(session, limits, each, now) for each in held):
        held = list(limits)
    for limit in sorted(held):
        already = _locked(session, limit.key, now).held_until
        if already is None or already < until:
            session.execute(_HOLD, {"of_key": limit.key, "until": until})


def _others_are_held(session: Session, limits: Sequence[RateLimit], reader: RateLimit, now: datetime) -> bool:
    wider = [limit.key for limit in limits if not limit.one_reader]
    others = exists().where(
        _RATE.c.key.startswith(f"{wider[0]}:", autoescape=True),
        _RATE.c.key != reader.key,
        _RATE.c.held_until > now,
    )
    return bool(session.scalar(select(others)))


def _locked(session: Session, key: str, now: datetime) -> Row[Any, Any]:
    """Until the transaction ends."""
    session.execute(_ADD[session.get_bind().dialect.name], {"key": key, "free_at": now})
    return session.execute(_LOCK, {"of_key": key}).one()
