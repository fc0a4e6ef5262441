"""Questions about feedback, each from the business."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment
from scheduler_core.businesses.models import Service, StaffMember
from scheduler_core.customers.models import Customer
from scheduler_core.errors import NotFound
from scheduler_core.feedback.models import OPEN, Feedback
from scheduler_core.feedback.schemas import FeedbackOut, State


@dataclass(frozen=True, slots=True)
class Filter:
    """Of visits that began in [since, before); of somebody, in a state."""

    since: datetime | None = None
    before: datetime | None = None
    service_id: int | None = None
    staff_id: int | None = None
    customer_id: int | None = None
    state: State | None = None


def view(session: Session, business_id: int, feedback_id: int) -> FeedbackOut:
    """Raises ``NotFound``."""
    found = _shown(session, _named(business_id).where(Feedback.id == feedback_id))
    if not found:
        raise NotFound("unknown feedback")
    return found[0]


def listed(
    session: Session, business_id: int, wanted: Filter, after: int | None, limit: int
) -> list[FeedbackOut]:
    """The newest first; at most ``limit``, older than the one a page ended with."""
    question = narrowed(_named(business_id), wanted).order_by(Feedback.id.desc()).limit(limit)
    if after is not None:
        question = question.where(Feedback.id < after)
    return _shown(session, question)


def narrowed(
    question: Select[Feedback, str | None, str, str, datetime], wanted: Filter
) -> Select[Feedback, str | None, str, str, datetime]:
    if wanted.since is not None:
        question = question.where(Appointment.start_at >= wanted.since)
    if wanted.before is not None:
        question = question.where(Appointment.start_at < wanted.before)
    for column in ("service_id", "staff_id", "customer_id", "state"):
        if (value := getattr(wanted, column)) is not None:
            question = question.where(getattr(Feedback, column) == value)
    return question


def all_of(session: Session, business_id: int, wanted: Filter) -> list[FeedbackOut]:
    return _shown(session, narrowed(_named(business_id), wanted).order_by(Feedback.id))


def complaints_open(session: Session, business_id: int) -> int:
    wanted = select(func.count()).where(Feedback.business_id == business_id, Feedback.state == OPEN)
    return session.scalars(wanted).one()


def _named(business_id: int) -> Select[Feedback, str | None, str, str, datetime]:
    return (
        select(Feedback, Customer.name, Service.name, StaffMember.name, Appointment.start_at)
        .join(Customer, Customer.id == Feedback.customer_id)
        .join(Service, Service.id == Feedback.service_id)
        .join(StaffMember, StaffMember.id == Feedback.staff_id)
        .join(Appointment, Appointment.id == Feedback.appointment_id)
        .where(Feedback.business_id == business_id)
    )


def _shown(session: Session, question: Select[Feedback, str | None, str, str, datetime]) -> list[FeedbackOut]:
    return [
        FeedbackOut(
            id=row.id,
            kind=row.kind,
            score=row.score,
            scale=row.scale,
            words=row.words,
            asked=row.asked,
            given_at=row.given_at,
            changed_at=row.changed_at,
            state=row.state,
            reply_by=row.reply_by,
            customer_id=row.customer_id,
            customer_name=customer,
            appointment_id=row.appointment_id,
            visit_at=visit_at,
            service_id=row.service_id,
            service_name=service,
            staff_id=row.staff_id,
            staff_name=staff,
        )
        for row, customer, service, staff, visit_at in session.execute(question)
    ]
