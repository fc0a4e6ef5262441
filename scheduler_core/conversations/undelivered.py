"""What did not arrive, for people: why, and to try it once more or to be done with it."""

from datetime import datetime

from pydantic import AwareDatetime, BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment
from scheduler_core.businesses.queries import business
from scheduler_core.conversations.queries import at_address
from scheduler_core.customers.models import Customer
from scheduler_core.customers.queries import opted_out
from scheduler_core.errors import AlreadyStarted, NotFound, OptedOut, VersionMovedOn
from scheduler_core.outbox.models import OutboundMessage
from scheduler_core.outbox.receipts import NOT_ARRIVED, is_said_again, not_arrived, say_again
from scheduler_core.outbox.shut import open_again
from scheduler_core.outbox.words import reason
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller


class UndeliveredOut(BaseModel):
    """A message that did not reach its customer; ``reason`` is in the language of the business.

    ``conversation_id`` and the customer are ``None`` when nobody has that address any more.
    """

    id: int
    at: AwareDatetime
    channel: str
    kind: str
    text: str
    reason: str
    conversation_id: int | None
    customer_id: int | None
    customer_name: str | None
    appointment_id: int | None


def listed(session: Session, business_id: int, before_id: int | None, count: int) -> list[UndeliveredOut]:
    """Newest first."""
    language = business(session, business_id).locale
    return [
        _out(session, message, language) for message in not_arrived(session, business_id, before_id, count)
    ]


def try_again(session: Session, caller: Caller, now: datetime, business_id: int, message_id: int) -> None:
    """Queue it once more, however often that is asked; what arrived after all, or was said again, stays as it is.

    Raises ``NotFound``; ``OptedOut``, ``VersionMovedOn`` or ``AlreadyStarted`` when it must not be said any more.
    """
    message = _to_change(session, business_id, message_id)
    if message.state not in NOT_ARRIVED or is_said_again(session, message):
        return
    if opted_out(session, business_id, message.channel, message.address):
        raise OptedOut()
    visit = session.get(Appointment, message.appointment_id) if message.appointment_id else None
    if visit is not None and visit.version != message.appointment_version:
        raise VersionMovedOn(version=visit.version)
    if visit is not None and visit.start_at <= now:
        raise AlreadyStarted()
    open_again(session, business_id, message.channel, message.address)
    say_again(session, message, now)
    message.settled_at = now
    _note(session, caller, now, message, "tried_again")


def set_aside(session: Session, caller: Caller, now: datetime, business_id: int, message_id: int) -> None:
    """Somebody has seen to it; done twice, it is done. Raises ``NotFound``."""
    message = _to_change(session, business_id, message_id)
    if message.settled_at is None:
        message.settled_at = now
        _note(session, caller, now, message, "set_aside")


def _to_change(session: Session, business_id: int, message_id: int) -> OutboundMessage:
    wanted = select(OutboundMessage).where(
        OutboundMessage.business_id == business_id, OutboundMessage.id == message_id
    )
    message = session.scalar(wanted.with_for_update())
    if message is None:
        raise NotFound("unknown message")
    return message


def _out(session: Session, message: OutboundMessage, language: str) -> UndeliveredOut:
    thread = at_address(session, message.business_id, message.channel, message.address)
    person = session.get(Customer, thread.customer_id) if thread else None
    return UndeliveredOut(
        id=message.id,
        at=message.created_at,
        channel=message.channel,
        kind=message.kind,
        text=message.text,
        reason=reason(language, message.error),
        conversation_id=thread.id if thread else None,
        customer_id=person.id if person else None,
        customer_name=person.name if person else None,
        appointment_id=message.appointment_id,
    )


def _note(session: Session, caller: Caller, now: datetime, message: OutboundMessage, action: str) -> None:
    thread = at_address(session, message.business_id, message.channel, message.address)
    record(
        session,
        caller,
        now,
        business_id=message.business_id,
        action=action,
        subject=("message", message.id),
        customer_id=thread.customer_id if thread else None,
    )
