"""Questions about conversations, each from the business."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from scheduler_core.businesses.models import StaffMember
from scheduler_core.conversations.models import Conversation, Draft
from scheduler_core.conversations.schemas import ThreadOut
from scheduler_core.customers.models import Customer
from scheduler_core.customers.queries import opted_out_among
from scheduler_core.errors import NotFound
from scheduler_core.outbox.models import FeedEntry


def conversation(session: Session, business_id: int, conversation_id: int) -> Conversation:
    """Raises ``NotFound``, for another business's conversation too."""
    return _one(session, _of(business_id, conversation_id))


def to_change(session: Session, business_id: int, conversation_id: int) -> Conversation:
    """The conversation, locked for this transaction; raises ``NotFound``."""
    return _one(session, _of(business_id, conversation_id).with_for_update())


def at_address(session: Session, business_id: int, channel: str, address: str) -> Conversation | None:
    return session.scalar(
        select(Conversation).where(
            Conversation.business_id == business_id,
            Conversation.channel == channel,
            Conversation.address == address,
        )
    )


def listed(
    session: Session, business_id: int, after: int | None, count: int, of: Sequence[int] | None = None
) -> Sequence[Conversation]:
    """Who asked for a person comes first, whoever waits longest before all; then where something was said last.

    ``of``: only with these customers.
    """
    last_said = _last_said(business_id)
    wanted = select(Conversation).where(Conversation.business_id == business_id)
    if of is not None:
        wanted = wanted.where(Conversation.customer_id.in_(of))
    if after is not None:
        wanted = wanted.where(_behind(session, business_id, after, last_said))
    ordered = wanted.order_by(
        Conversation.waiting_since.is_(None),
        Conversation.waiting_since,
        last_said.desc(),
        Conversation.id.desc(),
    )
    return session.scalars(ordered.limit(count)).all()


def threads(session: Session, found: Sequence[Conversation], now: datetime) -> list[ThreadOut]:
    """The conversations as staff see them, in the order given."""
    ids = [each.id for each in found]
    people = [each.customer_id for each in found]
    spoken_at = {(each.channel, each.address) for each in found}
    named = select(Customer.id, Customer.name).where(Customer.id.in_(people))
    drafted = select(Draft.conversation_id, Draft.summary).where(Draft.conversation_id.in_(ids))
    names = {row.id: row.name for row in session.execute(named)}
    drafts = {row.conversation_id: row.summary for row in session.execute(drafted)}
    speaking = select(StaffMember.id, StaffMember.name).where(
        StaffMember.id.in_({each.taken_by_staff_id for each in found})
    )
    team = {row.id: row.name for row in session.execute(speaking)}
    refused = opted_out_among(session, found[0].business_id, spoken_at) if found else set()
    return [
        ThreadOut(
            id=each.id,
            channel=each.channel,
            customer_id=each.customer_id,
            customer_name=names.get(each.customer_id),
            waiting_since=each.waiting_since,
            silent_until=each.silent_until if each.is_handed_over(now) else None,
            taken_by=team.get(each.taken_by_staff_id) if each.is_handed_over(now) else None,
            is_chosen=each.is_chosen,
            opted_out=(each.channel, each.address) in refused,
            arranging=drafts.get(each.id),
        )
        for each in found
    ]


def _of(business_id: int, conversation_id: int) -> Select[Conversation]:
    return select(Conversation).where(
        Conversation.business_id == business_id, Conversation.id == conversation_id
    )


def _one(session: Session, wanted: Select[Conversation]) -> Conversation:
    found = session.scalar(wanted)
    if found is None:
        raise NotFound("unknown conversation")
    return found


def _last_said(business_id: int) -> ColumnElement[int]:
    newest = select(func.max(FeedEntry.id)).where(
        FeedEntry.business_id == business_id,
        FeedEntry.thread == Conversation.channel + ":" + Conversation.address,
    )
    return func.coalesce(newest.correlate(Conversation).scalar_subquery(), 0)


def _behind(
    session: Session, business_id: int, after: int, last_said: ColumnElement[int]
) -> ColumnElement[bool]:
    """What comes after that conversation in the list."""
    row = session.execute(
        select(Conversation.waiting_since, last_said).where(
            Conversation.business_id == business_id, Conversation.id == after
        )
    ).first()
    if row is None:
        raise NotFound("unknown conversation")
    since, said = row
    later = or_(last_said < said, and_(last_said == said, Conversation.id < after))
    if since is None:
        return and_(Conversation.waiting_since.is_(None), later)
    return or_(
        Conversation.waiting_since.is_(None),
        Conversation.waiting_since > since,
        and_(Conversation.waiting_since == since, later),
    )
