"""HTTP: links with which a customer goes on in another chat."""

from typing import Annotated

from fastapi import APIRouter

from scheduler_core.customers import links
from scheduler_core.customers.personal import EveryRoom
from scheduler_core.customers.schemas import LinkClaimIn, LinkClaimOut, LinkIn, LinkOut
from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.inputs import PathId
from scheduler_core.permissions.roles import Permission

router = APIRouter(prefix="/v1/businesses/{business_id}/customers/{customer_id}/links", tags=["customers"])


@router.post("", status_code=201)
def make_link(
    business_id: PathId,
    customer_id: PathId,
    asked: LinkIn,
    caller: Annotated[Caller, may(Permission.CHANGE_CUSTOMERS)],
) -> LinkOut:
    """A link for this customer alone: once and within a day it opens a chat that is theirs. It is told only here."""
    caller.must_be_own_customer(customer_id)
    return caller.change(
        lambda session, now: links.make(session, caller, now, business_id, customer_id, asked)
    )


@router.post("/claim")
def claim_link(
    business_id: PathId,
    customer_id: PathId,
    asked: LinkClaimIn,
    caller: Annotated[Caller, may(Permission.CONVERSE)],
    rooms: EveryRoom,
) -> LinkClaimOut:
    """Somebody, so far known as this customer, has opened a link in their chat."""
    return caller.change(
        lambda session, now: links.claim(session, caller, now, rooms, business_id, customer_id, asked)
    )
