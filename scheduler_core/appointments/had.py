"""What a customer has had: their last visit, and what they have most often."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.status import COMING, FULFILLED, TOOK_PLACE
from scheduler_core.businesses.models import Service, StaffMember


def last_had(
    session: Session, business_id: int, customer_id: int, now: datetime, days: int
) -> Appointment | None:
    """The last of a customer's that took place, as far as anybody has said, and began within so many days."""
    return session.scalar(
        select(Appointment)
        .where(
            Appointment.business_id == business_id,
            Appointment.customer_id == customer_id,
            Appointment.start_at.between(now - timedelta(days=days), now),
            Appointment.status.in_(TOOK_PLACE),
        )
        .order_by(Appointment.start_at.desc(), Appointment.id.desc())
        .limit(1)
    )


def usual(
    session: Session, business_id: int, customer_id: int, now: datetime
) -> tuple[int | None, int | None]:
    """The service and the person that a customer has had most often, of their past visits and still to be had."""
    found: list[int | None] = []
    for column, table in ((Appointment.service_id, Service), (Appointment.staff_id, StaffMember)):
        found.append(
            session.scalar(
                select(column)
                .join(table, table.id == column)
                .where(
                    table.archived_at.is_(None),
                    Appointment.business_id == business_id,
                    Appointment.customer_id == customer_id,
                    Appointment.start_at <= now,
                    Appointment.status.in_((*COMING, FULFILLED)),
                )
                .group_by(column)
                .order_by(func.count().desc(), func.max(Appointment.start_at).desc())
                .limit(1)
            )
        )
    return found[0], found[1]
