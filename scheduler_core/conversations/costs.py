"""What our messages are billed for: those of a month, and those that a visit took."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from pydantic import BaseModel
from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment, AppointmentChange
from scheduler_core.businesses.queries import business
from scheduler_core.conversations.models import Conversation
from scheduler_core.errors import NotFound
from scheduler_core.outbox.feed import REPLY
from scheduler_core.outbox.models import OutboundMessage

#: Answers given so long before a step of a visit, and so long after it, were on the way to it.
_BEFORE, _AFTER = timedelta(days=1), timedelta(minutes=1)


class ChannelCosts(BaseModel):
    channel: str
    messages: int
    parts: int


class CostsOut(BaseModel):
    """Messages that are billed, and the parts they are billed by; a channel that costs nothing is not among them."""

    messages: int
    parts: int
    channels: list[ChannelCosts]


def of_month(session: Session, business_id: int, first: date) -> CostsOut:
    """The month that begins on ``first``, in the zone of the business."""
    zone = ZoneInfo(business(session, business_id).zone)
    following = (first + timedelta(days=31)).replace(day=1)
    since, before = (datetime(each.year, each.month, 1, tzinfo=zone) for each in (first, following))
    sent = OutboundMessage.created_at
    return _counted(session, business_id, and_(sent >= since, sent < before))


def of_visit(session: Session, business_id: int, appointment_id: int) -> CostsOut:
    """What was said about it, and the answers on the way to each of its steps. Raises ``NotFound``."""
    wanted = select(Appointment).where(
        Appointment.business_id == business_id, Appointment.id == appointment_id
    )
    visit = session.scalar(wanted)
    if visit is None:
        raise NotFound("unknown appointment")
    about_it = OutboundMessage.appointment_id == visit.id
    on_the_way = [_answers_between(since, until) for since, until in _talks(session, visit)]
    theirs = select(Conversation.channel + ":" + Conversation.address).where(
        Conversation.business_id == business_id, Conversation.customer_id == visit.customer_id
    )
    answers = and_(OutboundMessage.kind == REPLY, OutboundMessage.thread.in_(theirs), or_(*on_the_way))
    return _counted(session, business_id, or_(about_it, answers))


def _talks(session: Session, visit: Appointment) -> list[tuple[datetime, datetime]]:
    """Of each step: when its talk began, at the earliest with the customer's step before, and when it was over."""
    steps = session.execute(
        select(AppointmentChange.at, AppointmentChange.appointment_id)
        .join(Appointment, Appointment.id == AppointmentChange.appointment_id)
        .where(Appointment.business_id == visit.business_id, Appointment.customer_id == visit.customer_id)
        .order_by(AppointmentChange.at, AppointmentChange.id)
    ).all()
    talks, last = [], None
    for at, appointment_id in steps:
        since = max(at - _BEFORE, last + _AFTER) if last else at - _BEFORE
        if appointment_id == visit.id:
            talks.append((since, at + _AFTER))
        last = at
    return talks


def _answers_between(since: datetime, until: datetime) -> ColumnElement[bool]:
    return and_(OutboundMessage.created_at > since, OutboundMessage.created_at <= until)


def _counted(session: Session, business_id: int, which: ColumnElement[bool]) -> CostsOut:
    rows = session.execute(
        select(OutboundMessage.channel, func.count(), func.sum(OutboundMessage.parts))
        .where(OutboundMessage.business_id == business_id, OutboundMessage.parts.is_not(None), which)
        .group_by(OutboundMessage.channel)
        .order_by(OutboundMessage.channel)
    )
    found = [ChannelCosts(channel=channel, messages=count, parts=parts) for channel, count, parts in rows]
    return CostsOut(
        messages=sum(each.messages for each in found),
        parts=sum(each.parts for each in found),
        channels=found,
    )
