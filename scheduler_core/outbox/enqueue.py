"""How the core speaks outside a conversation: to staff on their page, to customers over their channel."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.outbox import outgoing
from scheduler_core.outbox.models import OutboundMessage
from scheduler_core.outbox.records import Plan, thread_of
from scheduler_core.outbox.words import words

DESK = "desk"


def tell_staff(
    session: Session,
    *,
    business_id: int,
    address: str,
    kind: str,
    idem_key: str,
    language: str,
    facts: dict[str, Any],
    now: datetime,
    channel: str = DESK,
) -> bool:
    """Notify one staff member in the caller's transaction; ``False``: ``idem_key`` was told already.

    On channel ``desk`` the row is the notice: the staff's page reads it, nobody has to send it.
    """
    plan = Plan(words(language, kind, **facts))
    if channel != DESK:
        return outgoing.say(
            session, business_id, channel, address, plan, idem_key=idem_key, kind=kind, now=now, facts=facts
        )
    if session.scalar(select(OutboundMessage.id).where(OutboundMessage.idem_key == idem_key)) is not None:
        return False
    session.add(
        OutboundMessage(
            business_id=business_id,
            idem_key=idem_key,
            thread=thread_of(DESK, address),
            channel=DESK,
            address=address,
            kind=kind,
            text=plan.text,
            choices=[],
            links=[],
            facts=facts,
            state="sent",
            created_at=now,
            sent_at=now,
        )
    )
    return True


def tell_customer(
    session: Session,
    *,
    business_id: int,
    channel: str,
    address: str,
    plan: Plan,
    kind: str,
    idem_key: str,
    now: datetime,
) -> bool:
    """Queue a message to a customer in the caller's transaction; the caller has checked that they want it."""
    return outgoing.say(session, business_id, channel, address, plan, idem_key=idem_key, kind=kind, now=now)
