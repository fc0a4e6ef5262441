"""Open the thread with an address: known people are found, new ones are made."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.businesses.queries import business
from scheduler_core.conversations.models import Conversation
from scheduler_core.conversations.schemas import OpenIn
from scheduler_core.customers.models import ContactPoint, Customer
from scheduler_core.customers.queries import by_address
from scheduler_core.outbox.jobs import serialise
from scheduler_core.outbox.records import thread_of
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller


def find(session: Session, business_id: int, asked: OpenIn) -> Conversation | None:
    return session.scalar(
        select(Conversation).where(
            Conversation.business_id == business_id,
            Conversation.channel == asked.channel,
            Conversation.address == asked.address,
        )
    )


def open_new(
    session: Session, caller: Caller, now: datetime, business_id: int, asked: OpenIn
) -> Conversation:
    """The conversation with an address, made with its customer when there is none; safe to race."""
    business(session, business_id)
    serialise(session, thread_of(asked.channel, asked.address))
    found = find(session, business_id, asked)
    if found is not None:
        return found
    customer = by_address(session, business_id, asked.channel, asked.address)
    if customer is None:
        customer = _new_customer(session, now, business_id, asked)
        record(session, caller, now, business_id=business_id, action="met", subject=("customer", customer.id))
    opened = Conversation(
        business_id=business_id,
        customer_id=customer.id,
        channel=asked.channel,
        address=asked.address,
        handed_over=False,
        created_at=now,
    )
    session.add(opened)
    session.flush()
    return opened


def _new_customer(session: Session, now: datetime, business_id: int, asked: OpenIn) -> Customer:
    name = (asked.display_name or "").strip() or None
    customer = Customer(business_id=business_id, name=name, created_at=now)
    session.add(customer)
    session.flush()
    session.add(
        ContactPoint(
            business_id=business_id, customer_id=customer.id, channel=asked.channel, address=asked.address
        )
    )
    return customer
