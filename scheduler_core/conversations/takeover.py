"""A person speaks instead of the assistant, for as long as they go on, and hands back when they have done."""

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy.orm import Session

from scheduler_core.businesses.policy import Policy
from scheduler_core.businesses.queries import business
from scheduler_core.conversations.models import Conversation
from scheduler_core.conversations.queries import to_change
from scheduler_core.customers.queries import opted_out
from scheduler_core.errors import OptedOut
from scheduler_core.outbox.enqueue import tell_customer
from scheduler_core.outbox.feed import STAFF_SAYS
from scheduler_core.outbox.records import Plan
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller


def silence(session: Session, business_id: int) -> timedelta:
    """How long the assistant stays away after each word of staff."""
    policy = Policy.model_validate(business(session, business_id).policy)
    return timedelta(minutes=policy.takeover_silence_minutes)


def take_over(
    session: Session, caller: Caller, now: datetime, business_id: int, conversation_id: int
) -> None:
    found = to_change(session, business_id, conversation_id)
    begins = not found.is_handed_over(now)
    found.waiting_since, found.silent_until = None, now + silence(session, business_id)
    if begins:
        _note(session, caller, now, found, "taken_over")


def say(
    session: Session,
    caller: Caller,
    now: datetime,
    business_id: int,
    conversation_id: int,
    text: str,
    key: str,
) -> None:
    """Who speaks has taken over, and the silence begins anew; ``key`` names the message. Raises ``OptedOut``."""
    take_over(session, caller, now, business_id, conversation_id)
    found = to_change(session, business_id, conversation_id)
    if opted_out(session, business_id, found.channel, found.address):
        raise OptedOut()
    digest = sha256(f"{business_id}:{key}".encode()).hexdigest()
    tell_customer(
        session,
        business_id=business_id,
        channel=found.channel,
        address=found.address,
        plan=Plan(text),
        kind=STAFF_SAYS,
        idem_key=f"{STAFF_SAYS}:{digest}",
        now=now,
    )
    _note(session, caller, now, found, "replied")


def hand_back(
    session: Session, caller: Caller, now: datetime, business_id: int, conversation_id: int
) -> None:
    """The assistant answers again from the next message on."""
    found = to_change(session, business_id, conversation_id)
    held = found.is_handed_over(now)
    found.waiting_since = found.silent_until = None
    if held:
        _note(session, caller, now, found, "handed_back")


def _note(session: Session, caller: Caller, now: datetime, found: Conversation, action: str) -> None:
    record(
        session,
        caller,
        now,
        business_id=found.business_id,
        action=action,
        subject=("conversation", found.id),
        customer_id=found.customer_id,
    )
