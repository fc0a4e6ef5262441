"""What is to be done later, at a time of its own: planned in the caller's transaction, done by a worker.

A handler is pure database work and runs in the transaction that closes its job, so that what it does is done exactly
once; what is to be said it puts into the outbox. It reads anew what it is about, and does nothing when that has
moved on.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from scheduler_core.outbox import jobs
from scheduler_core.settings import Settings

QUEUE = "due"
#: Work of the house itself.
NO_BUSINESS = 0


@dataclass(frozen=True, slots=True)
class Work:
    """A piece of due work in the hands of its handler. ``now`` is one moment for all that it does.

    ``subject`` is what it is about ("visit:12"), ``version`` that of the subject when it was planned.
    """

    business_id: int
    kind: str
    subject: str
    version: int
    payload: dict[str, Any]
    due_at: datetime
    now: datetime
    settings: Settings


Handler = Callable[[Session, Work], None]
#: Of a kind of which many come due at once: what they have in common is looked up once for all of them.
HandlerOfMany = Callable[[Session, Sequence[Work]], None]


def plan(
    session: Session,
    *,
    business_id: int,
    kind: str,
    subject: str,
    due_at: datetime,
    idem_key: str,
    version: int = 0,
    payload: dict[str, Any] | None = None,
) -> bool:
    """Plan it in the caller's transaction; ``False``: ``idem_key`` was planned already."""
    planned = jobs.enqueue(
        session,
        business_id=business_id,
        queue=QUEUE,
        kind=kind,
        idem_key=idem_key,
        order_key=subject,
        payload={**(payload or {}), "version": version},
        due_at=due_at,
    )
    return planned is not None


def withdraw(session: Session, *, business_id: int, subject: str, kinds: tuple[str, ...] = ()) -> int:
    """Cancel what waits about a subject, of these kinds or of all; how much. What is in work drops itself."""
    return jobs.cancel(session, business_id, QUEUE, subject, kinds)
