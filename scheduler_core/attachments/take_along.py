"""A visit takes along the files that its customer sent while it was being arranged."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from scheduler_core.attachments.models import CUSTOMER, Attachment

_FRESH = timedelta(days=1)
"""As long as what is being arranged is carried on; what came earlier was about something else."""


def take_along(
    session: Session, business_id: int, customer_id: int, appointment_id: int, now: datetime
) -> None:
    """In the transaction that makes the visit; what belongs to a visit already stays with it."""
    session.execute(
        update(Attachment)
        .where(
            Attachment.business_id == business_id,
            Attachment.customer_id == customer_id,
            Attachment.appointment_id.is_(None),
            Attachment.sent_by == CUSTOMER,
            Attachment.created_at > now - _FRESH,
        )
        .values(appointment_id=appointment_id)
    )
