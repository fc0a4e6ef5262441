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


def expire(session: Session, business_id: int, now: datetime) -> int:
    """Write down which entries have expired, so that the queue stays short; how many. Readers see it before that."""
    waiting = select(WaitlistEntry).where(
        WaitlistEntry.business_id == business_id, WaitlistEntry.state == WAITING
    )
    over = [each for each in session.scalars(waiting.with_for_update()) if state_of(each, now) == EXPIRED]
    for entry in over:
        entry.state, entry.ended_at = EXPIRED, wishes.from_json(entry.ranges)[-1][1]
    return len(over)
