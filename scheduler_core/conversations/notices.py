"""What we tell a customer by ourselves: once, where they last spoke, and kept so that a reply is understood by it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, cast, exists, literal, or_, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment
from scheduler_core.businesses.policy import Policy
from scheduler_core.businesses.queries import business
from scheduler_core.conversations.models import Conversation, Notice
from scheduler_core.conversations.places import is_awake, place_to_tell
from scheduler_core.conversations.quiet import when_to_say
from scheduler_core.db.base import table_of
from scheduler_core.db.insert_once import InsertOnce
from scheduler_core.errors import NotFound
from scheduler_core.outbox import outgoing
from scheduler_core.outbox.enqueue import tell_customer
from scheduler_core.outbox.feed import ONLY_NOW
from scheduler_core.outbox.models import OutboundMessage
from scheduler_core.outbox.records import Choice, Plan

#: How many of the newest a reply may be to, and for how long.
_REMEMBERED, _REMEMBERED_FOR = 10, timedelta(days=60)
_INSERT = InsertOnce(table_of(Notice))
#: Of the message that says it first.
_KEY = "notice:{}"
_IS_WITHDRAWN = exists().where(
    OutboundMessage.idem_key == literal(_KEY.format("")) + cast(Notice.id, String),
    OutboundMessage.state == "withdrawn",
)


class Told(StrEnum):
    """What became of a notice; all but the first two: nothing was said, and why."""

    SAID = "said"
    SAID_BEFORE = "said_before"
    NO_CONVERSATION = "no_conversation"
    OPTED_OUT = "opted_out"
    TAKEN_OVER = "taken_over"


@dataclass(frozen=True, slots=True)
class Beside:
    """Another visit of theirs of which the same message speaks."""

    idem_key: str
    appointment_id: int
    appointment_version: int


@dataclass(frozen=True, slots=True)
class ToTell:
    """A notice about a visit as it stands, or one that could be; ``idem_key`` is told once.

    ``facts``: what the text says, by name; ``choices`` and ``offer``: as ``Notice`` keeps them.
    """

    kind: str
    idem_key: str
    business_id: int
    customer_id: int
    appointment_id: int | None
    appointment_version: int | None
    visit_at: datetime
    text: str
    language: str
    facts: dict[str, str]
    choices: Sequence[dict[str, Any]]
    offer: dict[str, Any] | None = None
    beside: Sequence[Beside] = ()

    @property
    def visit(self) -> tuple[int, int] | None:
        """Its id and version."""
        if self.appointment_id is None or self.appointment_version is None:
            return None
        return self.appointment_id, self.appointment_version


def tell(session: Session, notice: ToTell, now: datetime) -> Told:
    """Queue it where the customer last spoke, in the caller's transaction; nothing where a person speaks now.

    At night it waits for the morning, in the words it has, unless they have just written to us.
    """
    thread = where_to_tell(session, notice.business_id, notice.customer_id, now)
    if isinstance(thread, Told):
        return thread
    at = _when(session, notice, thread, now)
    notice_id = _INSERT(
        session,
        idem_key=notice.idem_key,
        business_id=notice.business_id,
        conversation_id=thread.id,
        appointment_id=notice.appointment_id,
        appointment_version=notice.appointment_version,
        kind=notice.kind,
        choices=list(notice.choices),
        offer=notice.offer,
        said_at=at,
    )
    if notice_id is None:
        return Told.SAID_BEFORE
    for each in notice.beside:
        _keep_beside(session, notice, each, thread, notice_id, at)
    tell_customer(
        session,
        business_id=notice.business_id,
        channel=thread.channel,
        address=thread.address,
        plan=Plan(notice.text, _buttons(notice_id, notice.choices), language=notice.language),
        kind=notice.kind,
        idem_key=_KEY.format(notice_id),
        now=at,
        facts=notice.facts | ({ONLY_NOW: str(notice_id)} if notice.offer else {}),
        visit=notice.visit,
    )
    return Told.SAID


def _keep_beside(
    session: Session, notice: ToTell, other: Beside, thread: Conversation, notice_id: int, at: datetime
) -> None:
    _INSERT(
        session,
        idem_key=other.idem_key,
        business_id=notice.business_id,
        conversation_id=thread.id,
        beside_id=notice_id,
        appointment_id=other.appointment_id,
        appointment_version=other.appointment_version,
        kind=notice.kind,
        choices=[],
        said_at=at,
    )


def take_back(session: Session, idem_key: str) -> None:
    """What still waits for the morning is not said any more."""
    notice_id = session.scalar(select(Notice.id).where(Notice.idem_key == idem_key))
    if notice_id is not None:
        outgoing.take_back(session, _KEY.format(notice_id))


def withdraw_beside(session: Session, visit: Appointment) -> None:
    """What a message about another visit of theirs was to say of this one as it was is not said any more."""
    said = select(Notice.beside_id).where(
        Notice.appointment_id == visit.id,
        Notice.appointment_version < visit.version,
        Notice.beside_id.is_not(None),
    )
    keys = [_KEY.format(each) for each in session.scalars(said)]
    outgoing.withdraw_named(session, visit.business_id, keys)


def unsaid_with(session: Session, appointment_id: int, before_version: int) -> Sequence[Notice]:
    """The notices of one message that spoke of this visit as it was and of others, and is not said any more."""
    newest = session.scalar(
        select(Notice)
        .where(Notice.appointment_id == appointment_id, Notice.appointment_version < before_version)
        .order_by(Notice.id.desc())
        .limit(1)
    )
    if newest is None:
        return ()
    said_id = newest.beside_id or newest.id
    group = session.scalars(
        select(Notice).where(or_(Notice.id == said_id, Notice.beside_id == said_id)).order_by(Notice.id)
    ).all()
    if len(group) == 1:
        return ()
    state = select(OutboundMessage.state).where(OutboundMessage.idem_key == _KEY.format(said_id))
    return group if session.scalar(state) == "withdrawn" else ()


def where_to_tell(session: Session, business_id: int, customer_id: int, now: datetime) -> Conversation | Told:
    """Where they last spoke; else why they cannot be told anything."""
    place = place_to_tell(session, business_id, customer_id, now)
    if place is None:
        return Told.NO_CONVERSATION
    if place.thread.is_handed_over(now):
        return Told.TAKEN_OVER
    return Told.OPTED_OUT if place.refuses else place.thread


def _when(session: Session, notice: ToTell, thread: Conversation, now: datetime) -> datetime:
    """What is offered waits all the same, for it is kept as long as if it did."""
    told_by = business(session, notice.business_id)
    policy = Policy.model_validate(told_by.policy)
    at = when_to_say(now, ZoneInfo(told_by.zone), policy, notice.visit_at)
    return now if at > now and notice.offer is None and is_awake(session, thread, now) else at


def remembered(session: Session, conversation_id: int, now: datetime) -> Sequence[Notice]:
    """What a reply may be to, newest first; not what was withdrawn before it was said."""
    return session.scalars(
        select(Notice)
        .where(
            _is_in(conversation_id),
            Notice.beside_id.is_(None),
            Notice.said_at.between(now - _REMEMBERED_FOR, now),
            ~_IS_WITHDRAWN,
        )
        .order_by(Notice.id.desc())
        .limit(_REMEMBERED)
    ).all()


def say_also_in(session: Session, thread: Conversation, message_id: int, now: datetime) -> None:
    """The notice that this message said first is said there now, where a reply will be to the same."""
    key = session.scalar(select(OutboundMessage.idem_key).where(OutboundMessage.id == message_id))
    kind, _, notice_id = (key or "").rpartition(":")
    if f"{kind}:{{}}" != _KEY or not (found := session.get(Notice, int(notice_id))):
        return
    found.also_in_id, found.said_at = thread.id, now


def standing(session: Session, said: Sequence[Notice]) -> Mapping[int, Sequence[Notice]]:
    """By the id of each that was said: those of its visits that are as it told them, the first first."""
    ids = [each.id for each in said]
    rows = session.scalars(
        select(Notice)
        .join(Appointment, Appointment.id == Notice.appointment_id)
        .where(
            or_(Notice.id.in_(ids), Notice.beside_id.in_(ids)),
            Notice.appointment_version == Appointment.version,
        )
        .order_by(Notice.id)
    )
    found: dict[int, list[Notice]] = {}
    for each in rows:
        found.setdefault(each.beside_id or each.id, []).append(each)
    return found


def _is_in(conversation_id: int) -> ColumnElement[bool]:
    return or_(Notice.conversation_id == conversation_id, Notice.also_in_id == conversation_id)


def note_answer(
    session: Session, business_id: int, customer_id: int, notice_id: int, answer: str, now: datetime
) -> None:
    """Keep an answer that acts on no visit, so that its version does not matter. Raises ``NotFound``."""
    found = session.scalar(
        select(Notice)
        .join(Conversation, Conversation.id == Notice.conversation_id)
        .where(
            Notice.business_id == business_id,
            Notice.id == notice_id,
            Conversation.customer_id == customer_id,
        )
    )
    if found is None:
        raise NotFound("unknown notice")
    found.answer, found.answered_at = answer, now


def notice_of(session: Session, business_id: int, conversation_id: int, notice_id: int) -> Notice:
    found = session.scalar(
        select(Notice).where(
            Notice.business_id == business_id,
            _is_in(conversation_id),
            Notice.id == notice_id,
        )
    )
    if found is None:
        raise NotFound("unknown notice")
    return found


def _buttons(notice_id: int, choices: Sequence[dict[str, Any]]) -> tuple[Choice, ...]:
    """A tap names the notice, so that it never counts for another."""
    return tuple(
        Choice(each["label"], f"/choose_alternative{json.dumps({'notice': notice_id, 'n': n})}")
        for n, each in enumerate(choices, start=1)
    )
