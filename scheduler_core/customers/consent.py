"""Keep what was said about writing to one of a customer's addresses; the newest word holds."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.customers.models import Consent, ContactPoint
from scheduler_core.customers.queries import to_change
from scheduler_core.customers.schemas import ConsentIn
from scheduler_core.errors import NotFound
from scheduler_core.outbox import due
from scheduler_core.outbox.outgoing import drop_deferred
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller

#: The kind of due work on what somebody was told who wants to be told nothing any more.
NO_MORE_MESSAGES = "no_more_messages"


def keep(
    session: Session, caller: Caller, now: datetime, business_id: int, customer_id: int, asked: ConsentIn
) -> None:
    """Raises ``NotFound`` for an address that is not this customer's."""
    to_change(session, business_id, customer_id)
    own = select(ContactPoint.id).where(
        ContactPoint.customer_id == customer_id,
        ContactPoint.channel == asked.channel,
        ContactPoint.address == asked.address,
    )
    if session.scalar(own) is None:
        raise NotFound("unknown address of this customer")
    kept = Consent(business_id=business_id, customer_id=customer_id, at=now, **asked.model_dump())
    session.add(kept)
    if not asked.granted and asked.purpose != "marketing":
        drop_deferred(session, business_id, asked.channel, asked.address, now)
        session.flush()
        due.plan(
            session,
            business_id=business_id,
            kind=NO_MORE_MESSAGES,
            subject=f"customer:{customer_id}",
            due_at=now,
            idem_key=f"{NO_MORE_MESSAGES}:{kept.id}",
            payload={"customer_id": customer_id},
        )
    record(
        session,
        caller,
        now,
        business_id=business_id,
        action="consent_granted" if asked.granted else "consent_withdrawn",
        subject=("customer", customer_id),
        customer_id=customer_id,
        channel=asked.channel,
        **({"purpose": asked.purpose} if asked.purpose else {}),
    )
