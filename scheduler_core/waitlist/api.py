"""HTTP: who waits for a time that is not free."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlalchemy.orm import Session

from scheduler_core.businesses.models import Service
from scheduler_core.businesses.queries import business
from scheduler_core.businesses.rows import owned
from scheduler_core.customers.queries import customer
from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.inputs import Id, PathId
from scheduler_core.permissions.once import IdempotencyKey, once
from scheduler_core.permissions.paging import PAGE, After, Limit, Page, paged
from scheduler_core.permissions.roles import Permission
from scheduler_core.waitlist import join as joining
from scheduler_core.waitlist import leave as leaving
from scheduler_core.waitlist import queries
from scheduler_core.waitlist.schemas import EntryOut, LeftOut, State, WaitIn

router = APIRouter(prefix="/v1/businesses/{business_id}/waitlist", tags=["waitlist"])

Waiter = Annotated[Caller, may(Permission.WAITLIST)]
Filter = Annotated[Id | None, Query()]


@router.post("", status_code=201, responses={200: {"model": EntryOut, "description": "They wait already"}})
def join_waitlist(
    business_id: PathId, asked: WaitIn, caller: Waiter, idempotency_key: IdempotencyKey, response: Response
) -> EntryOut:
    """Wait for a time; who waits for the same thing already keeps their place, and the new times are added (200)."""
    caller.must_be_own_customer(asked.customer_id)
    request = {"wait": asked.model_dump(mode="json")}

    def work(session: Session, now: datetime) -> tuple[EntryOut, bool]:
        def join() -> dict[str, Any]:
            entry_id, new = joining.join(session, caller, now, business_id, asked)
            return {"entry_id": entry_id, "new": new}

        kept = once(session, now, business_id, idempotency_key, request, join)
        return queries.entry_out(queries.entry(session, business_id, kept["entry_id"]), now), kept["new"]

    entry, new = caller.change(work)
    if not new:
        response.status_code = 200
    return entry


@router.get("")
def list_waitlist(
    business_id: PathId,
    caller: Waiter,
    service_id: Filter = None,
    customer_id: Filter = None,
    state: State | None = None,
    after: After = None,
    limit: Limit = PAGE,
) -> Page[EntryOut]:
    """In the order in which they asked; a customer sees their own."""
    if customer_id is not None:
        caller.must_be_own_customer(customer_id)

    def question(session: Session, now: datetime) -> Page[EntryOut]:
        business(session, business_id)
        if service_id is not None:
            owned(session, Service, business_id, service_id)
        if customer_id is not None:
            customer(session, business_id, customer_id)
        found = queries.found_by(
            session,
            business_id,
            now,
            service_id=service_id,
            customer_id=customer_id or caller.customer_id,
            state=state,
            after=after or 0,
            count=limit + 1,
        )
        return paged([queries.entry_out(each, now) for each in found], limit, lambda each: each.id)

    return caller.ask(question)


@router.get("/{entry_id}")
def get_waitlist_entry(business_id: PathId, entry_id: PathId, caller: Waiter) -> EntryOut:
    def question(session: Session, now: datetime) -> EntryOut:
        found = queries.entry(session, business_id, entry_id)
        caller.must_be_own_customer(found.customer_id)
        return queries.entry_out(found, now)

    return caller.ask(question)


@router.delete("/{entry_id}")
def leave_waitlist(business_id: PathId, entry_id: PathId, caller: Waiter) -> LeftOut:
    """Wait no longer. What has ended already stays as it ended, and the answer says so."""

    def work(session: Session, now: datetime) -> LeftOut:
        found = queries.to_change(session, business_id, entry_id)
        caller.must_be_own_customer(found.customer_id)
        left = leaving.leave(session, caller, now, found)
        return LeftOut(**queries.entry_out(found, now).model_dump(), already_ended=not left)

    return caller.change(work)
