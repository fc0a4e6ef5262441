"""Add and remove the ways to reach a customer: of one business, an address names one person."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.customers.models import ContactPoint, Customer
from scheduler_core.customers.queries import to_change
from scheduler_core.customers.schemas import ContactPointIn
from scheduler_core.db.session import serialise
from scheduler_core.errors import AddressTaken, NotFound
from scheduler_core.outbox.records import thread_of
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller


def add(
    session: Session, caller: Caller, now: datetime, business_id: int, customer_id: int, asked: ContactPointIn
) -> None:
    """One more address; to one that is theirs already nothing happens. Raises ``AddressTaken``.

    The thread is taken before the person, as an erasure does it.
    """
    serialise(session, thread_of(asked.channel, asked.address))
    person = to_change(session, business_id, customer_id)
    if add_address(session, person, asked):
        record_address(session, caller, now, person, "address_added", asked.channel)


def add_address(session: Session, person: Customer, asked: ContactPointIn) -> bool:
    """``False``: it is theirs already. Whoever else gives this address a person waits for this transaction."""
    serialise(session, thread_of(asked.channel, asked.address))
    holder = session.scalar(
        select(ContactPoint.customer_id).where(
            ContactPoint.business_id == person.business_id,
            ContactPoint.channel == asked.channel,
            ContactPoint.address == asked.address,
        )
    )
    if holder is not None and holder != person.id:
        raise AddressTaken()
    if holder is None:
        session.add(ContactPoint(business_id=person.business_id, customer_id=person.id, **asked.model_dump()))
        session.flush()
    return holder is None


def remove(
    session: Session, caller: Caller, now: datetime, business_id: int, customer_id: int, contact_point_id: int
) -> None:
    """Raises ``NotFound`` unless it is this customer's."""
    person = to_change(session, business_id, customer_id)
    point = session.get(ContactPoint, contact_point_id)
    if point is None or point.customer_id != person.id:
        raise NotFound("unknown address of this customer")
    session.delete(point)
    record_address(session, caller, now, person, "address_removed", point.channel)


def record_address(
    session: Session, caller: Caller, now: datetime, person: Customer, action: str, channel: str
) -> None:
    """Keep that something was done with an address of theirs on ``channel``."""
    record(
        session,
        caller,
        now,
        business_id=person.business_id,
        action=action,
        subject=("customer", person.id),
        customer_id=person.id,
        channel=channel,
    )
