"""How fast a provider lets us send: one limit for all workers, kept in the database (GCRA).

``free_at`` of a key is when it would be unused again. It moves on by 1/per_second with each message and may run ahead
of now by a burst.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from scheduler_core.db.base import table_of
from scheduler_core.outbox.models import Rate

_NOT_YET = timedelta(0)

_RATE = table_of(Rate)
_LOCK = select(_RATE.c.free_at).where(_RATE.c.key == bindparam("of_key")).with_for_update()
_MOVE = update(_RATE).where(_RATE.c.key == bindparam("of_key")).values(free_at=bindparam("until"))
_ADD = {
    "sqlite": sqlite.insert(_RATE).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(_RATE).on_conflict_do_nothing(),
}


@dataclass(frozen=True, slots=True, order=True)
class RateLimit:
    """At most ``burst`` at once under ``key``, and ``per_second`` of them in the long run.

    ``cost``: for how many a message counts, as an SMS of several parts does.
    """

    key: str
    per_second: float
    burst: int = 1
    cost: int = 1

    @property
    def step(self) -> timedelta:
        return timedelta(seconds=1 / self.per_second)


def spend(session: Session, limits: Iterable[RateLimit], now: datetime) -> timedelta:
    """Zero: a message may go now and is counted under every key; else how long it has to wait, nothing counted.

    Keys are locked in order, so that two senders cannot wait for each other.
    """
    free = {limit: max(_free_at(session, limit.key, now), now) for limit in sorted(limits)}
    waits = [at - now - limit.step * (limit.burst - 1) for limit, at in free.items()]
    wait = max(waits, default=_NOT_YET)
    if wait > _NOT_YET:
        return wait
    for limit, at in free.items():
        session.execute(_MOVE, {"of_key": limit.key, "until": at + limit.step * limit.cost})
    return _NOT_YET


def hold_back(session: Session, keys: Iterable[str], until: datetime, now: datetime) -> None:
    """Nothing goes out under these keys before ``until``: a provider has asked for it."""
    for key in sorted(keys):
        if _free_at(session, key, now) < until:
            session.execute(_MOVE, {"of_key": key, "until": until})


def _free_at(session: Session, key: str, now: datetime) -> datetime:
    """Locked until the transaction ends."""
    session.execute(_ADD[session.get_bind().dialect.name], {"key": key, "free_at": now})
    at: datetime = session.execute(_LOCK, {"of_key": key}).scalar_one()
    return at
