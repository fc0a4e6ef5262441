"""Write down a new customer with the ways to reach them."""

from datetime import datetime

from sqlalchemy.orm import Session

from scheduler_core.businesses.queries import business
from scheduler_core.customers.contact import add_address
from scheduler_core.customers.models import Customer
from scheduler_core.customers.schemas import CustomerIn
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller


def create(session: Session, caller: Caller, now: datetime, business_id: int, asked: CustomerIn) -> int:
    """The new customer's id; raises ``AddressTaken`` when an address names somebody already."""
    business(session, business_id)
    new = Customer(business_id=business_id, name=asked.name, language=asked.language, created_at=now)
    session.add(new)
    session.flush()
    for point in asked.contact_points:
        add_address(session, new, point)
    record(
        session,
        caller,
        now,
        business_id=business_id,
        action="customer_created",
        subject=("customer", new.id),
        customer_id=new.id,
        addresses=len(asked.contact_points),
    )
    return new.id
