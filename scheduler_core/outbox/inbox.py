"""Heard once, answered in order: a thread's pending messages become one turn, leased to one worker."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, insert, literal_column, select, update
from sqlalchemy.orm import Session

from scheduler_core.db.base import table_of
from scheduler_core.db.session import serialise
from scheduler_core.db.types import storable
from scheduler_core.outbox import jobs
from scheduler_core.outbox.models import PENDING, RUNNING, FeedEntry, InboundMessage, Job
from scheduler_core.outbox.outgoing import ABOUT, WRITTEN_IN, ToSay, say
from scheduler_core.outbox.records import ChoiceRef, Heard, InboundRecord, Media, Plan, Turn

QUEUE = "inbound"

_JOB, _HEARD = table_of(Job), table_of(InboundMessage)
_KNOWN = select(_HEARD.c.id).where(
    _HEARD.c.channel == bindparam("channel"), _HEARD.c.provider_message_id == bindparam("key")
)
_INSERT = insert(_HEARD).returning(_HEARD.c.id)
_INSERT_ENTRY = insert(table_of(FeedEntry))
_WAITING = (
    select(_HEARD)
    .join(_JOB, _JOB.c.id == _HEARD.c.job_id)
    .where(
        _JOB.c.order_key == bindparam("thread"),
        _JOB.c.state.in_((literal_column(f"'{PENDING}'"), literal_column(f"'{RUNNING}'"))),
        _JOB.c.business_id == bindparam("business"),
        _JOB.c.queue == QUEUE,
    )
    .order_by(_HEARD.c.id)
)
_NAME_TURN = update(_HEARD).where(_HEARD.c.id == bindparam("message")).values(turn_id=bindparam("turn"))


def hear(session: Session, business_id: int, record: InboundRecord, now: datetime) -> Heard:
    """Store a message once and queue it; the provider may be answered after the commit."""
    name = storable(record.display_name or "") or None
    record = replace(record, text=storable(record.text), display_name=name)
    serialise(session, record.thread)
    known = _known(session, record)
    if known is not None:
        return Heard(known, duplicate=True)
    job_id = jobs.enqueue(
        session,
        business_id=business_id,
        queue=QUEUE,
        kind="hear",
        order_key=record.thread,
        payload={},
        idem_key=f"{record.channel}:{record.provider_message_id}"[:200],
        due_at=now,
    )
    if job_id is None:
        raise RuntimeError("a job without its message: the two are written together")
    new: int = session.execute(_INSERT, _row(business_id, record, job_id, now)).scalar_one()
    session.execute(
        _INSERT_ENTRY, {"business_id": business_id, "thread": record.thread, "inbound_id": new, "at": now}
    )
    return Heard(new, duplicate=False)


def claim_turn(session: Session, business_id: int, now: datetime) -> Turn | None:
    """Lease the thread that has waited longest; a turn tried before comes back with exactly its messages."""
    head = jobs.claim(session, business_id=business_id, queue=QUEUE, now=now)
    if head is None:
        return None
    messages = _messages_of_turn(session, business_id, head)
    first, last = messages[0], messages[-1]
    turn_id = f"t{first.id}-{last.id}"
    if first.turn_id is None:
        session.execute(_NAME_TURN, [{"message": each.id, "turn": turn_id} for each in messages])
    jobs.join(session, [each.job_id for each in messages if each.job_id != head.id], head)
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


def is_mine(session: Session, turn: Turn, now: datetime) -> bool:
    return jobs.is_mine(session, _job_ids(turn), turn.attempts, now)


def finish_turn(
    session: Session, business_id: int, turn: Turn, plans: Sequence[Plan], now: datetime
) -> tuple[bool, bool]:
    """Close the turn and queue its replies together; and did the thread say more meanwhile?

    First ``False``: another worker has the turn, nothing is said.
    """
    if not jobs.finish(session, _job_ids(turn), turn.attempts):
        return False, False
    for index, plan in enumerate(plans):
        key = f"reply:{turn.turn_id}:{index}"
        facts: dict[str, Any] = {WRITTEN_IN: plan.language} if plan.language else {}
        facts |= {ABOUT: list(plan.about)} if plan.about else {}
        say(session, ToSay(business_id, turn.channel, turn.address, plan, "reply", key, facts), now)
    more = session.execute(_WAITING, {"thread": turn.thread, "business": business_id}).first()
    return True, more is not None


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
    known: int | None = session.scalar(_KNOWN, {"channel": record.channel, "key": record.provider_message_id})
    return known


def _row(business_id: int, record: InboundRecord, job_id: int, now: datetime) -> dict[str, Any]:
    return {
        "business_id": business_id,
        "channel": record.channel,
        "provider_message_id": record.provider_message_id,
        "address": record.address,
        "thread": record.thread,
        "kind": record.kind,
        "text": record.text,
        "choice_message_id": record.choice.message_id if record.choice else None,
        "choice_n": record.choice.n if record.choice else None,
        "display_name": record.display_name,
        "media": [asdict(each) for each in record.media],
        "heard_at": now,
        "job_id": job_id,
    }


def _messages_of_turn(session: Session, business_id: int, head: Row[Any]) -> Sequence[Row[Any]]:
    """Of what waits in the thread: the turn that was begun, or all of it."""
    waiting = session.execute(_WAITING, {"thread": head.order_key, "business": business_id}).all()
    first = next(each for each in waiting if each.job_id == head.id)
    return [each for each in waiting if each.turn_id == first.turn_id]


def _record(message: Row[Any]) -> InboundRecord:
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
        media=tuple(Media(**each) for each in message.media),
    )


def _job_ids(turn: Turn) -> list[int]:
    return [int(part) for part in turn.token.split(",")]
