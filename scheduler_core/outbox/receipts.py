"""What became of what we said: receipts only move a message forward, and who was not reached is seen to.

That a message failed may be told long after it was sent, twice and out of order. What is to be done about it is due
work, planned in the transaction that keeps the failure: whoever does it knows the customer.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Row,
    String,
    bindparam,
    cast,
    exists,
    insert,
    literal,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from scheduler_core.db.base import table_of
from scheduler_core.db.session import serialise
from scheduler_core.outbox import due, jobs
from scheduler_core.outbox.feed import ONLY_NOW, STAFF_SAYS, STOPGAP
from scheduler_core.outbox.models import DONE, RANK, UNKNOWN, FeedEntry, Job, OutboundMessage
from scheduler_core.outbox.outgoing import TO_STAFF, VISIBLE, ToSay, plan_of, say
from scheduler_core.outbox.records import Plan, Receipt, Sending
from scheduler_core.outbox.shut import shut

log = logging.getLogger(__name__)

#: The kind of due work on a message that did not reach its reader, and, in its payload, why: see ``Receipt``.
UNREACHED = "unreached"
LATER, REFUSED, IN_DOUBT, FAILED = "later", "refused", "in_doubt", "failed"
#: What a message did not come to when it is seen to.
NOT_ARRIVED = frozenset({"failed", "unknown"})
_AGAIN, _SUBJECT = "again:", "message:"
#: How long a message waits for each further try of a reader who may be reached later.
GAPS = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=4))

_SAID = table_of(OutboundMessage)
_INSERT_ENTRY = insert(table_of(FeedEntry))
_OURS = select(_SAID).where(
    _SAID.c.business_id == bindparam("business"), _SAID.c.channel == bindparam("channel")
)
_BY_RECEIPT = _OURS.where(_SAID.c.provider_id == bindparam("provider")).with_for_update()
_NOT_YET_KNOWN = _OURS.where(
    _SAID.c.id == bindparam("message"), _SAID.c.provider_id.is_(None)
).with_for_update()
_BY_ID = select(_SAID).where(_SAID.c.id == bindparam("message"))
_MOVE = (
    update(_SAID)
    .where(_SAID.c.id == bindparam("message"))
    .values(
        {name: bindparam(f"new_{name}") for name in ("state", "sent_at", "provider_id", "error", "parts")}
    )
)


def finish_sending(
    session: Session, business_id: int, sending: Sending, receipt: Receipt, now: datetime
) -> bool:
    """Record how a sending ended; ``False``: the lease was lost and another worker will say."""
    serialise(session, sending.thread)
    ended = UNKNOWN if receipt.state == "unknown" else DONE
    if not jobs.finish(
        session,
        [sending.job_id],
        sending.attempts,
        state=ended,
        provider_id=receipt.provider_id,
        last_error=receipt.error,
    ):
        return False
    message = session.execute(_BY_ID, {"message": sending.message_id}).one()
    _move_forward(session, message, receipt, now)
    return True


def receive(
    session: Session,
    business_id: int,
    channel: str,
    receipt: Receipt,
    now: datetime,
    message_id: int | None = None,
) -> bool:
    """Apply a provider's later word on a message; ``False``: unknown, or it would move the message back.

    The word may come before the sender has noted the provider's id: ``message_id`` then says which message is meant.
    """
    wanted = {"business": business_id, "channel": channel, "provider": receipt.provider_id}
    message = session.execute(_BY_RECEIPT, wanted).first() if receipt.provider_id else None
    if message is None and message_id is not None:
        message = session.execute(_NOT_YET_KNOWN, wanted | {"message": message_id}).first()
    return message is not None and _move_forward(session, message, receipt, now)


def say_again(
    session: Session,
    message: Row[Any] | OutboundMessage,
    now: datetime,
    *,
    at: tuple[str, str] | None = None,
    plan: Plan | None = None,
    facts: Mapping[str, Any] | None = None,
    tries: int = 0,
) -> bool:
    """Queue a message of ours once more, perhaps ``at`` another channel and address; ``False``: it was already."""
    channel, address = at or (message.channel, message.address)
    visit = None
    if message.appointment_id is not None and message.appointment_version is not None:
        visit = message.appointment_id, message.appointment_version
    again = ToSay(
        message.business_id,
        channel,
        address,
        plan or plan_of(message),
        message.kind,
        _again(message.id),
        {**message.facts, **(facts or {})},
        visit=visit,
        again_of=message.again_of or message.id,
        tries=tries,
    )
    return say(session, again, now)


def not_arrived(
    session: Session, business_id: int, before_id: int | None, count: int
) -> Sequence[OutboundMessage]:
    """Messages to customers that did not arrive, newest first, of which nobody has seen to and nothing is planned."""
    again, planned = OutboundMessage.__table__.alias("again"), table_of(Job)
    wanted = select(OutboundMessage).where(
        OutboundMessage.business_id == business_id,
        OutboundMessage.state.in_((literal_column("'failed'"), literal_column("'unknown'"))),
        OutboundMessage.settled_at.is_(None),
        OutboundMessage.kind != STOPGAP,
        or_(~OutboundMessage.kind.startswith(TO_STAFF, autoescape=True), OutboundMessage.kind == STAFF_SAYS),
        ~exists().where(again.c.idem_key == literal(_AGAIN) + cast(OutboundMessage.id, String)),
        ~exists().where(
            planned.c.order_key == literal(_SUBJECT) + cast(OutboundMessage.id, String),
            planned.c.business_id == business_id,
            planned.c.queue == due.QUEUE,
            planned.c.state.in_((literal_column("'pending'"), literal_column("'running'"))),
        ),
    )
    if before_id is not None:
        wanted = wanted.where(OutboundMessage.id < before_id)
    return session.scalars(wanted.order_by(OutboundMessage.id.desc()).limit(count)).all()


def is_said_again(session: Session, message: OutboundMessage) -> bool:
    return bool(session.scalar(select(exists().where(OutboundMessage.idem_key == _again(message.id)))))


def _again(message_id: int) -> str:
    """The key under which a message is said once more: one after the other, never two at once."""
    return f"{_AGAIN}{message_id}"


def _move_forward(session: Session, message: Row[Any], receipt: Receipt, now: datetime) -> bool:
    if RANK[receipt.state] <= RANK[message.state]:
        return False
    becomes_visible = receipt.state in VISIBLE and message.state not in VISIBLE
    change = {
        "message": message.id,
        "new_state": receipt.state,
        "new_sent_at": now if becomes_visible and message.sent_at is None else message.sent_at,
        "new_provider_id": receipt.provider_id or message.provider_id,
        "new_error": receipt.error,
        "new_parts": receipt.parts or message.parts,
    }
    session.execute(_MOVE, change)
    if becomes_visible and message.sent_at is None:
        entry = {"business_id": message.business_id, "thread": message.thread, "outbound_id": message.id}
        session.execute(_INSERT_ENTRY, entry | {"at": now})
    if receipt.state in ("failed", "unknown"):
        log.warning("message %s %s: %s", message.id, receipt.state, receipt.error)
        _see_to(session, message, receipt, now)
    return True


def _see_to(session: Session, message: Row[Any], receipt: Receipt, now: datetime) -> None:
    if receipt.shuts:
        shut(session, message.business_id, message.channel, receipt.error or "?", receipt.shuts, now)
    if receipt.again_with and not receipt.again_with.items() <= message.facts.items():
        say_again(session, message, now, facts=receipt.again_with)
        return
    waits = receipt.later and message.tries < len(GAPS) and ONLY_NOW not in message.facts
    gap = GAPS[message.tries] if waits else timedelta(0)
    due.plan(
        session,
        business_id=message.business_id,
        kind=UNREACHED,
        subject=f"{_SUBJECT}{message.id}",
        due_at=now + gap,
        idem_key=f"{UNREACHED}:{message.id}:{receipt.state}",
        payload={"message_id": message.id, "because": _reason(receipt)},
    )


def _reason(receipt: Receipt) -> str:
    if receipt.state == "unknown":
        return IN_DOUBT
    return REFUSED if receipt.refused else LATER if receipt.later else FAILED
