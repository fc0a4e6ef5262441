"""Heard once, answered in order: a thread's pending messages become one turn, leased to one worker."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.db.types import storable
from scheduler_core.outbox import jobs
from scheduler_core.outbox.models import PENDING, RUNNING, FeedEntry, InboundMessage, Job
from scheduler_core.outbox.outgoing import ToSay, say
from scheduler_core.outbox.records import ChoiceRef, Heard, InboundRecord, Plan, Turn

QUEUE = "inbound"


def hear(session: Session, business_id: int, record: InboundRecord, now: datetime) -> Heard:
    """Store a message once and queue it; the provider may be answered after the commit."""
    name = storable(record.display_name or "") or None
    record = replace(record, text=storable(record.text), display_name=name)
    jobs.serialise(session, record.thread)
    known = _known(session, record)
    if known is not None:
        return Heard(known, duplicate=True)
    job = jobs.enqueue(
        session,
        business_id=business_id,
        queue=QUEUE,
        kind="hear",
        order_key=record.thread,
        payload={},
        idem_key=f"{record.channel}:{record.provider_message_id}"[:200],
        due_at=now,
    )
    if job is None:
        raise RuntimeError("a job without its message: the two are written together")
    message = InboundMessage(
        business_id=business_id,
        channel=record.channel,
        provider_message_id=record.provider_message_id,
        address=record.address,
        thread=record.thread,
        kind=record.kind,
        text=record.text,
        choice_message_id=record.choice.message_id if record.choice else None,
        choice_n=record.choice.n if record.choice else None,
        display_name=record.display_name,
        heard_at=now,
        job_id=job.id,
    )
    session.add(message)
    session.flush()
    session.add(FeedEntry(business_id=business_id, thread=record.thread, inbound_id=message.id, at=now))
    return Heard(message.id, duplicate=False)


def claim_turn(session: Session, business_id: int, now: datetime) -> Turn | None:
    """Lease the thread that has waited longest; a turn tried before comes back with exactly its messages."""
    head = jobs.claim(session, business_id=business_id, queue=QUEUE, now=now)
    if head is None:
        return None
    messages = _messages_of_turn(session, head)
    turn_id = f"t{messages[0].id}-{messages[-1].id}"
    for message in messages:
        message.turn_id = turn_id
    for job in session.scalars(select(Job).where(Job.id.in_([m.job_id for m in messages]))):
        job.state, job.attempts, job.lease_until = RUNNING, head.attempts, head.lease_until
    last = messages[-1]
    names = [m.display_name for m in messages if m.display_name]
    return Turn(
        thread=last.thread,
        channel=last.channel,
        address=last.address,
        display_name=names[-1] if names else None,
        messages=tuple(_record(m) for m in messages),
        turn_id=turn_id,
        attempts=head.attempts,
        token=",".join(str(m.job_id) for m in messages),
    )


def finish_turn(session: Session, business_id: int, turn: Turn, plans: Sequence[Plan], now: datetime) -> bool:
    """Close the turn and queue its replies together; ``False``: another worker has it, nothing is said."""
    if not jobs.finish(session, _job_ids(turn), turn.attempts):
        return False
    for index, plan in enumerate(plans):
        key = f"reply:{turn.turn_id}:{index}"
        say(session, ToSay(business_id, turn.channel, turn.address, plan, "reply", key), now)
    return True


def put_off_turn(
    session: Session,
    business_id: int,
    turn: Turn,
    delay: timedelta,
    error: str,
    notice: Plan | None,
    now: datetime,
) -> bool:
    """Try the turn again later; the customer is told at most once a turn that it takes longer."""
    if not jobs.reschedule(session, _job_ids(turn), turn.attempts, due_at=now + delay, error=error):
        return False
    if notice is not None:
        key = f"notice:{turn.turn_id}"
        say(session, ToSay(business_id, turn.channel, turn.address, notice, "notice", key), now)
    return True


def _known(session: Session, record: InboundRecord) -> int | None:
    return session.scalar(
        select(InboundMessage.id).where(
            InboundMessage.channel == record.channel,
            InboundMessage.provider_message_id == record.provider_message_id,
        )
    )


def _messages_of_turn(session: Session, head: Job) -> Sequence[InboundMessage]:
    first = session.scalars(select(InboundMessage).where(InboundMessage.job_id == head.id)).one()
    question = select(InboundMessage).order_by(InboundMessage.id)
    if first.turn_id is not None:
        return session.scalars(question.where(InboundMessage.turn_id == first.turn_id)).all()
    waiting = question.join(Job, Job.id == InboundMessage.job_id).where(
        InboundMessage.business_id == head.business_id,
        InboundMessage.thread == head.order_key,
        (Job.state == PENDING) | (Job.id == head.id),
    )
    return session.scalars(waiting).all()


def _record(message: InboundMessage) -> InboundRecord:
    choice = None
    if message.choice_message_id is not None and message.choice_n is not None:
        choice = ChoiceRef(message.choice_message_id, message.choice_n)
    return InboundRecord(
        channel=message.channel,
        provider_message_id=message.provider_message_id,
        address=message.address,
        kind=message.kind,
        text=message.text,
        choice=choice,
        display_name=message.display_name,
        id=message.id,
    )


def _job_ids(turn: Turn) -> list[int]:
    return [int(part) for part in turn.token.split(",")]
