"""What we say: one row a message, sent by whoever leases it, and receipts that only move it forward."""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.outbox import jobs
from scheduler_core.outbox.models import DONE, RANK, RUNNING, UNKNOWN, FeedEntry, Job, OutboundMessage
from scheduler_core.outbox.records import Plan, Receipt, Sending, thread_of

log = logging.getLogger(__name__)

QUEUE = "outbound"
#: A sender whose lease ends sooner than this must not start: its call could outlive the lease.
MARGIN = timedelta(seconds=15)
_VISIBLE = {"sent", "delivered", "read"}


@dataclass(frozen=True, slots=True)
class ToSay:
    """A message and the reason for it: ``idem_key`` is said once, whoever asks how often."""

    business_id: int
    channel: str
    address: str
    plan: Plan
    kind: str
    idem_key: str
    facts: dict[str, Any] = field(default_factory=dict)


def say(session: Session, message: ToSay, now: datetime) -> bool:
    """Queue a message in the caller's transaction; ``False``: its ``idem_key`` has been said already."""
    row = write_down(session, message, now, "queued")
    if row is None:
        return False
    jobs.enqueue(
        session,
        business_id=message.business_id,
        queue=QUEUE,
        kind="send",
        order_key=row.thread,
        payload={"message_id": row.id},
        idem_key=f"send:{row.id}",
        due_at=now,
    )
    return True


def write_down(session: Session, message: ToSay, now: datetime, state: str) -> OutboundMessage | None:
    """Keep a message; ``None``: its ``idem_key`` is there already."""
    known = select(OutboundMessage.id).where(OutboundMessage.idem_key == message.idem_key)
    if session.scalar(known) is not None:
        return None
    row = OutboundMessage(
        business_id=message.business_id,
        idem_key=message.idem_key,
        thread=thread_of(message.channel, message.address),
        channel=message.channel,
        address=message.address,
        kind=message.kind,
        facts=message.facts,
        state=state,
        created_at=now,
        sent_at=now if state in _VISIBLE else None,
        **message.plan.to_json(),
    )
    session.add(row)
    session.flush()
    return row


def claim_sending(session: Session, business_id: int, now: datetime) -> Sending | None:
    """Lease the next message to send; the lease is committed before anybody calls a provider."""
    job = jobs.claim(session, business_id=business_id, queue=QUEUE, now=now)
    if job is None or job.lease_until is None:
        return None
    message = session.get_one(OutboundMessage, job.payload["message_id"])
    message.state = "sending"
    return Sending(
        job_id=job.id,
        message_id=message.id,
        channel=message.channel,
        address=message.address,
        thread=message.thread,
        attempts=job.attempts,
        lease_until=job.lease_until,
        plan=Plan.from_json({"text": message.text, "choices": message.choices, "links": message.links}),
    )


def mine(session: Session, sending: Sending, now: datetime) -> bool:
    """Is the lease still this worker's, with more left than a provider's call may take?"""
    held = session.scalar(
        select(Job.lease_until).where(
            Job.id == sending.job_id, Job.state == RUNNING, Job.attempts == sending.attempts
        )
    )
    return held is not None and held - now > MARGIN


def finish_sending(
    session: Session, business_id: int, sending: Sending, receipt: Receipt, now: datetime
) -> bool:
    """Record how a sending ended; ``False``: the lease was lost and another worker will say."""
    jobs.serialise(session, sending.thread)
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
    _move_forward(session, session.get_one(OutboundMessage, sending.message_id), receipt, now)
    return True


def put_off_sending(session: Session, sending: Sending, delay: timedelta, error: str, now: datetime) -> bool:
    """Try to send again later."""
    if not jobs.reschedule(session, [sending.job_id], sending.attempts, due_at=now + delay, error=error):
        return False
    session.get_one(OutboundMessage, sending.message_id).state = "queued"
    return True


def receive(
    session: Session, business_id: int, channel: str, provider_id: str, receipt: Receipt, now: datetime
) -> bool:
    """Apply a provider's later word on a message; ``False``: unknown, or it would move the message back."""
    message = session.scalar(
        select(OutboundMessage)
        .where(
            OutboundMessage.business_id == business_id,
            OutboundMessage.channel == channel,
            OutboundMessage.provider_id == provider_id,
        )
        .with_for_update()
    )
    return message is not None and _move_forward(session, message, receipt, now)


def _move_forward(session: Session, message: OutboundMessage, receipt: Receipt, now: datetime) -> bool:
    if RANK[receipt.state] <= RANK[message.state]:
        return False
    was_visible = message.state in _VISIBLE
    message.state = receipt.state
    message.provider_id = receipt.provider_id or message.provider_id
    message.error = receipt.error
    if receipt.state in _VISIBLE and not was_visible:
        message.sent_at = now
        session.add(
            FeedEntry(business_id=message.business_id, thread=message.thread, outbound_id=message.id, at=now)
        )
    if receipt.state == "failed":
        log.warning("message %s failed: %s", message.id, receipt.error)
    return True
