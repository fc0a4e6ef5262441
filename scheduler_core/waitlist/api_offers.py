"""HTTP: the times that are kept for those who wait, and what they say to them."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session

from scheduler_core.appointments.schemas import AppointmentOut
from scheduler_core.businesses.queries import business
from scheduler_core.customers.queries import customer
from scheduler_core.errors import Forbidden
from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.inputs import Id, PathId
from scheduler_core.permissions.once import IdempotencyKey, once
from scheduler_core.permissions.paging import PAGE, After, Limit, Page, paged
from scheduler_core.permissions.roles import Permission, Role
from scheduler_core.waitlist import answer, queries
from scheduler_core.waitlist.models import WaitlistOffer
from scheduler_core.waitlist.schemas import DeclineIn, OfferOut, OfferState

router = APIRouter(prefix="/v1/businesses/{business_id}/waitlist/offers", tags=["waitlist"])

_Waiter = Annotated[Caller, may(Permission.WAITLIST)]


@router.get("")
def list_offers(
    business_id: PathId,
    caller: _Waiter,
    customer_id: Annotated[Id | None, Query()] = None,
    state: OfferState | None = None,
    after: After = None,
    limit: Limit = PAGE,
) -> Page[OfferOut]:
    """The newest first; a customer sees their own."""
    if customer_id is not None:
        caller.must_be_own_customer(customer_id)

    def question(session: Session, _now: datetime) -> Page[OfferOut]:
        business(session, business_id)
        if customer_id is not None:
            customer(session, business_id, customer_id)
        found = queries.offers_by(
            session,
            business_id,
            customer_id=customer_id or caller.customer_id,
            state=state,
            before=after,
            count=limit + 1,
        )
        return paged([_shown(each) for each in found], limit, lambda each: each.id)

    return caller.ask(question)


@router.post("/{offer_id}/accept")
def accept_offer(
    business_id: PathId, offer_id: PathId, caller: _Waiter, idempotency_key: IdempotencyKey
) -> AppointmentOut:
    """Yes: the visit, new or moved to its earlier time; 410 when the time is no longer kept for them."""

    def work(session: Session, now: datetime) -> dict[str, Any]:
        def take() -> dict[str, Any]:
            return answer.accept(session, caller, now, business_id, offer_id)

        return once(session, now, business_id, idempotency_key, {"accept": offer_id}, take)

    return AppointmentOut.model_validate(caller.change(work))


@router.post("/{offer_id}/decline")
def decline_offer(business_id: PathId, offer_id: PathId, asked: DeclineIn, caller: _Waiter) -> OfferOut:
    """No: it goes to the next at once. What has ended already stays as it ended."""
    return caller.change(
        lambda session, now: _shown(
            answer.decline(session, caller, now, business_id, offer_id, leaves=asked.leave)
        )
    )


@router.post("/{offer_id}/withdraw")
def withdraw_offer(business_id: PathId, offer_id: PathId, caller: _Waiter) -> OfferOut:
    """Staff need the time themselves: it is free again, the customer is told and goes on waiting."""
    if caller.role is Role.CUSTOMER:
        raise Forbidden(permission=Permission.CONVERSE)
    return caller.change(
        lambda session, now: _shown(answer.withdraw(session, caller, now, business_id, offer_id))
    )


def _shown(kept: WaitlistOffer) -> OfferOut:
    return OfferOut.model_validate(
        {
            "id": kept.id,
            "entry_id": kept.entry_id,
            "customer_id": kept.customer_id,
            "staff_id": kept.staff_id,
            "location_id": kept.location_id,
            "start": kept.start_at,
            "end": kept.end_at,
            "state": kept.state,
            "reason": kept.reason,
            "made_at": kept.made_at,
            "said_at": kept.said_at,
            "until": kept.until,
            "ended_at": kept.ended_at,
            "appointment_id": kept.appointment_id,
        }
    )
