"""Everything that is kept about a person, from every room, as one JSON document."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from scheduler_core.customers.personal import gather
from scheduler_core.customers.queries import customer
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.person import Room


def export(
    session: Session, caller: Caller, now: datetime, rooms: Sequence[Room], business_id: int, customer_id: int
) -> dict[str, Any]:
    """Each room's part under names of its own; that it was handed out is written down too."""
    customer(session, business_id, customer_id)
    person = gather(session, rooms, business_id, customer_id)
    document: dict[str, Any] = {"exported_at": now, "business_id": business_id, "customer_id": customer_id}
    for room in rooms:
        document |= room.export(session, person)
    record(
        session,
        caller,
        now,
        business_id=business_id,
        action="exported",
        subject=("customer", customer_id),
        customer_id=customer_id,
    )
    return document
