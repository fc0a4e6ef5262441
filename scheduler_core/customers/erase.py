"""Forget a person: their visits stay to be counted, and nothing is left that says whose they were."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from scheduler_core.customers.models import Customer
from scheduler_core.customers.personal import gather
from scheduler_core.customers.queries import by_address, customer, locked
from scheduler_core.customers.schemas import FarewellIn
from scheduler_core.db.session import serialise
from scheduler_core.outbox.enqueue import tell_customer
from scheduler_core.outbox.records import Plan, thread_of
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.person import Room


def erase(
    session: Session,
    caller: Caller,
    now: datetime,
    rooms: Sequence[Room],
    business_id: int,
    customer_id: int,
    farewell: FarewellIn | None = None,
) -> None:
    """In one transaction, room by room in the order given; once more does no harm and sweeps what came since."""
    person = _alone_with(session, rooms, business_id, customer_id)
    holder = by_address(session, business_id, farewell.channel, farewell.address) if farewell else None
    traces = gather(session, rooms, business_id, customer_id)
    first = person.erased_at is None
    for room in rooms:
        room.erase(session, caller, now, traces)
    if first:
        record(
            session,
            caller,
            now,
            business_id=business_id,
            action="erased",
            subject=("customer", customer_id),
            customer_id=customer_id,
        )
    if farewell and holder and holder.id == customer_id:
        _say_farewell(session, now, business_id, customer_id, farewell)


def _say_farewell(
    session: Session, now: datetime, business_id: int, customer_id: int, farewell: FarewellIn
) -> None:
    tell_customer(
        session,
        business_id=business_id,
        channel=farewell.channel,
        address=farewell.address,
        plan=Plan(farewell.text),
        kind="farewell",
        idem_key=f"farewell:{business_id}:{customer_id}",
        now=now,
    )


def _alone_with(session: Session, rooms: Sequence[Room], business_id: int, customer_id: int) -> Customer:
    """The customer's row, held together with their conversations: what is being written now is written first."""
    customer(session, business_id, customer_id)
    known = gather(session, rooms, business_id, customer_id)
    for channel, address in sorted(known.addresses):
        serialise(session, thread_of(channel, address))
    return locked(session, business_id, customer_id)
