"""The four functions that are the whole door to the queues: enqueue, claim, finish, reschedule.

``claim`` takes one job of one business, in order; ``claim_many`` any business's, whose order does not matter. A claim
takes a lease. ``attempts`` is the fencing token: it rises with every claim, so a worker that was stopped past its
lease finds that its number is no longer the row's. What waits for a time of its own holds up nothing that comes after.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    and_,
    bindparam,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from scheduler_core.db.base import table_of
from scheduler_core.db.insert_once import InsertOnce
from scheduler_core.outbox.models import CANCELLED, DEAD, DONE, PENDING, RUNNING, Job

LEASE = timedelta(seconds=60)

_JOB = table_of(Job)
_DUE, _EARLIER = _JOB.alias("due"), _JOB.alias("earlier")
#: Named in the statement itself, for only then does a database use an index of live jobs.
_PENDING: ColumnElement[str] = literal_column(f"'{PENDING}'")
_RUNNING: ColumnElement[str] = literal_column(f"'{RUNNING}'")
_NOW = bindparam("at", type_=_JOB.c.due_at.type)
_BLOCKED = exists().where(
    _EARLIER.c.order_key == _DUE.c.order_key,
    _EARLIER.c.queue == _DUE.c.queue,
    _EARLIER.c.business_id == _DUE.c.business_id,
    _EARLIER.c.id < _DUE.c.id,
    _EARLIER.c.state.in_((_PENDING, _RUNNING)),
    or_(_EARLIER.c.attempts > 0, _EARLIER.c.due_at <= _NOW),
)
_NEXT = (
    select(_DUE.c.id)
    .where(
        _DUE.c.business_id == bindparam("of_business"),
        _DUE.c.queue == bindparam("of_queue"),
        or_(
            and_(_DUE.c.state == _PENDING, _DUE.c.due_at <= _NOW),
            and_(_DUE.c.state == _RUNNING, _DUE.c.lease_until <= _NOW),
        ),
        ~_BLOCKED,
    )
    .order_by((_DUE.c.state == _RUNNING).desc(), _DUE.c.due_at, _DUE.c.id)
    .limit(1)
)
_TAKE = update(_JOB).values(
    state=RUNNING,
    attempts=_JOB.c.attempts + 1,
    lease_until=bindparam("until", type_=_JOB.c.lease_until.type),
)
_CLAIM = _TAKE.where(_JOB.c.id == _NEXT.with_for_update(skip_locked=True).scalar_subquery()).returning(
    _JOB.c.id, _JOB.c.order_key, _JOB.c.payload, _JOB.c.attempts, _JOB.c.lease_until
)
_OF_QUEUE = _DUE.c.queue == bindparam("of_queue")
_WAITS, _LEASED = and_(_OF_QUEUE, _DUE.c.state == _PENDING), and_(_OF_QUEUE, _DUE.c.state == _RUNNING)
#: Two statements, each by an index of its own: the leases that have ended, and what waits.
_CLAIM_MANY = tuple(
    _TAKE.where(
        _JOB.c.id.in_(
            select(_DUE.c.id)
            .where(which, since <= _NOW)
            .order_by(since, _DUE.c.id)
            .limit(bindparam("most", type_=Integer))
            .with_for_update(skip_locked=True)
        )
    ).returning(_JOB)
    for which, since in ((_LEASED, _DUE.c.lease_until), (_WAITS, _DUE.c.due_at))
)
_FIRST = (
    select(func.min(_DUE.c.due_at)).where(_WAITS).scalar_subquery().label("due_at"),
    select(func.min(_DUE.c.lease_until)).where(_LEASED).scalar_subquery().label("lease_until"),
)
_JOIN = (
    update(_JOB)
    .where(_JOB.c.id == bindparam("job"))
    .values(state=RUNNING, attempts=bindparam("tries"), lease_until=bindparam("until"))
)
_FINISH_MANY = (
    update(_JOB)
    .where(
        _JOB.c.id.in_(bindparam("jobs", expanding=True)),
        _JOB.c.state == RUNNING,
        _JOB.c.attempts == bindparam("tries"),
    )
    .values(state=DONE, lease_until=None)
    .returning(_JOB.c.id)
)
_INSERT = InsertOnce(_JOB)


def enqueue(
    session: Session,
    *,
    business_id: int,
    queue: str,
    kind: str,
    idem_key: str,
    order_key: str,
    payload: dict[str, Any],
    due_at: datetime,
) -> int | None:
    """Add a job in the caller's transaction: its id; ``None`` when ``idem_key`` already has one."""
    return _INSERT(
        session,
        business_id=business_id,
        queue=queue,
        kind=kind,
        idem_key=idem_key,
        order_key=order_key,
        payload=payload,
        due_at=due_at,
        state=PENDING,
        attempts=0,
    )


def is_due(session: Session, *, business_id: int, queue: str, now: datetime) -> bool:
    """Would a claim find anything? Asked in a reading transaction, so that looking in vain blocks nobody."""
    return session.scalar(_NEXT, _asked(business_id, queue, now)) is not None


def claim(session: Session, *, business_id: int, queue: str, now: datetime) -> Row[Any] | None:
    """The oldest job that may run now, leased; expired leases come first, then by due time."""
    wanted = _asked(business_id, queue, now) | {"until": now + LEASE}
    return session.execute(_CLAIM, wanted).first()


def first_due(session: Session, queue: str) -> datetime | None:
    """When a claim of any business's will find something; ``None``: nothing waits."""
    times = session.execute(select(*_FIRST), {"of_queue": queue}).one()
    return min((each for each in times if each is not None), default=None)


def claim_many(session: Session, *, queue: str, now: datetime, most: int) -> list[Row[Any]]:
    """Jobs of any business that may run now, leased; expired leases come first, then by due time."""
    claimed: list[Row[Any]] = []
    for statement in _CLAIM_MANY:
        wanted = {"of_queue": queue, "at": now, "until": now + LEASE, "most": most - len(claimed)}
        rows = session.execute(statement, wanted).all()  # RETURNING promises no order
        claimed += sorted(rows, key=lambda job: (job.due_at, job.id))
    return claimed


def _asked(business_id: int, queue: str, now: datetime) -> dict[str, Any]:
    return {"of_business": business_id, "of_queue": queue, "at": now}


def join(session: Session, ids: Sequence[int], head: Row[Any]) -> None:
    """Take more jobs under the lease of one that was claimed."""
    if ids:
        also = {"tries": head.attempts, "until": head.lease_until}
        session.execute(_JOIN, [{"job": each, **also} for each in ids])


def is_mine(session: Session, ids: Sequence[int], attempts: int, now: datetime) -> bool:
    """Whether this worker still holds the lease of all of these."""
    held = select(_JOB.c.id).where(
        _JOB.c.id.in_(ids), _JOB.c.state == RUNNING, _JOB.c.attempts == attempts, _JOB.c.lease_until > now
    )
    return len(session.execute(held).all()) == len(ids)


def finish(session: Session, ids: Sequence[int], attempts: int, *, state: str = DONE, **also: Any) -> bool:
    """Close jobs that are still this worker's, all or none; ``False``: the lease was lost."""
    return _mine_then(session, ids, attempts, state=state, lease_until=None, **also)


def finish_many(session: Session, claimed: Sequence[Row[Any]]) -> set[int]:
    """Close those that are still this worker's: their ids."""
    closed: set[int] = set()
    for attempts in {job.attempts for job in claimed}:
        ids = [job.id for job in claimed if job.attempts == attempts]
        closed |= set(session.scalars(_FINISH_MANY, {"jobs": ids, "tries": attempts}))
    return closed


def reschedule(session: Session, ids: Sequence[int], attempts: int, *, due_at: datetime, error: str) -> bool:
    """Put jobs back for a later time; ``False``: the lease was lost."""
    return _mine_then(
        session, ids, attempts, state=PENDING, lease_until=None, due_at=due_at, last_error=error[:1000]
    )


def drop_deferred(session: Session, business_id: int, queue: str, order_key: str, now: datetime) -> list[Any]:
    """Close jobs that wait for a time of their own; the payloads of those that will not be done."""
    waits = (
        _JOB.c.business_id == business_id,
        _JOB.c.queue == queue,
        _JOB.c.order_key == order_key,
        _JOB.c.state == PENDING,
        _JOB.c.attempts == 0,
        _JOB.c.due_at > now,
    )
    dropped = update(_JOB).where(*waits).values(state=DONE).returning(_JOB.c.payload)
    return list(session.scalars(dropped))


def cancel(session: Session, business_id: int, queue: str, order_key: str, kinds: Sequence[str]) -> int:
    """Close jobs that nobody works on yet, of these kinds or of all; how many."""
    waits = (
        _JOB.c.business_id == business_id,
        _JOB.c.queue == queue,
        _JOB.c.order_key == order_key,
        _JOB.c.state == _PENDING,
    )
    named = (_JOB.c.kind.in_(kinds),) if kinds else ()
    done = session.execute(update(_JOB).where(*waits, *named).values(state=CANCELLED))
    cancelled: int = done.rowcount  # type: ignore[attr-defined]
    return cancelled


def forget_done(session: Session, before: datetime) -> None:
    """Remove what was due before then and came to its end; what was given up or is in doubt stays."""
    ended = _JOB.c.state.in_((DONE, CANCELLED))
    session.execute(delete(_JOB).where(ended, _JOB.c.due_at < before))


def drop(session: Session, idem_key: str) -> bool:
    """Close one job that nobody has begun; ``False``: it is too late, or there is none."""
    waits = (_JOB.c.idem_key == idem_key, _JOB.c.state == PENDING, _JOB.c.attempts == 0)
    dropped: int = session.execute(update(_JOB).where(*waits).values(state=CANCELLED)).rowcount  # type: ignore[attr-defined]
    return dropped > 0


def dead(session: Session, business_id: int, before_id: int | None, count: int) -> Sequence[Job]:
    """What was given up, newest first."""
    wanted = select(Job).where(Job.business_id == business_id, Job.state == literal_column(f"'{DEAD}'"))
    if before_id is not None:
        wanted = wanted.where(Job.id < before_id)
    return session.scalars(wanted.order_by(Job.id.desc()).limit(count)).all()


def bury_no_more(session: Session, business_id: int, job_id: int, now: datetime, *, again: bool) -> bool:
    """What was given up is tried anew, or closed for good; done twice, it is done. ``False``: there is no such job."""
    known = (_JOB.c.business_id == business_id, _JOB.c.id == job_id)
    anew = {"state": PENDING, "attempts": 0, "due_at": now, "last_error": None}
    change = update(_JOB).where(*known, _JOB.c.state == DEAD)
    session.execute(change.values(**(anew if again else {"state": CANCELLED})))
    return session.scalar(select(_JOB.c.id).where(*known)) is not None


def call_off(session: Session, idem_key: str) -> None:
    """Close one job that waits, begun before or not."""
    waits = (_JOB.c.idem_key == idem_key, _JOB.c.state == PENDING)
    session.execute(update(_JOB).where(*waits).values(state=CANCELLED))


def _mine_then(session: Session, ids: Sequence[int], attempts: int, **values: Any) -> bool:
    change = update(_JOB).where(_JOB.c.id.in_(ids), _JOB.c.state == RUNNING, _JOB.c.attempts == attempts)
    done: int = session.execute(change.values(**values)).rowcount  # type: ignore[attr-defined]
    if 0 < done < len(ids):
        raise RuntimeError("a turn's jobs are leased together and must stay together")
    return done == len(ids)
