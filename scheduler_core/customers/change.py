"""What a customer would like to be called, and the language they write in."""

from datetime import datetime

from sqlalchemy.orm import Session

from scheduler_core.customers.queries import to_change
from scheduler_core.customers.schemas import CustomerChangeIn
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller


def change(
    session: Session,
    caller: Caller,
    now: datetime,
    business_id: int,
    customer_id: int,
    asked: CustomerChangeIn,
) -> None:
    """Raises ``CustomerErased`` of the forgotten."""
    person = to_change(session, business_id, customer_id)
    said = {"renamed": ("name", asked.name), "language_changed": ("language", asked.language)}
    for action, (field, value) in said.items():
        if value is None or getattr(person, field) == value:
            continue
        setattr(person, field, value)
        record(
            session,
            caller,
            now,
            business_id=business_id,
            action=action,
            subject=("customer", customer_id),
            customer_id=customer_id,
        )
