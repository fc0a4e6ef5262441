"""Looking back on a conversation: what a page shows, which offer stands open, what a tapped choice meant."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session

from scheduler_core.outbox.models import FeedEntry, InboundMessage, OutboundMessage
from scheduler_core.outbox.outgoing import WRITTEN_IN
from scheduler_core.outbox.records import Choice, ChoiceRef, FeedItem, File, Media, Offer, Plan, Said

#: The most that one look returns: a full page may have more behind it.
FEED_PAGE = 200
_LOOK_BACK = 10

#: The kinds of what answers somebody, says that an answer takes longer, and was written by a person of the team.
REPLY, STOPGAP, STAFF_SAYS = "reply", "notice", "staff_says"
#: Kinds that are said in answer to somebody, at once.
_IN_ANSWER = (REPLY, STOPGAP, STAFF_SAYS)
#: Among the facts of a message: the channel on which its reader was to be told first.
NOT_REACHED_ON = "not_reached_on"
#: And of one that is of use only now: the notice that it says. It is not tried again later.
ONLY_NOW = "only_now"


def feed(session: Session, business_id: int, thread: str, after_id: int) -> list[FeedItem]:
    """What became visible in the thread after ``after_id``, oldest first; ours only once it was sent."""
    rows = session.execute(
        select(FeedEntry, InboundMessage, OutboundMessage)
        .outerjoin(InboundMessage, InboundMessage.id == FeedEntry.inbound_id)
        .outerjoin(OutboundMessage, OutboundMessage.id == FeedEntry.outbound_id)
        .where(FeedEntry.business_id == business_id, FeedEntry.thread == thread, FeedEntry.id > after_id)
        .order_by(FeedEntry.id)
        .limit(FEED_PAGE)
    )
    return [_item(*row) for row in rows]


def transcript(session: Session, business_id: int, thread: str, limit: int = FEED_PAGE) -> list[Said]:
    """What both sides said last, oldest first, and at the end what is still on its way or did not get through."""
    rows = session.execute(
        select(FeedEntry.at, InboundMessage, OutboundMessage)
        .outerjoin(InboundMessage, InboundMessage.id == FeedEntry.inbound_id)
        .outerjoin(OutboundMessage, OutboundMessage.id == FeedEntry.outbound_id)
        .where(FeedEntry.business_id == business_id, FeedEntry.thread == thread)
        .order_by(FeedEntry.id.desc())
        .limit(limit)
    ).all()
    pending = session.scalars(
        select(OutboundMessage)
        .where(
            OutboundMessage.business_id == business_id,
            OutboundMessage.thread == thread,
            OutboundMessage.sent_at.is_(None),
        )
        .order_by(OutboundMessage.id.desc())
        .limit(limit)
    ).all()
    ours = [said for _, _, said in rows if said] + list(pending)
    elsewhere = _said_on(session, [each.id for each in ours])
    seen = [_ours(said, at, elsewhere) if said else _theirs(heard, at) for at, heard, said in rows]
    waiting = [_ours(each, each.created_at, elsewhere) for each in pending]
    return [*reversed(seen), *reversed(waiting)][-limit:]


def message_of(session: Session, business_id: int, message_id: int) -> OutboundMessage | None:
    return session.scalar(
        select(OutboundMessage).where(
            OutboundMessage.business_id == business_id, OutboundMessage.id == message_id
        )
    )


def _ours(said: OutboundMessage, at: datetime, elsewhere: Mapping[int, str]) -> Said:
    return Said(
        "staff" if said.kind == STAFF_SAYS else "assistant",
        said.text,
        at,
        said.state,
        said_on=elsewhere.get(said.id),
        not_reached_on=said.facts.get(NOT_REACHED_ON),
        files=tuple(File(**each) for each in said.files),
    )


def _said_on(session: Session, message_ids: Sequence[int]) -> dict[int, str]:
    """Of those that were said on another channel instead: by the first that said it, on which."""
    again = session.scalars(select(OutboundMessage).where(OutboundMessage.again_of.in_(message_ids)))
    return {each.again_of: each.channel for each in again if each.again_of and NOT_REACHED_ON in each.facts}


def _theirs(heard: InboundMessage | None, at: datetime) -> Said:
    if heard is None:
        return Said("customer", "", at, "heard")
    kept = tuple(each["kept_id"] for each in heard.media if each["kept_id"])
    return Said("customer", heard.text, at, "heard", inbound_id=heard.id, kept_ids=kept)


def last_offer(session: Session, business_id: int, thread: str) -> Offer | None:
    """The newest message to the thread, when it carries choices; a notice counts once it was sent."""
    newest = session.execute(_newest(business_id, thread)).first()
    if newest is None or not newest.choices:
        return None
    return Offer(newest.id, tuple(Choice(c["label"], c["payload"]) for c in newest.choices))


def _newest(business_id: int, thread: str) -> Select[int, str, list[Any]]:
    return (
        select(OutboundMessage.id, OutboundMessage.text, OutboundMessage.choices)
        .where(
            OutboundMessage.business_id == business_id,
            OutboundMessage.thread == thread,
            or_(
                OutboundMessage.kind.in_(_IN_ANSWER) & OutboundMessage.again_of.is_(None),
                OutboundMessage.sent_at.is_not(None),
            ),
        )
        .order_by(OutboundMessage.id.desc())
        .limit(1)
    )


def last_said(session: Session, business_id: int, thread: str) -> Plan | None:
    """The newest message to the thread, as ``last_offer`` counts, with or without choices."""
    newest = session.execute(_newest(business_id, thread)).first()
    return Plan.from_json({"text": newest.text, "choices": newest.choices}) if newest else None


def has_spoken(session: Session, business_id: int, thread: str) -> bool:
    said = exists().where(OutboundMessage.business_id == business_id, OutboundMessage.thread == thread)
    return bool(session.scalar(select(said)))


def language(session: Session, business_id: int, thread: str) -> str | None:
    """What the thread was last answered in; ``None`` before the first answer."""
    facts = session.scalars(
        select(OutboundMessage.facts)
        .where(
            OutboundMessage.business_id == business_id,
            OutboundMessage.thread == thread,
            OutboundMessage.kind == REPLY,
        )
        .order_by(OutboundMessage.id.desc())
        .limit(_LOOK_BACK)
    )
    return next((each[WRITTEN_IN] for each in facts if WRITTEN_IN in each), None)


def choice(session: Session, business_id: int, thread: str, ref: ChoiceRef) -> str | None:
    """The payload behind a tap; ``None`` for another thread's message or a choice never offered."""
    choices = session.scalar(
        select(OutboundMessage.choices).where(
            OutboundMessage.id == ref.message_id,
            OutboundMessage.business_id == business_id,
            OutboundMessage.thread == thread,
        )
    )
    if not choices or not 0 <= ref.n < len(choices):
        return None
    payload: str = choices[ref.n]["payload"]
    return payload


def _item(entry: FeedEntry, heard: InboundMessage | None, said: OutboundMessage | None) -> FeedItem:
    if said is None:
        if heard is None:
            return FeedItem(entry.id, "customer", "", (), (), entry.at)
        media = tuple(Media(**each) for each in heard.media)
        key = heard.provider_message_id
        return FeedItem(entry.id, "customer", heard.text, (), (), entry.at, said_as=key, media=media)
    plan = Plan.from_json(
        {"text": said.text, "choices": said.choices, "links": said.links, "files": said.files}
    )
    return FeedItem(
        entry.id,
        "us",
        plan.text,
        plan.choices,
        plan.links,
        entry.at,
        message_id=said.id,
        files=plan.files,
    )
