"""Time that is spoken for: a reservation per resource, for a booking, a class, or a hold that runs out; and delays."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from scheduler_core.db.base import Base, BigKey
from scheduler_core.db.types import UtcDateTime


class Hold(Base):
    """A slot kept for minutes while someone decides; a conversation has at most one.

    ``conversation_id``: ``None`` when it is kept for who waits, whom it is offered to.
    """

    __tablename__ = "hold"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"))
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversation.id"), unique=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = ({"sqlite_autoincrement": True},)


class ClassSession(Base):
    """One meeting of a class: it keeps its person and its room, and its seats are a resource of their own.

    ``scheduled``: staff put it there, so it stays without bookings; one that a booking opened goes with its last seat.
    ``keeps``: how many reservations are its own; with fewer that still count it does not take place.
    """

    __tablename__ = "class_session"
    __table_args__ = (Index("ix_class_session_when", "service_id", "start_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    seats_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), index=True)
    start_at: Mapped[datetime] = mapped_column(UtcDateTime)
    end_at: Mapped[datetime] = mapped_column(UtcDateTime)
    scheduled: Mapped[bool]
    keeps: Mapped[int]


class Overrun(Base):
    """[start, end) of one unit of a resource that a delay of the team takes up, besides what is reserved.

    ``appointment_id``: whose visit will be under way then; ``None``: a class will, or somebody is not there yet.
    """

    __tablename__ = "overrun"
    __table_args__ = (
        CheckConstraint("end_at > start_at", name="forward"),
        Index("ix_overrun_when", "resource_id", "end_at"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"), index=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    unit: Mapped[int] = mapped_column(default=0)
    start_at: Mapped[datetime] = mapped_column(UtcDateTime)
    end_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Reservation(Base):
    """[start, end) of one unit of a resource, buffers included. The database refuses overlaps (db/guards)."""

    __tablename__ = "reservation"
    __table_args__ = (
        CheckConstraint("end_at > start_at", name="forward"),
        CheckConstraint(
            "(CASE WHEN appointment_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN hold_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN class_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_owner",
        ),
        Index("ix_reservation_when", "resource_id", "start_at"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"))
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"), index=True)
    hold_id: Mapped[int | None] = mapped_column(ForeignKey("hold.id", ondelete="CASCADE"), index=True)
    class_id: Mapped[int | None] = mapped_column(
        ForeignKey("class_session.id", ondelete="CASCADE"), index=True
    )
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    unit: Mapped[int] = mapped_column(default=0)
    start_at: Mapped[datetime] = mapped_column(UtcDateTime)
    end_at: Mapped[datetime] = mapped_column(UtcDateTime)
    hold_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
