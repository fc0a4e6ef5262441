"""Two records turn out to be one person: everything of the younger goes to the older, and the younger is gone.

Who shows that a phone is theirs is the person who has that number.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, inspect, update
from sqlalchemy.orm import Session

from scheduler_core.customers.contact import add_address
from scheduler_core.customers.models import Customer
from scheduler_core.customers.personal import gather
from scheduler_core.customers.queries import PHONE, by_phone, customer, to_change
from scheduler_core.customers.schemas import ContactPointIn
from scheduler_core.db.session import serialise
from scheduler_core.outbox.records import thread_of
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.person import Room


def show_phone(
    session: Session,
    caller: Caller,
    now: datetime,
    rooms: Sequence[Room],
    business_id: int,
    customer_id: int,
    phone: str,
) -> int:
    """The id of the person who holds that number, which may be an older record than the one that showed it."""
    serialise(session, thread_of(PHONE, phone))
    holder = by_phone(session, business_id, PHONE, phone)
    if holder is not None and holder.id != customer_id:
        return join(session, caller, now, rooms, business_id, customer_id, holder.id)
    person = to_change(session, business_id, customer_id)
    if holder is None and add_address(session, person, ContactPointIn(channel=PHONE, address=phone)):
        _record(session, caller, now, person.id, "phone_shown", {})
    return customer_id


def join(
    session: Session,
    caller: Caller,
    now: datetime,
    rooms: Sequence[Room],
    business_id: int,
    one_id: int,
    other_id: int,
) -> int:
    """The id that stays. Once more does no harm: a record that is gone is unknown. Raises ``NotFound``."""
    kept_id, gone_id = sorted((one_id, other_id))
    if kept_id == gone_id:
        return kept_id
    kept, gone = _alone_with(session, rooms, business_id, kept_id, gone_id)
    for room in rooms:
        for table in room.tables:
            owner = inspect(table).columns
            session.execute(
                update(table)
                .where(owner["business_id"] == business_id, owner["customer_id"] == gone_id)
                .values(customer_id=kept_id)
            )
    kept.name, kept.language = kept.name or gone.name, kept.language or gone.language
    session.flush()
    session.expunge(gone)
    session.execute(delete(Customer).where(Customer.id == gone_id))
    _record(session, caller, now, kept_id, "same_person", {"was": gone_id})
    return kept_id


def _alone_with(
    session: Session, rooms: Sequence[Room], business_id: int, *customer_ids: int
) -> list[Customer]:
    """Their rows, held together with their conversations: what is being written now is written first."""
    addresses = set[tuple[str, str]]()
    for each in customer_ids:
        customer(session, business_id, each)
        addresses |= gather(session, rooms, business_id, each).addresses
    for channel, address in sorted(addresses):
        serialise(session, thread_of(channel, address))
    return [to_change(session, business_id, each) for each in customer_ids]


def _record(
    session: Session, caller: Caller, now: datetime, customer_id: int, action: str, facts: dict[str, Any]
) -> None:
    person = session.get_one(Customer, customer_id)
    record(
        session,
        caller,
        now,
        business_id=person.business_id,
        action=action,
        subject=("customer", customer_id),
        customer_id=customer_id,
        **facts,
    )
