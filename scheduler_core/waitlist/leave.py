"""Wait no longer: because the person says so or has what they waited for, or because its times have passed."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.permissions.audit import Itself, record
from scheduler_core.permissions.caller import Caller
from scheduler_core.waitlist import wishes
from scheduler_core.waitlist.models import BOOKED, DECLINED, EXPIRED, LEFT, WAITING, WaitlistEntry
from scheduler_core.waitlist.offers import close
from scheduler_core.waitlist.queries import open_offer_of, state_of

_ACTIONS = {LEFT: "waitlist_left", BOOKED: "waitlist_met"}


def leave(session: Session, caller: Caller | Itself, now: datetime, entry: WaitlistEntry) -> bool:
    """What was offered for it goes to the next. ``False``: it had ended already, and stays as it ended."""
    return _end(session, caller, now, entry, LEFT)


def met(session: Session, caller: Caller | Itself, now: datetime, entry: WaitlistEntry) -> bool:
    """They have what they waited for. ``False``: it had ended already."""
    return _end(session, caller, now, entry, BOOKED)


def _end(session: Session, caller: Caller | Itself, now: datetime, entry: WaitlistEntry, state: str) -> bool:
    if state_of(entry, now) != WAITING:
        return False
    entry.state, entry.ended_at = state, now
    offer = open_offer_of(session, entry.customer_id)
    if offer is not None and offer.entry_id == entry.id:
        close(session, offer, DECLINED, now)
    record(
        session,
        caller,
        now,
        business_id=entry.business_id,
        action=_ACTIONS[state],
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
