"""Take what a customer says of a visit: a score, words, a better score after all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment
from scheduler_core.businesses.models import Service
from scheduler_core.businesses.policy import Policy
from scheduler_core.businesses.queries import business
from scheduler_core.conversations.notices import note_answer
from scheduler_core.customers.queries import spoke_of_offers, to_change
from scheduler_core.errors import Malformed, NotFound
from scheduler_core.feedback import complaint
from scheduler_core.feedback.models import (
    ANSWERED,
    ASKED,
    ASKED_NPS,
    ASKED_OFFERS,
    CSAT,
    NPS,
    OPEN,
    REVIEW,
    WITHDRAWN,
    Feedback,
)
from scheduler_core.feedback.occasion import keep_said, said_since, was_said
from scheduler_core.feedback.schemas import FeedbackIn, Next, PutRightIn
from scheduler_core.feedback.visits import last_visit, visit_spoken_of
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller

_SCALES = {CSAT: 5, NPS: 10}
_LONGEST_WORDS = 4000


@dataclass(frozen=True, slots=True)
class Given:
    """``was``: the score before; ``next``: what is to be said now."""

    feedback_id: int
    was: int | None
    next: Next | None


def give(session: Session, caller: Caller, now: datetime, business_id: int, asked: FeedbackIn) -> Given:
    """Raises ``NotFound`` for a visit that is not theirs, or when there was none lately; ``WrongState``."""
    to_change(session, business_id, asked.customer_id)
    policy = Policy.model_validate(business(session, business_id).policy)
    visit = _visit(session, now, business_id, asked, policy)
    row = _row(session, visit, asked.kind, now)
    was, row.changed_at = row.score, now
    if asked.score is not None:
        row.score = asked.score
    if asked.words:
        row.words = "\n".join(filter(None, (row.words, asked.words)))[:_LONGEST_WORDS]
    session.flush()
    if asked.kind == CSAT:
        _follow_up(session, row, visit, policy, now, asked)
    if asked.notice_id is not None and asked.score is not None:
        note_answer(session, business_id, asked.customer_id, asked.notice_id, str(asked.score), now)
    action = "feedback_given" if was is None else "feedback_changed"
    _note(session, caller, now, row, action, kind=asked.kind, score=row.score, was=was)
    happy = asked.kind == CSAT and asked.score is not None and asked.score > policy.feedback_low
    return Given(row.id, was, _next(session, visit, policy, now) if happy else None)


def say_whether_put_right(
    session: Session, caller: Caller, now: datetime, row: Feedback, asked: PutRightIn
) -> None:
    complaint.settle(session, row, asked.put_right, asked.words, now)
    if asked.words:
        row.words = "\n".join(filter(None, (row.words, asked.words)))[:_LONGEST_WORDS]
    if asked.notice_id is not None:
        answer = "yes" if asked.put_right else "no"
        note_answer(session, row.business_id, row.customer_id, asked.notice_id, answer, now)
    _note(session, caller, now, row, "feedback_settled", put_right=asked.put_right)


def mark_answered(session: Session, caller: Caller, now: datetime, row: Feedback) -> None:
    complaint.mark_answered(row)
    _note(session, caller, now, row, "feedback_answered")


def to_settle(session: Session, business_id: int, feedback_id: int) -> Feedback:
    """A complaint, locked; raises ``NotFound``, and ``Malformed`` for what is none."""
    wanted = select(Feedback).where(Feedback.business_id == business_id, Feedback.id == feedback_id)
    row = session.scalar(wanted.with_for_update())
    if row is None:
        raise NotFound("unknown feedback")
    if row.state in (None, WITHDRAWN):
        raise Malformed("there is nothing to put right")
    return row


def _visit(
    session: Session, now: datetime, business_id: int, asked: FeedbackIn, policy: Policy
) -> Appointment:
    if asked.appointment_id is None:
        return last_visit(session, business_id, asked.customer_id, now, policy.unasked_feedback_days)
    return visit_spoken_of(session, business_id, asked.customer_id, asked.appointment_id, now)


def _row(session: Session, visit: Appointment, kind: str, now: datetime) -> Feedback:
    """The customer's row is locked, so there is one of a kind for a visit."""
    found = session.scalar(select(Feedback).where(Feedback.appointment_id == visit.id, Feedback.kind == kind))
    if found is None:
        found = Feedback(
            business_id=visit.business_id,
            customer_id=visit.customer_id,
            appointment_id=visit.id,
            service_id=visit.service_id,
            staff_id=visit.staff_id,
            kind=kind,
            scale=_SCALES[kind],
            asked=was_said(session, visit.id, ASKED if kind == CSAT else ASKED_NPS),
            given_at=now,
            changed_at=now,
        )
        session.add(found)
    return found


def _follow_up(
    session: Session, row: Feedback, visit: Appointment, policy: Policy, now: datetime, asked: FeedbackIn
) -> None:
    """Words without a number are read by a person too: nobody knows whether they are kind."""
    if row.score is not None and row.score > policy.feedback_low:
        if row.state in (OPEN, ANSWERED):
            complaint.withdraw_complaint(session, row, now)
        return
    if row.state in (None, WITHDRAWN):
        complaint.open_complaint(session, row, visit, policy, now, staff_told=asked.staff_told)
    elif asked.words and row.told_at is not None and not asked.staff_told:
        complaint.tell_of_more_words(session, row, asked.words, now)


def _next(session: Session, visit: Appointment, policy: Policy, now: datetime) -> Next | None:
    """One thing at most, and the same again when the same is asked twice."""
    for step in _STEPS:
        if was_said(session, visit.id, step):
            return step
    for step, may in _STEPS.items():
        if may(session, visit, policy, now):
            keep_said(session, visit, step, now)
            return step
    return None


def _may_be_shown_reviews(session: Session, visit: Appointment, policy: Policy, now: datetime) -> bool:
    since = now - timedelta(days=policy.review_every_days) if policy.review_every_days else None
    has_page = business(session, visit.business_id).review_url is not None
    return has_page and not said_since(session, visit.customer_id, REVIEW, since)


def _may_be_asked_of_offers(session: Session, visit: Appointment, _policy: Policy, _now: datetime) -> bool:
    """Who has said nothing about offers yet, of a service that is due again some day."""
    comes_again = session.get_one(Service, visit.service_id).rebook_after_days is not None
    return (
        comes_again
        and not said_since(session, visit.customer_id, ASKED_OFFERS, None)
        and not spoke_of_offers(session, visit.business_id, visit.customer_id)
    )


def _may_be_asked_nps(session: Session, visit: Appointment, policy: Policy, now: datetime) -> bool:
    if policy.nps_every_days is None:
        return False
    return not said_since(session, visit.customer_id, ASKED_NPS, now - timedelta(days=policy.nps_every_days))


_STEPS: dict[Next, Callable[[Session, Appointment, Policy, datetime], bool]] = {
    "review": _may_be_shown_reviews,
    "offers": _may_be_asked_of_offers,
    "nps": _may_be_asked_nps,
}


def _note(
    session: Session, caller: Caller, now: datetime, row: Feedback, action: str, **facts: object
) -> None:
    record(
        session,
        caller,
        now,
        business_id=row.business_id,
        action=action,
        subject=("feedback", row.id),
        customer_id=row.customer_id,
        **facts,
    )
