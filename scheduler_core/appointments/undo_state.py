"""Give a visit back what it was and had before a step: exactly that time, with that person, in that room."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.book import wall_start
from scheduler_core.appointments.history import items_of, taken_by
from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.move import question_for, take_new_time
from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.ledger import clear_expired, lock, write_down
from scheduler_core.availability.planned import Take
from scheduler_core.availability.reserve import release_appointment, resources_of
from scheduler_core.businesses.hours import Block
from scheduler_core.errors import SlotTaken

Before = dict[str, Any]


def question_before(
    session: Session, visit: Appointment, before: Before, *, override: bool = False
) -> Enquiry:
    """The visit's services at the place it was at, the first of them by whom it was with."""
    staff_id = before["items"][0]["staff_id"]
    return question_for(session, visit, staff_id, before["location_id"], override=override)


def put_back(session: Session, visit: Appointment, before: Before, now: datetime) -> None:
    """Make the visit what it was ``before`` (a snapshot); raises ``SlotTaken`` when its time is not free any more."""
    wanted = [
        Take(resource_id, unit, _instant(start), _instant(end))
        for resource_id, unit, start, end in before["takes"]
    ]
    if wanted != taken_by(session, visit.id):
        _have_again(session, visit, before, wanted, now)
    _write(session, visit, before)


def _have_again(
    session: Session, visit: Appointment, before: Before, wanted: list[Take], now: datetime
) -> None:
    if wanted and before["class_id"] is not None:  # the class may have ended meanwhile, or filled
        question = question_before(session, visit, before, override=True)
        take_new_time(session, visit, question, _instant(before["start"]), now)
        return
    held = resources_of(session, appointment_id=visit.id)
    lock(session, held | {take.resource_id for take in wanted})
    release_appointment(session, visit.id)
    visit.class_id = None
    if wanted:
        _must_not_be_blocked(session, wanted)
        clear_expired(session, wanted, now)
        write_down(session, visit.business_id, wanted, appointment_id=visit.id)


def _must_not_be_blocked(session: Session, wanted: list[Take]) -> None:
    over = or_(
        *(
            and_(Block.resource_id == take.resource_id, Block.start_at < take.end, Block.end_at > take.start)
            for take in wanted
        )
    )
    if session.scalar(select(Block.id).where(over).limit(1)) is not None:
        raise SlotTaken()


def _write(session: Session, visit: Appointment, before: Before) -> None:
    for item, was in zip(items_of(session, visit.id), before["items"], strict=True):
        item.staff_id, item.price_minor = was["staff_id"], was["price_minor"]
        item.start_at, item.end_at = _instant(was["start"]), _instant(was["end"])
    visit.staff_id, visit.location_id = before["items"][0]["staff_id"], before["location_id"]
    visit.start_at, visit.end_at = _instant(before["start"]), _instant(before["end"])
    visit.zone, visit.wall_start = before["zone"], wall_start(visit.start_at, before["zone"])
    visit.status, visit.cancel_reason = before["status"], before["cancel_reason"]
    visit.price_minor, visit.reschedules = before["price_minor"], before["reschedules"]
    visit.arrived_at, visit.started_at = _maybe(before["arrived_at"]), _maybe(before["started_at"])
    session.flush()


def _instant(written: str) -> datetime:
    return datetime.fromisoformat(written)


def _maybe(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
