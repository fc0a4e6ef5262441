"""When the next visit is due: one offer of a time like the last one, to those who asked for such offers."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from scheduler_core.appointments.customer_notices import moment, nearest, offered
from scheduler_core.availability.schemas import SlotOut
from scheduler_core.availability.slots import minute_of
from scheduler_core.businesses.models import Service
from scheduler_core.conversations.notices import Told
from scheduler_core.conversations.places import where_they_last_spoke
from scheduler_core.customers.queries import wants_offers
from scheduler_core.feedback.models import REBOOK
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
from scheduler_core.feedback.visits import had_the_same_since, has_another_to_come
from scheduler_core.outbox import due
from scheduler_core.outbox.due import Work

KIND = "rebook"

#: The offered time is so far ahead at least, so that there is time to answer.
_NOTICE = timedelta(days=2)
_ASK_AGAIN_AFTER = timedelta(days=1)
_WEEK = timedelta(weeks=1)


def plan_nudge(session: Session, about: Occasion, now: datetime) -> None:
    """At the time of day of the visit, when its service is due again."""
    service = session.get_one(Service, about.row.service_id)
    if service.rebook_after_days is None:
        return
    due_at = about.row.start_at + timedelta(days=service.rebook_after_days)
    due.plan(
        session,
        business_id=about.business.id,
        kind=KIND,
        subject=f"visit:{about.row.id}",
        version=about.row.version,
        payload={"appointment_id": about.row.id},
        due_at=max(due_at, now),
        idem_key=f"{KIND}:{about.row.id}:{about.row.version}",
    )


def nudge(session: Session, work: Work) -> None:
    """Not when they have booked or been since, not without consent, and once in the service's interval."""
    about = still_is(session, work)
    if about is None:
        return
    service = session.get_one(Service, about.row.service_id)
    if service.rebook_after_days is None or service.archived_at is not None:
        return
    due_at = about.row.start_at + timedelta(days=service.rebook_after_days)
    if due_at > work.now:  # the interval has become longer meanwhile
        put_off(session, work, due_at)
    elif _may_be_nudged(session, about, service.rebook_after_days, work.now):
        if not waits_for_the_morning(session, work, about.zone, about.policy):
            _offer(session, work, about)


def _may_be_nudged(session: Session, about: Occasion, days: int, now: datetime) -> bool:
    row = about.row
    thread = where_they_last_spoke(session, row.business_id, row.customer_id, now)
    return (
        thread is not None
        and wants_offers(session, row.business_id, thread.channel, thread.address)
        and not has_another_to_come(session, row, now)
        and not had_the_same_since(session, row)
        and not was_said(session, row.id, REBOOK)
        and not said_since(session, row.customer_id, REBOOK, now - timedelta(days=days))
    )


def _offer(session: Session, work: Work, about: Occasion) -> None:
    slot = _like_the_last(session, about, work.now)
    choices: list[dict[str, Any]] = [offered(session, slot, about.locale)] if slot else []
    choices += [
        {"answer": each, "label": about.words(f"notice_button_{each}")} for each in ("other", "later")
    ]
    if slot is None:
        text, facts = about.words("notice_rebook_when"), {}
    else:
        facts = {"offered": moment(slot.start, about.visit.zone, about.locale)}
        text = about.words("notice_rebook", **facts)
    told = say(session, about, KIND, text, choices, work.now, facts)
    if told is Told.TAKEN_OVER:
        put_off(session, work, work.now + _ASK_AGAIN_AFTER)
    if told is Told.SAID:
        keep_said(session, about.row, REBOOK, work.now)


def _like_the_last(session: Session, about: Occasion, now: datetime) -> SlotOut | None:
    """The same weekday and time of day on the wall, the first that leaves time to answer, or what is nearest to it."""
    wall = about.visit.start.astimezone(about.zone)
    weeks = -(-(now + _NOTICE - about.visit.start) // _WEEK)
    wished = (wall + weeks * _WEEK).astimezone(about.visit.start.tzinfo)
    found = nearest(session, about.visit, minute_of(wished), now)
    return min(found, key=lambda slot: abs(slot.start - wished), default=None)
