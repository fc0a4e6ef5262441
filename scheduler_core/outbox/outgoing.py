"""What we say: one row a message, sent by whoever leases it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, func, select, update
from sqlalchemy.orm import Session

from scheduler_core.db.base import table_of
from scheduler_core.db.insert_once import InsertOnce
from scheduler_core.outbox import jobs
from scheduler_core.outbox.models import (
    CANCELLED,
    RUNNING,
    InboundMessage,
    Job,
    OutboundMessage,
)
from scheduler_core.outbox.records import Plan, Sending, thread_of
from scheduler_core.outbox.shut import shut_by

QUEUE = "outbound"
#: How the kinds of what is told to staff begin.
TO_STAFF = "staff_"
#: Among the facts of a reply: the language it was given in.
WRITTEN_IN = "written_in"
#: And of one to staff: the ids of the customers whom it names.
ABOUT = "customer_ids"
#: A sender whose lease ends sooner than this must not start: its call could outlive the lease.
MARGIN = timedelta(seconds=15)
VISIBLE = frozenset({"sent", "delivered", "read"})

_JOB, _SAID, _HEARD = table_of(Job), table_of(OutboundMessage), table_of(InboundMessage)
_INSERT = InsertOnce(_SAID)
_TRIED = select(_SAID.c.tried_at).where(_SAID.c.id == bindparam("message"))
_TAKE = (
    update(_SAID)
    .where(_SAID.c.id == bindparam("message"), _SAID.c.state != "withdrawn")
    .values(
        state="sending",
        tried_at=func.coalesce(_SAID.c.tried_at, bindparam("at", type_=_SAID.c.tried_at.type)),
    )
    .returning(_SAID)
)
_HELD = (
    select(_JOB.c.lease_until)
    .join(_SAID, _SAID.c.id == bindparam("message"))
    .where(
        _JOB.c.id == bindparam("job"),
        _JOB.c.state == RUNNING,
        _JOB.c.attempts == bindparam("tries"),
        _SAID.c.state == "sending",
    )
)
_LAST_HEARD = (
    select(_HEARD.c.heard_at)
    .where(_HEARD.c.business_id == bindparam("business"), _HEARD.c.thread == bindparam("of_thread"))
    .order_by(_HEARD.c.id.desc())
    .limit(1)
)
_NAMES_KNOWN = (
    select(_SAID.c.provider_id)
    .where(
        _SAID.c.thread == bindparam("of_thread"),
        _SAID.c.business_id == bindparam("business"),
        _SAID.c.id != bindparam("message"),
        _SAID.c.provider_id.is_not(None),
    )
    .order_by(_SAID.c.id.desc())
    .limit(50)
)
_CHANGE = update(_SAID).where(_SAID.c.id == bindparam("message"))
_PUT_BACK = _CHANGE.where(_SAID.c.state == "sending").values(state="queued", tried_at=None)
_WITHDRAW = _CHANGE.values(state="withdrawn", error=bindparam("why"))
_STATE = select(_SAID.c.state).where(_SAID.c.id == bindparam("message"))


@dataclass(frozen=True, slots=True)
class ToSay:
    """A message and the reason for it: ``idem_key`` is said once, whoever asks how often.

    ``visit``: the id of what it is about, and its version; ``again_of`` and ``tries``: as ``OutboundMessage`` has them.
    """

    business_id: int
    channel: str
    address: str
    plan: Plan
    kind: str
    idem_key: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    visit: tuple[int, int] | None = None
    again_of: int | None = None
    tries: int = 0


def say(session: Session, message: ToSay, now: datetime) -> bool:
    """Queue a message in the caller's transaction; ``False``: its ``idem_key`` has been said already."""
    message_id = write_down(session, message, now, "queued")
    if message_id is None:
        return False
    jobs.enqueue(
        session,
        business_id=message.business_id,
        queue=QUEUE,
        kind="send",
        order_key=thread_of(message.channel, message.address),
        payload={"message_id": message_id},
        idem_key=f"send:{message_id}",
        due_at=now,
    )
    return True


def write_down(session: Session, message: ToSay, now: datetime, state: str) -> int | None:
    """Keep a message: its id; ``None``: its ``idem_key`` is there already."""
    return _INSERT(
        session,
        business_id=message.business_id,
        idem_key=message.idem_key,
        thread=thread_of(message.channel, message.address),
        channel=message.channel,
        address=message.address,
        kind=message.kind,
        facts=dict(message.facts),
        state=state,
        appointment_id=message.visit[0] if message.visit else None,
        appointment_version=message.visit[1] if message.visit else None,
        again_of=message.again_of,
        tries=message.tries,
        created_at=now,
        sent_at=now if state in VISIBLE else None,
        **message.plan.to_json(),
    )


def drop_deferred(session: Session, business_id: int, channel: str, address: str, now: datetime) -> None:
    """What waits there for a time of its own is not said any more: its reader wants nothing from us."""
    for payload in jobs.drop_deferred(session, business_id, QUEUE, thread_of(channel, address), now):
        session.execute(_WITHDRAW, {"message": payload["message_id"], "why": "opted_out"})


def take_back(session: Session, idem_key: str) -> None:
    """A message that waits for a time of its own is not said any more; what is on its way, or said, stays."""
    message_id = session.scalar(select(_SAID.c.id).where(_SAID.c.idem_key == idem_key))
    if message_id is not None and jobs.drop(session, f"send:{message_id}"):
        session.execute(_WITHDRAW, {"message": message_id, "why": "taken_back"})


def withdraw(session: Session, business_id: int, appointment_id: int, before_version: int) -> None:
    """What was to be said of an earlier version of a visit is not said any more, however it waits.

    What is in a sender's hands is left there: it is asked once more right before the call, and may be underway already.
    """
    of_it = _SAID.c.appointment_id == appointment_id, _SAID.c.appointment_version < before_version
    _withdraw(session, business_id, *of_it)


def withdraw_named(session: Session, business_id: int, idem_keys: Sequence[str]) -> None:
    """The same of messages by their keys."""
    if idem_keys:
        _withdraw(session, business_id, _SAID.c.idem_key.in_(idem_keys))


def _withdraw(session: Session, business_id: int, *which: ColumnElement[bool]) -> None:
    unsaid = _SAID.c.state.in_(("queued", "sending"))
    outdated = select(_SAID.c.id).where(_SAID.c.business_id == business_id, unsaid, *which)
    for message_id in session.scalars(outdated).all():
        jobs.call_off(session, f"send:{message_id}")
        session.execute(_WITHDRAW, {"message": message_id, "why": "out_of_date"})


def claim_sending(session: Session, business_id: int, now: datetime) -> Sending | None:
    """Lease the next message to send; the lease is committed before anybody calls a provider."""
    while job := jobs.claim(session, business_id=business_id, queue=QUEUE, now=now):
        wanted = {"message": job.payload["message_id"]}
        tried_at = session.scalar(_TRIED, wanted) if job.attempts > 1 else None
        message = session.execute(_TAKE, wanted | {"at": now}).first()
        if message is not None:
            return _sending(session, business_id, job, message, tried_at, now)
        # withdrawn in the hands of a worker that died
        jobs.finish(session, [job.id], job.attempts, state=CANCELLED)
    return None


def _sending(
    session: Session,
    business_id: int,
    job: Row[Any],
    message: Row[Any],
    tried_at: datetime | None,
    now: datetime,
) -> Sending:
    there = {"business": business_id, "of_thread": message.thread}
    heard_at = session.scalar(_LAST_HEARD, there)
    known = session.scalars(_NAMES_KNOWN, there | {"message": message.id}).all() if tried_at else ()
    return Sending(
        job_id=job.id,
        message_id=message.id,
        channel=message.channel,
        address=message.address,
        thread=message.thread,
        kind=message.kind,
        attempts=job.attempts,
        waited=now - message.created_at,
        tried_at=tried_at,
        lease_until=job.lease_until,
        plan=plan_of(message),
        facts=message.facts,
        silent_for=now - heard_at if heard_at else None,
        known=frozenset(known),
        shut=shut_by(session, business_id, message.channel, message.address, now),
    )


def plan_of(message: Row[Any] | OutboundMessage) -> Plan:
    return Plan.from_json(
        {
            "text": message.text,
            "choices": message.choices,
            "links": message.links,
            "files": message.files,
            "language": message.facts.get(WRITTEN_IN),
        }
    )


def mine(session: Session, sending: Sending, now: datetime) -> bool:
    """Is it still to be said, and the lease this worker's, with more left than a provider's call may take?"""
    asked = {"job": sending.job_id, "tries": sending.attempts, "message": sending.message_id}
    held = session.scalar(_HELD, asked)
    return held is not None and held - now > MARGIN


def put_off_sending(
    session: Session, sending: Sending, delay: timedelta, error: str, now: datetime, *, in_doubt: bool = False
) -> bool:
    """Try to send again later, unless it was withdrawn; ``in_doubt``: this try may have got through all the same."""
    if session.scalar(_STATE, {"message": sending.message_id}) == "withdrawn":
        return jobs.finish(session, [sending.job_id], sending.attempts, state=CANCELLED)
    if not jobs.reschedule(session, [sending.job_id], sending.attempts, due_at=now + delay, error=error):
        return False
    if not in_doubt:
        session.execute(_PUT_BACK, {"message": sending.message_id})
    return True
