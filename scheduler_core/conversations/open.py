"""Open the thread with an address: known people are found, new ones are made."""

from datetime import datetime

from sqlalchemy import Select, delete, exists, select, update
from sqlalchemy.orm import Session

from scheduler_core.availability.models import Hold
from scheduler_core.availability.reserve import release
from scheduler_core.businesses.queries import business
from scheduler_core.conversations.holder import let_go
from scheduler_core.conversations.models import Conversation, Draft, Notice
from scheduler_core.conversations.schemas import OpenIn
from scheduler_core.customers.contact import add_address
from scheduler_core.customers.models import ContactPoint, Customer
from scheduler_core.customers.queries import by_address, by_phone
from scheduler_core.customers.schemas import ContactPointIn
from scheduler_core.db.session import serialise
from scheduler_core.outbox.records import thread_of
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller


def find(session: Session, business_id: int, asked: OpenIn) -> Conversation | None:
    """The thread with an address, as long as it is with whom the address names now."""
    names_now = exists().where(
        ContactPoint.business_id == Conversation.business_id,
        ContactPoint.customer_id == Conversation.customer_id,
        ContactPoint.channel == Conversation.channel,
        ContactPoint.address == Conversation.address,
    )
    return session.scalar(_with(business_id, asked).where(names_now))


def open_new(
    session: Session, caller: Caller, now: datetime, business_id: int, asked: OpenIn
) -> Conversation:
    """The conversation with an address, made with its customer when there is none; safe to race.

    Who writes from a number that is known from another channel is the person known there.
    """
    business(session, business_id)
    serialise(session, thread_of(asked.channel, asked.address))
    found = find(session, business_id, asked)
    if found is not None:
        return found
    customer = by_address(session, business_id, asked.channel, asked.address)
    if customer is None and (customer := by_phone(session, business_id, asked.channel, asked.address)):
        add_address(session, customer, ContactPointIn(channel=asked.channel, address=asked.address))
    if customer is None:
        customer = _new_customer(session, now, business_id, asked)
        record(session, caller, now, business_id=business_id, action="met", subject=("customer", customer.id))
    return _begun(session, caller, now, business_id, asked, customer.id)


def _with(business_id: int, asked: OpenIn) -> Select[Conversation]:
    return select(Conversation).where(
        Conversation.business_id == business_id,
        Conversation.channel == asked.channel,
        Conversation.address == asked.address,
    )


def _begun(
    session: Session, caller: Caller, now: datetime, business_id: int, asked: OpenIn, customer_id: int
) -> Conversation:
    """A thread with nothing in it; one that was another person's goes on as theirs, without what was arranged there."""
    begun = session.scalar(_with(business_id, asked))
    if begun is None:
        begun = Conversation(business_id=business_id, channel=asked.channel, address=asked.address)
        session.add(begun)
    else:
        let_go(session, caller, now, begun, "staff_handed_back")
        for table in (Draft, Notice):
            session.execute(delete(table).where(table.conversation_id == begun.id))
        also_here = update(Notice).where(Notice.also_in_id == begun.id)
        session.execute(also_here.values(also_in_id=None))
        for hold_id in session.scalars(select(Hold.id).where(Hold.conversation_id == begun.id)).all():
            release(session, business_id, hold_id)
    begun.customer_id, begun.created_at = customer_id, now
    begun.waiting_since = None
    session.flush()
    return begun


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
