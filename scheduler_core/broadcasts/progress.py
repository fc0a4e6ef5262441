"""How far a broadcast has come: worked out from the visits and the messages themselves, whoever changed them."""

from collections import Counter
from typing import cast as known_as

from sqlalchemy import Row, String, case, cast, literal, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.status import CANCELLED
from scheduler_core.broadcasts.models import TOLD, Broadcast, BroadcastVisit
from scheduler_core.broadcasts.schemas import Answer, BroadcastOut, ReachedOut
from scheduler_core.conversations.models import Conversation, Notice
from scheduler_core.customers.models import Customer
from scheduler_core.outbox.models import OutboundMessage

_ARRIVED = ("delivered", "read")


def shown(session: Session, broadcast: Broadcast) -> BroadcastOut:
    visits = reached(session, broadcast.id)
    counts = Counter(each.answer for each in visits)
    return BroadcastOut(
        id=broadcast.id,
        staff_id=broadcast.staff_id,
        location_id=broadcast.location_id,
        resource_id=broadcast.resource_id,
        because=broadcast.because,
        start=broadcast.start_at,
        end=broadcast.end_at,
        created_at=broadcast.created_at,
        is_over=broadcast.reported_at is not None,
        progress={**counts, "delivered": sum(each.is_delivered for each in visits)},
        visits=visits,
    )


def reached(session: Session, broadcast_id: int) -> list[ReachedOut]:
    """Each of its visits, in the order of their times."""
    asks = case((Conversation.waiting_since >= BroadcastVisit.told_at, True), else_=False)
    rows = session.execute(
        select(
            BroadcastVisit,
            Appointment,
            Customer.name,
            asks,
            OutboundMessage.state,
            OutboundMessage.error,
        )
        .join(Appointment, Appointment.id == BroadcastVisit.appointment_id)
        .join(Customer, Customer.id == Appointment.customer_id)
        .outerjoin(Notice, Notice.id == BroadcastVisit.notice_id)
        .outerjoin(Conversation, Conversation.id == Notice.conversation_id)
        .outerjoin(OutboundMessage, OutboundMessage.idem_key == literal("notice:") + cast(Notice.id, String))
        .where(BroadcastVisit.broadcast_id == broadcast_id)
        .order_by(Appointment.start_at, Appointment.id)
    )
    return [_shown(row) for row in rows]


def _shown(row: Row[BroadcastVisit, Appointment, str, bool, str, str]) -> ReachedOut:
    told, visit, name, asks, sent, error = row
    answer = _answer(told, visit, asks, sent)
    return ReachedOut(
        appointment_id=visit.id,
        customer_id=visit.customer_id,
        customer=name or f"Customer {visit.customer_id}",
        start=visit.start_at,
        answer=answer,
        is_delivered=sent in _ARRIVED,
        because=(told.because or error) if answer == "unreached" else None,
    )


def _answer(told: BroadcastVisit, visit: Appointment, asks: bool, sent: str | None) -> Answer:
    if told.state != TOLD:
        return known_as(Answer, told.state)
    if visit.status == CANCELLED:
        return "dropped"
    if visit.version != told.version:
        return "moved"
    if asks:
        return "person"
    return "unreached" if sent == "failed" else "open"
