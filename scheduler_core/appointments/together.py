"""Book several visits of people who come together: all of them or none, in one transaction."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from scheduler_core.appointments.book import must_override, save, told
from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.schemas import TogetherIn
from scheduler_core.availability.claim import claim
from scheduler_core.availability.decide import decide
from scheduler_core.availability.reserve import own_hold, release, resources_of
from scheduler_core.customers.queries import must_be_known
from scheduler_core.permissions.caller import Caller


def book_together(
    session: Session, caller: Caller, now: datetime, business_id: int, asked: TogetherIn
) -> dict[str, Any]:
    """The new visits as JSON, in the order asked; raises as ``book`` does, and then nothing is booked."""
    booked = _save_all(session, caller, now, business_id, asked)
    return {"booked": [told(session, caller, now, visit).model_dump(mode="json") for visit in booked]}


def preview_together(
    session: Session, caller: Caller, now: datetime, business_id: int, asked: TogetherIn
) -> None:
    """Raises what booking would raise now: the very same work, undone at the end, so that the two cannot disagree."""
    undone = session.begin_nested()
    try:
        _save_all(session, caller, now, business_id, asked)
    finally:
        undone.rollback()


def _save_all(
    session: Session, caller: Caller, now: datetime, business_id: int, asked: TogetherIn
) -> list[Appointment]:
    """What any of them may take is locked with the first, so that two such bookings never wait for each other."""
    first = asked.visits[0]
    must_be_known(session, business_id, first.customer_id)
    hold_id = own_hold(session, business_id, first.hold_id, first.customer_id)
    questions = [each.to_book(business_id, hold_id) for each in asked.visits]
    locks = resources_of(session, hold_id=hold_id)
    for question, each in zip(questions, asked.visits, strict=True):
        must_override(caller, each.override)
        locks |= decide(session, question, each.start, now).resource_ids
    booked = []
    for question, each in zip(questions, asked.visits, strict=True):
        plan = claim(session, question, each.start, now, also_lock=locks)
        if hold_id is not None and each is first:
            release(session, business_id, hold_id, joining=plan.class_id)
        booked.append(save(session, caller, now, plan, each))
    return booked
