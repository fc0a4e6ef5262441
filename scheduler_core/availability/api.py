"""HTTP: which times are bookable, and keeping one for a moment."""

from datetime import datetime

from fastapi import APIRouter
from sqlalchemy.orm import Session

from scheduler_core.availability import holds
from scheduler_core.availability.offer import or_alternatives
from scheduler_core.availability.queries import Question
from scheduler_core.availability.reserve import release
from scheduler_core.availability.schemas import HoldIn, HoldOut, SearchIn, SearchOut
from scheduler_core.availability.search import Wanted, search
from scheduler_core.availability.slots import minute_from, minute_of
from scheduler_core.businesses.queries import must_own
from scheduler_core.errors import NotFound
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Authorised
from scheduler_core.permissions.inputs import PathId

router = APIRouter(prefix="/v1/businesses/{business_id}", tags=["availability"])


@router.post("/availability/search")
def search_availability(business_id: PathId, asked: SearchIn, caller: Authorised) -> SearchOut:
    """Bookable times for a service, or why there are none and what is near."""
    wanted = Wanted(
        question=Question(
            business_id,
            asked.service_id,
            asked.staff_id,
            asked.location_id,
            own_appointment_id=asked.exclude_appointment_id,
            own_conversation_id=asked.conversation_id,
        ),
        wishes=[(minute_from(wish.start), minute_from(wish.end)) for wish in asked.wishes],
        limit=asked.limit,
        after=minute_of(asked.after) if asked.after else None,
        shown=frozenset(minute_of(start) for start in asked.shown),
    )
    return SearchOut.of(caller.ask(lambda session, now: search(session, wanted, now)))


@router.post("/holds", status_code=201)
def hold_slot(business_id: PathId, asked: HoldIn, caller: Authorised) -> HoldOut:
    """Keep a slot for the business's hold minutes; replaces what the conversation held."""
    question = Question(
        business_id,
        asked.service_id,
        asked.staff_id,
        asked.location_id,
        own_appointment_id=asked.exclude_appointment_id,
        own_conversation_id=asked.conversation_id,
    )

    def work(session: Session, now: datetime) -> holds.Held:
        must_own(
            session, business_id, conversation=asked.conversation_id, appointment=asked.exclude_appointment_id
        )
        held = holds.hold(session, question, asked.conversation_id, asked.staff_id, asked.start, now)
        record(session, caller, now, business_id=business_id, action="held", subject=("hold", held.id))
        return held

    held = or_alternatives(caller, lambda: question, asked.start, lambda: caller.change(work))
    return HoldOut(id=held.id, expires_at=held.expires_at)


@router.delete("/holds/{hold_id}", status_code=204)
def release_hold(business_id: PathId, hold_id: PathId, caller: Authorised) -> None:
    """Give a held slot back; one that has run out and was cleared away is not found."""

    def work(session: Session, now: datetime) -> None:
        if not release(session, business_id, hold_id):
            raise NotFound("unknown hold")
        record(session, caller, now, business_id=business_id, action="released", subject=("hold", hold_id))

    caller.change(work)
