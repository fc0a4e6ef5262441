"""The four functions that are the whole door to due work: enqueue, claim, finish, reschedule.

A claim takes a lease. ``attempts`` is the fencing token: it rises with every claim, so a worker that was
stopped past its lease finds that its number is no longer the row's.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Update, and_, exists, or_, select, text, update
from sqlalchemy.orm import Session, aliased

from scheduler_core.outbox.models import DONE, PENDING, RUNNING, Job

LEASE = timedelta(seconds=60)


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
) -> Job | None:
    """Add a job in the caller's transaction; ``None`` when ``idem_key`` already has one."""
    if session.scalar(select(Job.id).where(Job.idem_key == idem_key)) is not None:
        return None
    job = Job(
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
    session.add(job)
    session.flush()
    return job


def claim(session: Session, *, business_id: int, queue: str, now: datetime) -> Job | None:
    """The oldest job that may run now, leased; expired leases come first, then by due time."""
    earlier = aliased(Job)
    blocked = exists().where(
        earlier.order_key == Job.order_key,
        earlier.queue == Job.queue,
        earlier.business_id == Job.business_id,
        earlier.id < Job.id,
        earlier.state.in_((PENDING, RUNNING)),
    )
    ready = or_(
        and_(Job.state == PENDING, Job.due_at <= now), and_(Job.state == RUNNING, Job.lease_until <= now)
    )
    job = session.scalar(
        select(Job)
        .where(Job.business_id == business_id, Job.queue == queue, ready, ~blocked)
        .order_by((Job.state == RUNNING).desc(), Job.due_at, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if job is not None:
        lease(job, now)
        session.flush()
    return job


def lease(job: Job, now: datetime) -> None:
    """Take the job for this worker."""
    job.state, job.attempts, job.lease_until = RUNNING, job.attempts + 1, now + LEASE


def finish(session: Session, ids: Sequence[int], attempts: int, *, state: str = DONE, **also: Any) -> bool:
    """Close jobs that are still this worker's, all or none; ``False``: the lease was lost."""
    return _mine_then(session, ids, attempts, state=state, lease_until=None, **also)


def reschedule(session: Session, ids: Sequence[int], attempts: int, *, due_at: datetime, error: str) -> bool:
    """Put jobs back for a later time; ``False``: the lease was lost."""
    return _mine_then(
        session, ids, attempts, state=PENDING, lease_until=None, due_at=due_at, last_error=error[:1000]
    )


def serialise(session: Session, order_key: str) -> None:
    """Let transactions of one conversation follow each other, so that ids rise as commits do."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": order_key})


def _mine_then(session: Session, ids: Sequence[int], attempts: int, **values: Any) -> bool:
    change: Update = (
        update(Job)
        .where(Job.id.in_(ids), Job.state == RUNNING, Job.attempts == attempts)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    done: int = session.execute(change).rowcount  # type: ignore[attr-defined]
    if 0 < done < len(ids):
        raise RuntimeError("a turn's jobs are leased together and must stay together")
    return done == len(ids)
