"""Call a customer what they would like to be called."""

from datetime import datetime

from sqlalchemy.orm import Session

from scheduler_core.customers.queries import to_change
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller


def rename(
    session: Session, caller: Caller, now: datetime, business_id: int, customer_id: int, name: str
) -> None:
    """Raises ``CustomerErased`` of the forgotten."""
    person = to_change(session, business_id, customer_id)
    if person.name == name:
        return
    person.name = name
    record(
        session,
        caller,
        now,
        business_id=business_id,
        action="renamed",
        subject=("customer", customer_id),
        customer_id=customer_id,
    )
