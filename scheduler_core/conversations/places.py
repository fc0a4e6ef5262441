"""Where a customer can be told something: the threads they have with us, the one they wrote in last first."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import Session

from scheduler_core.conversations.models import Conversation
from scheduler_core.customers.models import ContactPoint
from scheduler_core.customers.queries import opted_out
from scheduler_core.outbox.models import InboundMessage
from scheduler_core.outbox.records import thread_of
from scheduler_core.outbox.shut import shut_by

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
_NEWEST_FIRST = (
    select(Conversation)
    .where(
        Conversation.business_id == bindparam("business"),
        Conversation.customer_id == bindparam("customer"),
        _NAMES_THEM,
    )
    .order_by(func.coalesce(_LAST_HEARD, 0).desc(), Conversation.id.desc())
)


def where_they_last_spoke(
    session: Session, business_id: int, customer_id: int, now: datetime
) -> Conversation | None:
    """Their thread in which they wrote last, of those where anything arrives."""
    threads = _newest_first(session, business_id, customer_id)
    return next((each for each in threads if not _is_shut(session, each, now)), None)


def elsewhere(
    session: Session, business_id: int, customer_id: int, not_in: str, now: datetime
) -> Conversation | None:
    """Where else they can be called and want to be, when they were not reached on the channel ``not_in``."""
    for each in _newest_first(session, business_id, customer_id):
        if each.channel == not_in or each.channel in _SEEN_ON_RETURN or each.is_handed_over(now):
            continue
        refuses = opted_out(session, business_id, each.channel, each.address)
        if not refuses and not _is_shut(session, each, now):
            return each
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


def _is_shut(session: Session, thread: Conversation, now: datetime) -> bool:
    return shut_by(session, thread.business_id, thread.channel, thread.address, now) is not None


def _newest_first(session: Session, business_id: int, customer_id: int) -> Sequence[Conversation]:
    """As long as the address still names them."""
    return session.scalars(_NEWEST_FIRST, {"business": business_id, "customer": customer_id}).all()
