"""A wish that waits for a time to become free."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from scheduler_core.db.base import Base
from scheduler_core.db.types import UtcDateTime

WAITING, BOOKED, LEFT, EXPIRED = "waiting", "booked", "left", "expired"


class WaitlistEntry(Base):
    """``ranges``: [start, end) pairs of instants, as ISO 8601 in UTC, in which the visit may start.

    ``state``: waiting, booked, left or expired (and, once the last of them has passed, expired whatever is kept).
    ``earlier_appointment_id``: the visit that an earlier time would replace.
    """

    __tablename__ = "waitlist_entry"
    __table_args__ = (Index("ix_waitlist_entry_state", "business_id", "state", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    location_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))
    earlier_appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"))
    ranges: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(String(10))
    note: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
