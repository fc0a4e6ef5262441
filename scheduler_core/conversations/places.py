"""Where a customer can be told something: the threads they have with us, the one they wrote in last first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import Session

from scheduler_core.conversations.models import Conversation
from scheduler_core.customers.models import ContactPoint
from scheduler_core.customers.queries import refuses
from scheduler_core.outbox.models import InboundMessage
from scheduler_core.outbox.records import thread_of
from scheduler_core.outbox.shut import is_shut

_AWAKE_FOR = timedelta(minutes=15)
#: Channels on which nobody is called: what is said there is seen when they come back by themselves.
_SEEN_ON_RETURN = frozenset({"web", "terminal"})
_NAMES_THEM = exists().where(
    ContactPoint.business_id == Conversation.business_id,
    ContactPoint.customer_id == Conversation.customer_id,
    ContactPoint.channel == Conversation.channel,
    ContactPoint.address == Conversation.address,
)
_LAST_HEARD = (
    select(func.max(InboundMessage.id))
    .where(
        InboundMessage.business_id == bindparam("business"),
        InboundMessage.thread == Conversation.channel + ":" + Conversation.address,
    )
    .correlate(Conversation)
    .scalar_subquery()
)
_ADDRESS = (Conversation.business_id, Conversation.channel, Conversation.address)
_NEWEST_FIRST = (
    select(Conversation, is_shut(*_ADDRESS), refuses(*_ADDRESS))
    .where(
        Conversation.business_id == bindparam("business"),
        Conversation.customer_id == bindparam("customer"),
        _NAMES_THEM,
    )
    .order_by(func.coalesce(_LAST_HEARD, 0).desc(), Conversation.id.desc())
)


@dataclass(frozen=True, slots=True)
class Place:
    """``refuses``: nothing is wanted from us there, not even about their own visits."""

    thread: Conversation
    refuses: bool


def place_to_tell(session: Session, business_id: int, customer_id: int, now: datetime) -> Place | None:
    """Where they wrote last, of those where anything arrives."""
    return next(_newest_first(session, business_id, customer_id, now), None)


def where_they_last_spoke(
    session: Session, business_id: int, customer_id: int, now: datetime
) -> Conversation | None:
    place = place_to_tell(session, business_id, customer_id, now)
    return place.thread if place else None


def elsewhere(
    session: Session, business_id: int, customer_id: int, not_in: str, now: datetime
) -> Conversation | None:
    """Where else they can be called and want to be, when they were not reached on the channel ``not_in``."""
    for place in _newest_first(session, business_id, customer_id, now):
        thread = place.thread
        calls_them = thread.channel != not_in and thread.channel not in _SEEN_ON_RETURN
        if calls_them and not thread.is_handed_over(now) and not place.refuses:
            return thread
    return None


def is_awake(session: Session, thread: Conversation, now: datetime) -> bool:
    """They wrote there a moment ago: what follows from that does not wake them."""
    lately = exists().where(
        InboundMessage.business_id == thread.business_id,
        InboundMessage.thread == thread_of(thread.channel, thread.address),
        InboundMessage.heard_at > now - _AWAKE_FOR,
        InboundMessage.kind != "blocked",
    )
    return bool(session.scalar(select(lately)))


def _newest_first(session: Session, business_id: int, customer_id: int, now: datetime) -> Iterator[Place]:
    """As long as the address still names them, and takes anything."""
    found = session.execute(_NEWEST_FIRST, {"business": business_id, "customer": customer_id, "at": now})
    for thread, shut, refused in found.all():
        if not shut:
            yield Place(thread, refused)
