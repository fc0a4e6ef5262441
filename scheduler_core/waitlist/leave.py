"""Wait no longer: because the person says so, or because the times they waited for have passed."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller
from scheduler_core.waitlist import wishes
from scheduler_core.waitlist.models import EXPIRED, LEFT, WAITING, WaitlistEntry
from scheduler_core.waitlist.queries import state_of


def leave(session: Session, caller: Caller, now: datetime, entry: WaitlistEntry) -> bool:
    """``False``: it had ended already, and stays as it ended."""
    if state_of(entry, now) != WAITING:
        return False
    entry.state, entry.ended_at = LEFT, now
    record(
        session,
        caller,
        now,
        business_id=entry.business_id,
        action="waitlist_left",
        subject=("waitlist_entry", entry.id),
        customer_id=entry.customer_id,
    )
    return True


def expire(session: Session, business_id: int, service_id: int, now: datetime) -> None:
    """Write down who waits in vain, so that the queue of a service stays short. Readers see it before that."""
    waiting = select(WaitlistEntry).where(
        WaitlistEntry.business_id == business_id,
        WaitlistEntry.state == WAITING,
        WaitlistEntry.service_id == service_id,
    )
    for entry in session.scalars(waiting.with_for_update(skip_locked=True)).all():
        if state_of(entry, now) == EXPIRED:
            entry.state, entry.ended_at = EXPIRED, wishes.from_json(entry.ranges)[-1][1]
