"""Tell the staff that somebody would like to talk to a person."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from scheduler_core.businesses.queries import business, noticed_staff
from scheduler_core.conversations.models import Conversation
from scheduler_core.customers.queries import customer
from scheduler_core.errors import NotFound
from scheduler_core.outbox.enqueue import tell_staff
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller


def hand_off(
    session: Session,
    caller: Caller,
    now: datetime,
    business_id: int,
    conversation_id: int,
    reason: str,
    key: str,
) -> None:
    """One notice for each who is told of such things; ``key`` names the request."""
    found = session.get(Conversation, conversation_id)
    if found is None or found.business_id != business_id:
        raise NotFound("unknown conversation")
    person = customer(session, business_id, found.customer_id)
    facts = {
        "customer": person.name or f"Customer {person.id}",
        "channel": found.channel,
        "reason": reason or "no reason given",
        "conversation_id": conversation_id,
    }
    _tell(session, business_id, facts, key, now)
    subject = ("conversation", conversation_id)
    record(
        session,
        caller,
        now,
        business_id=business_id,
        action="handed_off",
        subject=subject,
        customer_id=person.id,
    )


def _tell(session: Session, business_id: int, facts: dict[str, Any], key: str, now: datetime) -> None:
    digest = sha256(f"{business_id}:{key}".encode()).hexdigest()
    language = business(session, business_id).locale
    for staff_id in noticed_staff(session, business_id):
        tell_staff(
            session,
            business_id=business_id,
            address=str(staff_id),
            kind="staff_handoff",
            idem_key=f"staff_handoff:{digest}:{staff_id}",
            language=language,
            facts=facts,
            now=now,
        )
