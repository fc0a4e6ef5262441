"""HTTP: which times are bookable, and keeping one for a moment."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from sqlalchemy.orm import Session

from scheduler_core.availability import holds
from scheduler_core.availability.listing import listing
from scheduler_core.availability.offer import or_alternatives
from scheduler_core.availability.reserve import release
from scheduler_core.availability.schemas import HoldIn, HoldOut, ListIn, ListOut, SearchIn, SearchOut
from scheduler_core.availability.search import Wanted, search
from scheduler_core.availability.slots import minute_from, minute_of
from scheduler_core.businesses.queries import must_be_theirs, must_own
from scheduler_core.errors import NotFound
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.inputs import PathId
from scheduler_core.permissions.roles import Permission, Role

router = APIRouter(prefix="/v1/businesses/{business_id}", tags=["availability"])

Searcher = Annotated[Caller, may(Permission.SEARCH)]
Conversation = Annotated[Caller, may(Permission.CONVERSE)]


@router.post("/availability/search")
def search_availability(business_id: PathId, asked: SearchIn, caller: Searcher) -> SearchOut:
    """Bookable times for a service, or why there are none and what is near."""
    if asked.customer_id is not None:
        caller.must_be_own_customer(asked.customer_id)
    wanted = Wanted(
        question=asked.question(
            business_id,
            own_appointment_id=asked.exclude_appointment_id,
            own_conversation_id=asked.conversation_id,
        ),
        wishes=[wish.minutes() for wish in asked.wishes],
        limit=asked.limit,
        after=minute_of(asked.after) if asked.after else None,
        shown=frozenset(minute_of(start) for start in asked.shown),
        order=asked.order,
        together=asked.together,
    )

    def look(session: Session, now: datetime) -> SearchOut:
        must_own(
            session,
            business_id,
            customer=asked.customer_id,
            conversation=asked.conversation_id,
            appointment=asked.exclude_appointment_id,
        )
        if caller.role is Role.CUSTOMER:
            theirs = {"conversation": asked.conversation_id, "appointment": asked.exclude_appointment_id}
            must_be_theirs(session, business_id, caller.customer_id or 0, **theirs)
        return SearchOut.of(search(session, wanted, now))

    return caller.ask(look)


@router.post("/availability/slots")
def list_slots(business_id: PathId, asked: ListIn, caller: Searcher) -> ListOut:
    """Every bookable start of a range, soonest first, with everybody who could take it."""
    if asked.customer_id is not None:
        caller.must_be_own_customer(asked.customer_id)
    low, high = minute_from(asked.start), minute_from(asked.end)

    def look(session: Session, now: datetime) -> ListOut:
        must_own(session, business_id, customer=asked.customer_id, conversation=asked.conversation_id)
        if caller.role is Role.CUSTOMER:
            must_be_theirs(session, business_id, caller.customer_id or 0, conversation=asked.conversation_id)
        question = asked.question(business_id, own_conversation_id=asked.conversation_id)
        return ListOut.of(listing(session, question, low, high, asked.limit, now))

    return caller.ask(look)


@router.post("/holds", status_code=201)
def hold_slot(business_id: PathId, asked: HoldIn, caller: Conversation) -> HoldOut:
    """Keep a slot for the policy's hold minutes; replaces what the conversation held."""
    question = asked.question(
        business_id,
        own_appointment_id=asked.exclude_appointment_id,
        own_conversation_id=asked.conversation_id,
    )

    def work(session: Session, now: datetime) -> HoldOut:
        must_own(
            session,
            business_id,
            conversation=asked.conversation_id,
            appointment=asked.exclude_appointment_id,
            customer=asked.customer_id,
        )
        held, plan = holds.hold(session, question, asked.conversation_id, asked.start, now)
        record(session, caller, now, business_id=business_id, action="held", subject=("hold", held.id))
        return HoldOut(
            id=held.id, expires_at=held.expires_at, staff_id=plan.staff_id, location_id=plan.location_id
        )

    return or_alternatives(caller, business_id, lambda: question, asked.start, lambda: caller.change(work))


@router.delete("/holds/{hold_id}", status_code=204)
def release_hold(business_id: PathId, hold_id: PathId, caller: Conversation) -> None:
    """Give a held slot back; one that has run out and was cleared away is not found."""

    def work(session: Session, now: datetime) -> None:
        if not release(session, business_id, hold_id):
            raise NotFound("unknown hold")
        record(session, caller, now, business_id=business_id, action="released", subject=("hold", hold_id))

    caller.change(work)
