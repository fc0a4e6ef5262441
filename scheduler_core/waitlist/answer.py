"""What somebody says to a time that is kept for them: yes books it or moves their visit, no passes it on."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from scheduler_core.appointments.book import book
from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.reschedule import reschedule
from scheduler_core.appointments.schemas import BookIn, RescheduleIn
from scheduler_core.errors import OfferOver
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller
from scheduler_core.waitlist import queries
from scheduler_core.waitlist.leave import leave, met
from scheduler_core.waitlist.models import ACCEPTED, DECLINED, OPEN, SILENT, WITHDRAWN, WaitlistOffer
from scheduler_core.waitlist.offers import close
from scheduler_core.waitlist.words import answered, tell_of_withdrawal, was_said


def accept(
    session: Session, caller: Caller, now: datetime, business_id: int, offer_id: int
) -> dict[str, Any]:
    """The visit as JSON: a new one, or theirs at its earlier time. Raises ``OfferOver``, and as ``book`` does."""
    offer = _own(session, caller, business_id, offer_id)
    _must_be_open(offer, now)
    entry = queries.to_change(session, business_id, offer.entry_id)
    if entry.earlier_appointment_id is None:
        asked = BookIn(
            customer_id=offer.customer_id,
            service_id=entry.service_id,
            staff_id=offer.staff_id,
            location_id=offer.location_id,
            start=offer.start_at,
            hold_id=offer.hold_id,
            note=entry.note,
        )
        shown = book(session, caller, now, business_id, asked, tells="staff_waitlist")
    else:
        visit = session.get_one(Appointment, entry.earlier_appointment_id)
        earlier = RescheduleIn(
            expected_version=visit.version,
            start=offer.start_at,
            staff_id=offer.staff_id,
            location_id=offer.location_id,
            hold_id=offer.hold_id,
        )
        shown = reschedule(session, caller, now, business_id, visit.id, earlier, tells="staff_waitlist_moved")
    offer.hold_id, offer.appointment_id = None, shown["id"]
    _end(session, caller, now, offer, ACCEPTED, "take")
    met(session, caller, now, entry)
    return shown


def decline(
    session: Session, caller: Caller, now: datetime, business_id: int, offer_id: int, *, leaves: bool
) -> WaitlistOffer:
    """It goes to the next at once; what has ended already stays as it ended. ``leaves``: they wait no longer."""
    offer = _own(session, caller, business_id, offer_id)
    if offer.state == OPEN:
        _end(session, caller, now, offer, DECLINED, "leave" if leaves else "pass")
    if leaves:
        leave(session, caller, now, queries.to_change(session, business_id, offer.entry_id))
    return offer


def withdraw(
    session: Session, caller: Caller, now: datetime, business_id: int, offer_id: int
) -> WaitlistOffer:
    """Staff take it back: the time is free for them, and the customer is told. Raises ``OfferOver``."""
    offer = _own(session, caller, business_id, offer_id)
    _must_be_open(offer, now)
    _end(session, caller, now, offer, WITHDRAWN, None)
    if was_said(offer, now):
        tell_of_withdrawal(session, offer, queries.entry(session, business_id, offer.entry_id), now)
    return offer


def _own(session: Session, caller: Caller, business_id: int, offer_id: int) -> WaitlistOffer:
    offer = queries.offer_to_change(session, business_id, offer_id)
    caller.must_be_own_customer(offer.customer_id)
    return offer


def _must_be_open(offer: WaitlistOffer, now: datetime) -> None:
    assert offer.until is not None
    if offer.state != OPEN or now >= offer.until:
        state = SILENT if offer.state == OPEN else offer.state
        raise OfferOver(state=state, until=offer.until.isoformat(), appointment_id=offer.appointment_id)


def _end(
    session: Session, caller: Caller, now: datetime, offer: WaitlistOffer, state: str, answer: str | None
) -> None:
    close(session, offer, state, now)
    if answer is not None:
        answered(session, offer, answer, now)
    record(
        session,
        caller,
        now,
        business_id=offer.business_id,
        action=f"waitlist_offer_{state}",
        subject=("waitlist_entry", offer.entry_id),
        customer_id=offer.customer_id,
        offer=offer.id,
    )
