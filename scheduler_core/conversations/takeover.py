"""A person speaks instead of the assistant, for as long as they go on, and hands back when they have done."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from scheduler_core.conversations.holder import hold, let_go, must_be_free
from scheduler_core.conversations.models import Conversation
from scheduler_core.conversations.queries import to_change
from scheduler_core.customers.queries import opted_out
from scheduler_core.errors import OptedOut
from scheduler_core.outbox.enqueue import tell_customer
from scheduler_core.outbox.feed import STAFF_SAYS
from scheduler_core.outbox.records import Plan
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller


def take_over(
    session: Session,
    caller: Caller,
    now: datetime,
    business_id: int,
    conversation_id: int,
    *,
    even_if_taken: bool = False,
) -> None:
    """Raises ``TakenByAnother`` when a colleague speaks there, unless they are to be taken off."""
    found = to_change(session, business_id, conversation_id)
    if not even_if_taken:
        must_be_free(session, caller, now, found)
    if hold(session, caller, now, found):
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
    """Who speaks has taken over, and the silence begins anew; ``key`` names the message.

    Raises ``OptedOut``, and ``TakenByAnother`` when a colleague speaks there.
    """
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
    """The assistant answers again from the next message on. Raises ``TakenByAnother`` when a colleague speaks there."""
    found = to_change(session, business_id, conversation_id)
    must_be_free(session, caller, now, found)
    held = found.is_handed_over(now)
    let_go(session, caller, now, found, "staff_handed_back")
    found.waiting_since = None
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
