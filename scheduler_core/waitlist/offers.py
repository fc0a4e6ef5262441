"""A time is kept for one who waits, they are told until when, and one day it ends: all in the caller's transaction."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment
from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.models import Hold
from scheduler_core.availability.planned import PlannedVisit
from scheduler_core.availability.reserve import release, reserve
from scheduler_core.businesses.freed import time_freed
from scheduler_core.conversations.models import Notice
from scheduler_core.conversations.notices import Told, where_to_tell
from scheduler_core.outbox import due
from scheduler_core.outbox.due import Work
from scheduler_core.waitlist import wishes
from scheduler_core.waitlist.models import (
    DECLINED,
    OPEN,
    PASSED_OVER,
    SILENT,
    UNREACHED,
    WaitlistEntry,
    WaitlistOffer,
)
from scheduler_core.waitlist.queries import offer_to_change, open_offer_of
from scheduler_core.waitlist.words import tell_of_offer, unsay, was_said

OFFER_ENDS = "waitlist_offer_ends"


def make(
    session: Session,
    now: datetime,
    entry: WaitlistEntry,
    visit: Appointment | None,
    question: Enquiry,
    plan: PlannedVisit,
    until: datetime,
) -> WaitlistOffer:
    """Keep a claimed plan ``until`` then for who waits, and tell them. ``visit``: what it would replace."""
    hold = Hold(business_id=entry.business_id, expires_at=until)
    session.add(hold)
    session.flush()
    reserve(session, plan, now, hold=hold, beside_appointment_id=question.own_appointment_id)
    offer = WaitlistOffer(
        **_about(entry, plan.start, plan.end),
        staff_id=plan.staff_id,
        location_id=plan.location_id,
        state=OPEN,
        hold_id=hold.id,
        meanwhile=[],
        made_at=now,
        until=until,
    )
    session.add(offer)
    session.flush()
    offer.said_at = tell_of_offer(session, offer, entry, visit, plan, now)
    due.plan(
        session,
        business_id=offer.business_id,
        kind=OFFER_ENDS,
        subject=f"waitlist_offer:{offer.id}",
        due_at=until,
        payload={"offer_id": offer.id},
        idem_key=f"{OFFER_ENDS}:{offer.id}",
    )
    return offer


def pass_over(
    session: Session, now: datetime, entry: WaitlistEntry, start: datetime, end: datetime, reason: str
) -> None:
    """Keep, once, why somebody whose turn it was is not asked, so that staff can see it."""
    known = select(WaitlistOffer.id).where(
        WaitlistOffer.entry_id == entry.id,
        WaitlistOffer.start_at == start,
        WaitlistOffer.state == PASSED_OVER,
        WaitlistOffer.reason == reason,
    )
    if session.scalar(known.limit(1)) is None:
        passed = {"state": PASSED_OVER, "reason": reason, "meanwhile": [], "made_at": now, "ended_at": now}
        session.add(WaitlistOffer(**_about(entry, start, end), **passed))


def close(session: Session, offer: WaitlistOffer, state: str, now: datetime) -> None:
    """What is kept for an open offer is free: for the next who waits, unless staff or a visit of theirs need it."""
    offer.state, offer.ended_at = state, now
    due.withdraw(session, business_id=offer.business_id, subject=f"waitlist_offer:{offer.id}")
    if offer.hold_id is not None:
        release(session, offer.business_id, offer.hold_id)
    if not was_said(offer, now):
        unsay(session, offer)
    session.flush()
    own = [(offer.start_at, offer.end_at)] if state in (DECLINED, SILENT, UNREACHED) else []
    for nth, (start, end) in enumerate([*own, *wishes.from_json(offer.meanwhile)]):
        time_freed(session, offer.business_id, start, end, at=now, reason=f"offer:{offer.id}:{nth}")


def ends(session: Session, work: Work) -> None:
    """Nobody answered in time."""
    offer = session.get_one(WaitlistOffer, work.payload["offer_id"], with_for_update=True)
    if offer.state == OPEN:
        close(session, offer, SILENT, work.now)


def not_told(session: Session, work: Work) -> None:
    """Handles ``given_up``: it did not arrive, so the next is asked at once."""
    notice = session.get_one(Notice, work.payload["notice_id"])
    if notice.offer is not None:
        offer = session.get_one(WaitlistOffer, notice.offer["id"], with_for_update=True)
        if offer.state == OPEN:
            close(session, offer, UNREACHED, work.now)


def wants_none(session: Session, work: Work) -> None:
    """Handles ``no_more_messages``: who cannot be told anything any more keeps nobody else waiting."""
    found = open_offer_of(session, work.payload["customer_id"])
    told = where_to_tell(session, work.business_id, work.payload["customer_id"], work.now)
    if found is None or told not in (Told.OPTED_OUT, Told.NO_CONVERSATION):
        return
    offer = offer_to_change(session, work.business_id, found.id)
    if offer.state == OPEN:
        offer.reason = str(told)
        close(session, offer, UNREACHED, work.now)


def _about(entry: WaitlistEntry, start: datetime, end: datetime) -> dict[str, Any]:
    return {
        "business_id": entry.business_id,
        "entry_id": entry.id,
        "customer_id": entry.customer_id,
        "start_at": start,
        "end_at": end,
    }
