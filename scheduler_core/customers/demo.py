"""The people who come to the demo salon; three of them can be played with `./frontdesk chat --as NAME`."""

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from scheduler_core.customers.models import ContactPoint, Customer

_FIRST = ("Amelia", "Noah", "Isla", "Leo", "Freya", "Arthur", "Zara", "Omar", "Grace", "Mateo")
_LAST = ("Patel", "Hughes", "Okoro", "Walsh", "Lindqvist", "Khan")

#: Address on channel `terminal` → name.
KNOWN = {"maria": "Maria Santos", "tom": "Tom Fletcher", "priya": "Priya Nair"}


def add_customers(session: Session, salon_id: int, now: datetime) -> dict[str, int]:
    """Write them; the ids of the known ones by address."""
    crowd = [
        {"business_id": salon_id, "name": f"{first} {last}", "created_at": now}
        for last in _LAST
        for first in _FIRST
    ]
    session.execute(insert(Customer), crowd)
    known = {
        address: Customer(business_id=salon_id, name=name, created_at=now) for address, name in KNOWN.items()
    }
    session.add_all(known.values())
    session.flush()
    for address, person in known.items():
        session.add(
            ContactPoint(business_id=salon_id, customer_id=person.id, channel="terminal", address=address)
        )
    session.flush()
    return {address: person.id for address, person in known.items()}
