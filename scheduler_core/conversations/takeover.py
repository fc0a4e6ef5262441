"""A person speaks instead of the assistant, for as long as they go on, and hands back when they have done."""

from collections.abc import Sequence
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
from scheduler_core.outbox.records import File, Plan
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller

_LONGEST_BELOW_A_FILE = 1000
"""Telegram shows 1024 signs below one."""


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
    files: Sequence[File] = (),
) -> None:
    """Who speaks has taken over, and the silence begins anew; ``key`` names what is said.

    Raises ``OptedOut``, and ``TakenByAnother`` when a colleague speaks there.
    """
    take_over(session, caller, now, business_id, conversation_id)
    found = to_change(session, business_id, conversation_id)
    if opted_out(session, business_id, found.channel, found.address):
        raise OptedOut()
    digest = sha256(f"{business_id}:{key}".encode()).hexdigest()
    for n, plan in enumerate(_messages(text, files)):
        tell_customer(
            session,
            business_id=business_id,
            channel=found.channel,
            address=found.address,
            plan=plan,
            kind=STAFF_SAYS,
            idem_key=f"{STAFF_SAYS}:{digest}:{n}" if n else f"{STAFF_SAYS}:{digest}",
            now=now,
        )
    _note(session, caller, now, found, "replied")


def _messages(text: str, files: Sequence[File]) -> list[Plan]:
    """A file each; the words go with the first, or before it when no channel could show them below it."""
    if not files or len(text) > _LONGEST_BELOW_A_FILE:
        return [Plan(text), *(Plan("", files=(each,)) for each in files)]
    first, *others = files
    return [Plan(text, files=(first,)), *(Plan("", files=(each,)) for each in others)]


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
