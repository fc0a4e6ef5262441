"""Who was not reached is tried again, then on another channel of theirs, and at last the team is told.

Each step reads anew how things stand: what was delivered after all, is out of date or was answered is left alone.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment
from scheduler_core.businesses.policy import Policy
from scheduler_core.businesses.queries import business
from scheduler_core.conversations.handoff import tell_stopped, tell_unsent
from scheduler_core.conversations.models import Conversation
from scheduler_core.conversations.notices import say_also_in
from scheduler_core.conversations.places import elsewhere
from scheduler_core.conversations.queries import at_address
from scheduler_core.conversations.quiet import when_to_say
from scheduler_core.customers.queries import opted_out
from scheduler_core.outbox import due
from scheduler_core.outbox.due import Work
from scheduler_core.outbox.feed import NOT_REACHED_ON, ONLY_NOW, REPLY, STAFF_SAYS, STOPGAP, message_of
from scheduler_core.outbox.models import InboundMessage, OutboundMessage
from scheduler_core.outbox.outgoing import TO_STAFF, plan_of
from scheduler_core.outbox.receipts import (
    FAILED,
    GAPS,
    IN_DOUBT,
    LATER,
    NOT_ARRIVED,
    REFUSED,
    UNREACHED,
    is_said_again,
    say_again,
)
from scheduler_core.outbox.records import Plan
from scheduler_core.outbox.shut import many_shut

#: The kind of due work on a notice that is of use only now and reached nobody.
GIVEN_UP = "given_up"
_FAR_AWAY = timedelta(days=366)


def see_to(session: Session, work: Work) -> None:
    """What is to be done about a message that did not reach its reader."""
    message = message_of(session, work.business_id, work.payload["message_id"])
    if message is None or message.state not in NOT_ARRIVED or is_said_again(session, message):
        return
    here = at_address(session, message.business_id, message.channel, message.address)
    if here is None or not _matters(session, message):
        message.settled_at = work.now
        return
    if stopped := many_shut(session, message.business_id, message.channel, message.address):
        tell_stopped(session, stopped, work.now)
    _go_on(session, work, message, here)


def _go_on(session: Session, work: Work, message: OutboundMessage, here: Conversation) -> None:
    because, now = work.payload["because"], work.now
    if because == REFUSED and message.kind == REPLY:
        message.settled_at = now
        return
    refuses = opted_out(session, message.business_id, message.channel, message.address)
    again = because == LATER and message.tries < len(GAPS) and not (refuses and message.kind != REPLY)
    again = again and ONLY_NOW not in message.facts
    other = None
    if not again and _may_go_elsewhere(message, because) and not refuses:
        other = elsewhere(session, message.business_id, here.customer_id, message.channel, now)
    if not (again or other) or _is_over(session, message, now):
        tell_unsent(session, message, here, now)
        if ONLY_NOW in message.facts and because != IN_DOUBT:
            _give_up(session, message, now)
    elif (at := _when(session, message, now)) > now:
        _wait(session, work, at)
    elif again:
        say_again(session, message, now, tries=message.tries + 1)
    elif other is not None:
        _say_there(session, message, other, now)


def _give_up(session: Session, message: OutboundMessage, now: datetime) -> None:
    """Nobody tries it again by hand either; whose notice it is goes on without its reader."""
    message.settled_at = now
    notice_id = int(message.facts[ONLY_NOW])
    due.plan(
        session,
        business_id=message.business_id,
        kind=GIVEN_UP,
        subject=f"notice:{notice_id}",
        due_at=now,
        idem_key=f"{GIVEN_UP}:{notice_id}",
        payload={"notice_id": notice_id},
    )


def _matters(session: Session, message: OutboundMessage) -> bool:
    """Not what was said to staff, only to bridge a wait, of a visit as it no longer is, or in answer to older words."""
    if message.kind == STOPGAP or (message.kind.startswith(TO_STAFF) and message.kind != STAFF_SAYS):
        return False
    if message.appointment_id is not None:
        visit = session.get(Appointment, message.appointment_id)
        return visit is not None and visit.version == message.appointment_version
    if message.kind != REPLY:
        return True
    wrote_since = exists().where(
        InboundMessage.business_id == message.business_id,
        InboundMessage.thread == message.thread,
        InboundMessage.heard_at > message.created_at,
        InboundMessage.kind != "blocked",
    )
    return not session.scalar(select(wrote_since))


def _may_go_elsewhere(message: OutboundMessage, because: str) -> bool:
    """Once, and never what a person wrote there; an answer only when its reader cannot be reached."""
    if NOT_REACHED_ON in message.facts:
        return False
    if message.kind == REPLY:
        return because == LATER
    return because in (LATER, FAILED) and message.kind != STAFF_SAYS


def _is_over(session: Session, message: OutboundMessage, now: datetime) -> bool:
    visit = session.get(Appointment, message.appointment_id) if message.appointment_id else None
    return visit is not None and visit.start_at <= now


def _when(session: Session, message: OutboundMessage, now: datetime) -> datetime:
    """What a person wrote, and the answer to what they have just written themselves, wait for no morning."""
    if message.kind in (REPLY, STAFF_SAYS):
        return now
    told_by = business(session, message.business_id)
    visit = session.get(Appointment, message.appointment_id) if message.appointment_id else None
    visit_at = visit.start_at if visit else now + _FAR_AWAY
    return when_to_say(now, ZoneInfo(told_by.zone), Policy.model_validate(told_by.policy), visit_at)


def _wait(session: Session, work: Work, at: datetime) -> None:
    """For the morning."""
    due.plan(
        session,
        business_id=work.business_id,
        kind=UNREACHED,
        subject=work.subject,
        due_at=at,
        idem_key=f"{UNREACHED}:{work.payload['message_id']}:{at.isoformat()}",
        payload=work.payload,
    )


def _say_there(session: Session, message: OutboundMessage, other: Conversation, now: datetime) -> None:
    """The same notice; of an answer only the words, for what is arranged in one thread cannot be tapped in another."""
    said = plan_of(message)
    if message.kind == REPLY:
        said = Plan(said.text, language=said.language)
    say_again(
        session,
        message,
        now,
        at=(other.channel, other.address),
        plan=said,
        facts={NOT_REACHED_ON: message.channel},
    )
    say_also_in(session, other, message.again_of or message.id, now)
