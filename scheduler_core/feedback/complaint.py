"""A low score is a complaint: the team replies by a time, or is reminded; later the customer is asked about it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.notices import customer_name, locale_of, tell_noticed, when
from scheduler_core.availability.memory import blueprint_of
from scheduler_core.availability.slots import MINUTES_PER_DAY, instant_of, minute_from
from scheduler_core.businesses.models import Location, Service, StaffMember
from scheduler_core.businesses.policy import Policy
from scheduler_core.businesses.queries import leaders
from scheduler_core.conversations.holder import to_reply
from scheduler_core.conversations.models import Conversation
from scheduler_core.conversations.notices import Told
from scheduler_core.conversations.places import where_they_last_spoke
from scheduler_core.feedback.models import ANSWERED, NOT_PUT_RIGHT, OPEN, PUT_RIGHT, WITHDRAWN, Feedback
from scheduler_core.feedback.occasion import occasion_of, put_off, say, waits_for_the_morning
from scheduler_core.outbox import due
from scheduler_core.outbox.due import Work
from scheduler_core.outbox.enqueue import Buttons
from scheduler_core.outbox.feed import STAFF_SAYS
from scheduler_core.outbox.models import OutboundMessage
from scheduler_core.outbox.words import words

ALERT, OVERDUE, ASK_PUT_RIGHT = "feedback_alert", "feedback_overdue", "feedback_put_right"
KIND = "put_right"

#: So long we wait for their words before the team is told.
_WORDS_FOLLOW_WITHIN = timedelta(minutes=10)
_ASK_AGAIN_AFTER = timedelta(days=1)
#: When nobody has replied for so long after the promise, the customer is not asked whether it was put right.
_GIVEN_UP_AFTER = timedelta(days=7)
#: So far ahead the place's open hours are looked at.
_LOOK_AHEAD_MINUTES = 14 * MINUTES_PER_DAY
#: A promised time is a full quarter of an hour on every wall.
_ROUND_MINUTES = 15


def open_complaint(
    session: Session, row: Feedback, visit: Appointment, policy: Policy, now: datetime, *, staff_told: bool
) -> None:
    """Plan what follows. ``staff_told``: the team has heard of it already."""
    row.state, row.settled_at = OPEN, None
    row.reply_by = _in_open_hours(session, visit, now, policy.feedback_reply_hours)
    row.told_at = now if staff_told else row.told_at
    if row.told_at is None:
        _plan(session, row, ALERT, now + _WORDS_FOLLOW_WITHIN, now)
    _plan(session, row, OVERDUE, row.reply_by, now)
    _plan(session, row, ASK_PUT_RIGHT, row.reply_by + timedelta(hours=policy.put_right_after_hours), now)


def withdraw_complaint(session: Session, row: Feedback, now: datetime) -> None:
    """They meant a better score."""
    row.state, row.settled_at = WITHDRAWN, now
    due.withdraw(session, business_id=row.business_id, subject=_subject(row))


def tell_of_more_words(session: Session, row: Feedback, said: str, now: datetime) -> None:
    """Whoever was told of it already hears what else they write."""
    _tell_staff(session, row, "staff_feedback_words", f"{now.isoformat()}", now, words=said)


def alert(session: Session, work: Work) -> None:
    """The team is told, with what they have written by now."""
    row = _of(session, work)
    if row is None or row.state != OPEN:
        return
    row.told_at = work.now
    kind = "staff_low_feedback" if row.words else "staff_low_feedback_silent"
    _tell_staff(session, row, kind, "told", work.now)


def remind_staff(session: Session, work: Work) -> None:
    """The promised time has come and nobody has replied: whoever leads the team hears of it too."""
    row = _of(session, work)
    if row is None or row.state != OPEN:
        return
    if _has_reply(session, row):
        row.state = ANSWERED
        return
    _tell_staff(
        session, row, "staff_feedback_overdue", "overdue", work.now, leaders(session, row.business_id)
    )


def ask_whether_put_right(session: Session, work: Work) -> None:
    """Only once somebody has replied: else there is nothing to ask about."""
    row = _of(session, work)
    if row is None or row.state not in (OPEN, ANSWERED) or row.reply_by is None:
        return
    if row.state == OPEN and not _has_reply(session, row):
        if work.now < row.reply_by + _GIVEN_UP_AFTER:
            put_off(session, work, work.now + _ASK_AGAIN_AFTER)
        return
    row.state = ANSWERED
    visit = session.get_one(Appointment, row.appointment_id)
    about = occasion_of(session, visit, work.now, work.settings.public_url)
    if about is None or waits_for_the_morning(session, work, about.zone, about.policy):
        return
    choices = [{"answer": each, "label": about.words(f"notice_button_{each}")} for each in ("yes", "no")]
    told = say(session, about, KIND, about.words("notice_put_right"), choices, work.now)
    if told is Told.TAKEN_OVER:
        put_off(session, work, work.now + _ASK_AGAIN_AFTER)


def settle(session: Session, row: Feedback, put_right: bool, said: str | None, now: datetime) -> None:
    """What the customer says came of it; the team hears of it when it was not put right."""
    row.state, row.settled_at = PUT_RIGHT if put_right else NOT_PUT_RIGHT, now
    if not put_right:
        also = leaders(session, row.business_id)
        _tell_staff(session, row, "staff_not_put_right", "not put right", now, also, words=said or "–")


def mark_answered(row: Feedback) -> None:
    """Somebody has spoken with them, by phone or at the desk."""
    if row.state == OPEN:
        row.state = ANSWERED


def _plan(session: Session, row: Feedback, kind: str, due_at: datetime, now: datetime) -> None:
    due.plan(
        session,
        business_id=row.business_id,
        kind=kind,
        subject=_subject(row),
        due_at=due_at,
        payload={"feedback_id": row.id},
        idem_key=f"{kind}:{row.id}:{now.isoformat()}",
    )


def _subject(row: Feedback) -> str:
    return f"feedback:{row.id}"


def _of(session: Session, work: Work) -> Feedback | None:
    wanted = select(Feedback).where(
        Feedback.id == work.payload["feedback_id"], Feedback.business_id == work.business_id
    )
    return session.scalar(wanted.with_for_update())


def _in_open_hours(session: Session, visit: Appointment, now: datetime, hours: int) -> datetime:
    """So many hours on, of those in which the place of the visit is open."""
    place = blueprint_of(session, visit.business_id, now).places.get(visit.location_id)
    begins, left = minute_from(now), hours * 60
    for opens, closes in place.open(begins, begins + _LOOK_AHEAD_MINUTES) if place else ():
        if closes - opens >= left:
            return instant_of(min(closes, -(-(opens + left) // _ROUND_MINUTES) * _ROUND_MINUTES))
        left -= closes - opens
    return now + timedelta(hours=hours)


def _has_reply(session: Session, row: Feedback) -> bool:
    """Has anybody of the team written to them since?"""
    replied = (
        select(OutboundMessage.id)
        .join(
            Conversation,
            (Conversation.business_id == OutboundMessage.business_id)
            & (Conversation.channel == OutboundMessage.channel)
            & (Conversation.address == OutboundMessage.address),
        )
        .where(
            Conversation.business_id == row.business_id,
            Conversation.customer_id == row.customer_id,
            OutboundMessage.kind == STAFF_SAYS,
            OutboundMessage.created_at > row.given_at,
        )
    )
    return session.scalar(replied.limit(1)) is not None


def _tell_staff(
    session: Session,
    row: Feedback,
    kind: str,
    reason: str,
    now: datetime,
    also: Iterable[int] = (),
    **more: str,
) -> None:
    locale = locale_of(session, row.business_id)
    thread = where_they_last_spoke(session, row.business_id, row.customer_id, now)
    facts = _facts(session, row, locale, thread) | more
    buttons: Buttons = to_reply(locale, thread) if thread else (lambda _: ())
    tell_noticed(
        session, row.business_id, locale, kind, f"{kind}:{row.id}:{reason}", facts, now, buttons, also
    )


def _facts(session: Session, row: Feedback, locale: str, thread: Conversation | None) -> dict[str, Any]:
    visit = session.get_one(Appointment, row.appointment_id)
    service, staff = session.execute(
        select(Service.name, StaffMember.name)
        .join(StaffMember, StaffMember.id == row.staff_id)
        .where(Service.id == row.service_id)
    ).one()
    zone = session.get_one(Location, visit.location_id).zone
    key = "feedback_score" if row.score is not None else "feedback_no_score"
    return {
        "customer": customer_name(session, row.customer_id),
        "score": words(locale, key, score=row.score, scale=row.scale),
        "words": row.words or "",
        "service": service,
        "staff": staff,
        "when": when(visit.start_at, visit.zone, locale),
        "by": when(row.reply_by, zone, locale) if row.reply_by else "",
        "appointment_id": visit.id,
        **({"conversation_id": thread.id} if thread else {}),
    }
