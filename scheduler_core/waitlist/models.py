"""A wish that waits for a time to become free, and the times that were offered for it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from scheduler_core.db.base import Base, BigKey
from scheduler_core.db.types import UtcDateTime

WAITING, BOOKED, LEFT, EXPIRED = "waiting", "booked", "left", "expired"
OPEN, ACCEPTED, DECLINED, SILENT = "open", "accepted", "declined", "silent"
WITHDRAWN, PASSED_OVER, UNREACHED = "withdrawn", "passed_over", "unreached"


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


class WaitlistOffer(Base):
    """A time that is kept for one who waits: open until ``until``, or until they answer or staff take it back.

    ``state``: open, accepted, declined, silent, withdrawn, unreached when they could not be told, or passed_over: then
    nothing was said or kept, and ``reason`` says why. ``said_at``: when they are told, which may be after the night.
    ``meanwhile``: [start, end) pairs that became free while they were thinking, which are looked at again when they
    have answered.
    ``appointment_id``: what came of a yes.
    """

    __tablename__ = "waitlist_offer"
    __table_args__ = (
        Index("ix_waitlist_offer_state", "business_id", "state", "id"),
        Index(
            "ix_waitlist_offer_open",
            "customer_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("waitlist_entry.id"), index=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    location_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))
    start_at: Mapped[datetime] = mapped_column(UtcDateTime)
    end_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(String(40))
    hold_id: Mapped[int | None] = mapped_column(ForeignKey("hold.id", ondelete="SET NULL"), index=True)
    meanwhile: Mapped[list[Any]]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    said_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"))
