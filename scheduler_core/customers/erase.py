"""Forget a person: their visits stay to be counted, and nothing is left that says whose they were."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from scheduler_core.customers.models import Customer
from scheduler_core.customers.personal import gather
from scheduler_core.customers.queries import customer, locked
from scheduler_core.outbox.jobs import serialise
from scheduler_core.outbox.records import thread_of
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.person import Room


def erase(
    session: Session, caller: Caller, now: datetime, rooms: Sequence[Room], business_id: int, customer_id: int
) -> None:
    """In one transaction, room by room in the order given; once more does no harm and sweeps what came since."""
    person = _alone_with(session, rooms, business_id, customer_id)
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


def _alone_with(session: Session, rooms: Sequence[Room], business_id: int, customer_id: int) -> Customer:
    """The customer's row, held together with their conversations: what is being written now is written first."""
    customer(session, business_id, customer_id)
    known = gather(session, rooms, business_id, customer_id)
    for channel, address in sorted(known.addresses):
        serialise(session, thread_of(channel, address))
    return locked(session, business_id, customer_id)
