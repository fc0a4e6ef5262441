"""Time may have become bookable: a piece of due work, done by whoever knows who waits for it."""

from datetime import datetime

from sqlalchemy.orm import Session

from scheduler_core.outbox import due

TIME_FREED = "time_freed"


def time_freed(
    session: Session, business_id: int, start: datetime, end: datetime, *, at: datetime, reason: str
) -> None:
    """[start, end) may be free from ``at`` on; ``reason`` names what happened, which is looked at once."""
    if end > at:
        due.plan(
            session,
            business_id=business_id,
            kind=TIME_FREED,
            subject=_about(reason),
            due_at=at,
            payload={"start": start.isoformat(), "end": end.isoformat()},
            idem_key=_about(reason),
        )


def not_freed_after_all(session: Session, business_id: int, reason: str) -> None:
    """What happened was taken back; nobody needs to look."""
    due.withdraw(session, business_id=business_id, subject=_about(reason))


def _about(reason: str) -> str:
    return f"{TIME_FREED}:{reason}"
