"""After a visit, in one message: thanks, what to mind, and how it was – none of it too often."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment, AppointmentItem
from scheduler_core.appointments.status import FULFILLED, TOOK_PLACE
from scheduler_core.businesses.models import Service
from scheduler_core.conversations.models import Conversation
from scheduler_core.conversations.notices import Told
from scheduler_core.feedback import rebook
from scheduler_core.feedback.models import ANSWERED, ASKED, CSAT, OPEN, SAID, Feedback
from scheduler_core.feedback.occasion import (
    Occasion,
    keep_said,
    put_off,
    said_since,
    say,
    still_is,
    waits_for_the_morning,
    was_said,
)
from scheduler_core.feedback.visits import of_that_day
from scheduler_core.outbox.due import Work

AFTER_VISIT = "after_visit"
FEEDBACK, AFTERCARE = "feedback", "aftercare"
SCORES = ("1", "2", "3", "4", "5")

#: What could not be said by then is not said any more.
_TOO_LATE = timedelta(days=3)
_ASK_AGAIN_AFTER = timedelta(hours=3)
#: A complaint that nobody has settled keeps us from asking again for so long.
_COMPLAINT_LASTS = timedelta(days=60)


def speak_afterwards(session: Session, work: Work) -> None:
    """Nothing while a person speaks with them; of several visits of one day only after the last."""
    about = still_is(session, work)
    if about is None or not _took_place(about):
        return
    rebook.plan_nudge(session, about, work.now)
    that_day = of_that_day(session, about.row)
    if that_day[-1].id != about.row.id or was_said(session, about.row.id, SAID):
        return
    if work.now - about.row.end_at > _TOO_LATE:
        return
    if not waits_for_the_morning(session, work, about.zone, about.policy):
        _say_it(session, work, about, that_day)


def _say_it(session: Session, work: Work, about: Occasion, that_day: Sequence[Appointment]) -> None:
    tips, asks = _tips(session, about, that_day), _may_be_asked(session, about, that_day, work.now)
    if not tips and not asks:
        return
    lines = [about.words("notice_after_thanks")]
    lines += [about.words("notice_after_tips", tips=tips)] if tips else []
    lines += [about.words("notice_after_ask")] if asks else []
    choices: list[dict[str, Any]] = [{"answer": each, "label": each} for each in SCORES] if asks else []
    kind = FEEDBACK if asks else AFTERCARE
    told = say(session, about, kind, "\n".join(lines), choices, work.now, {"tips": tips})
    if told is Told.TAKEN_OVER:
        put_off(session, work, work.now + _ASK_AGAIN_AFTER)
    if told is Told.SAID:
        keep_said(session, about.row, SAID, work.now)
    if told is Told.SAID and asks:
        keep_said(session, about.row, ASKED, work.now)


def _took_place(about: Occasion) -> bool:
    marked = about.row.status == FULFILLED
    return marked or (about.policy.feedback_of_unmarked and about.row.status in TOOK_PLACE)


def _tips(session: Session, about: Occasion, that_day: Sequence[Appointment]) -> str:
    """Of every service of that day that has some, each once, in their language or else the business's."""
    rows = session.scalars(
        select(Service.aftercare)
        .join(AppointmentItem, AppointmentItem.service_id == Service.id)
        .where(AppointmentItem.appointment_id.in_([each.id for each in that_day]))
        .order_by(AppointmentItem.start_at, AppointmentItem.position)
    )
    spoken = (about.locale.language, about.business.locale.partition("-")[0])
    found = (next((tips[each] for each in spoken if each in tips), "") for tips in rows)
    return " ".join(dict.fromkeys(filter(None, found)))


def _may_be_asked(session: Session, about: Occasion, that_day: Sequence[Appointment], now: datetime) -> bool:
    policy, person = about.policy, about.person.id
    return (
        policy.feedback_asks
        and not said_since(session, person, ASKED, now - timedelta(days=policy.feedback_every_days))
        and not _has_spoken(session, that_day)
        and not _is_unhappy(session, about, now)
    )


def _has_spoken(session: Session, that_day: Sequence[Appointment]) -> bool:
    """Have they told us already how it was?"""
    of_it = Feedback.appointment_id.in_([each.id for each in that_day])
    return bool(session.scalar(select(exists().where(of_it, Feedback.kind == CSAT))))


def _is_unhappy(session: Session, about: Occasion, now: datetime) -> bool:
    """A complaint of theirs is open, or they wait for a person."""
    person = about.person.id
    complains = exists().where(
        Feedback.customer_id == person,
        Feedback.state.in_((OPEN, ANSWERED)),
        Feedback.given_at > now - _COMPLAINT_LASTS,
    )
    waits = exists().where(Conversation.customer_id == person, Conversation.waiting_since.is_not(None))
    return bool(session.scalar(select(or_(complains, waits))))
