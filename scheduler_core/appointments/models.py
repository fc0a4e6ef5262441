"""A visit as it was agreed: the time promised on the wall, the price and policy in force then, and its history."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler_core.db.base import Base, BigKey
from scheduler_core.db.types import UtcDateTime


class Appointment(Base):
    """``version`` rises with every change; ``wall_start`` is the local time as promised, for ever.

    Service and person are those of the first item; price and end are of the whole visit. ``attendee``: who comes, when
    it is not the customer. ``series_id`` and ``class_id`` say what the visit is part of.
    """

    __tablename__ = "appointment"
    __table_args__ = (
        CheckConstraint("end_at > start_at", name="forward"),
        Index("ix_appointment_day", "business_id", "start_at"),
        Index("ix_appointment_customer", "customer_id", "start_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    status: Mapped[str] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(default=1)
    start_at: Mapped[datetime] = mapped_column(UtcDateTime)
    end_at: Mapped[datetime] = mapped_column(UtcDateTime)
    zone: Mapped[str] = mapped_column(String(60))
    wall_start: Mapped[str] = mapped_column(String(16))
    price_minor: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    policy: Mapped[dict[str, Any]]
    calendar_token: Mapped[str] = mapped_column(String(64), unique=True)
    note: Mapped[str | None] = mapped_column(Text)
    cancel_reason: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reschedules: Mapped[int] = mapped_column(default=0, server_default="0")
    attendee: Mapped[str | None] = mapped_column(String(120))
    arrived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"), index=True)
    class_id: Mapped[int | None] = mapped_column(
        ForeignKey("class_session.id", ondelete="SET NULL"), index=True
    )


class AppointmentItem(Base):
    """One service of a visit, in order: who does it, from when to when, for how much."""

    __tablename__ = "appointment_item"
    __table_args__ = (Index("ix_appointment_item_staff", "staff_id", "start_at"),)

    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    start_at: Mapped[datetime] = mapped_column(UtcDateTime)
    end_at: Mapped[datetime] = mapped_column(UtcDateTime)
    price_minor: Mapped[int]


class AppointmentChange(Base):
    """One step in a visit's life: which, by whom, and what the visit was before it, so that it can be undone."""

    __tablename__ = "appointment_change"
    __table_args__ = (UniqueConstraint("appointment_id", "version"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"))
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"))
    version: Mapped[int]
    step: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(60))
    before: Mapped[dict[str, Any]]


class VisitFlag(Base):
    """Something a person should look at: the visit stays as promised, but cannot go on as planned by itself.

    ``kind``: outside_hours, person_away, resource_blocked, closed, late_start or may_drop; ``facts`` are JSON values.
    """

    __tablename__ = "visit_flag"
    __table_args__ = (UniqueConstraint("appointment_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"))
    kind: Mapped[str] = mapped_column(String(20))
    facts: Mapped[dict[str, Any]]
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)


class StaffDelay(Base):
    """Somebody of the team is not there, or not done yet: what is theirs from ``since_at`` waits for ``until_at``."""

    __tablename__ = "staff_delay"
    __table_args__ = (CheckConstraint("until_at > since_at", name="forward"),)

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)
    since_at: Mapped[datetime] = mapped_column(UtcDateTime)
    until_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LateTold(Base):
    """How late the customer of a visit was last told that it will start, how often, and whom they wait for.

    Of another ``version`` of the visit ``minutes`` say nothing.
    """

    __tablename__ = "late_told"

    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"), primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    version: Mapped[int]
    minutes: Mapped[int]
    times: Mapped[int]


class Series(Base):
    """Visits that recur by an RFC 5545 ``rrule`` on the wall clock of ``zone``."""

    __tablename__ = "series"

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    rrule: Mapped[str] = mapped_column(String(200))
    zone: Mapped[str] = mapped_column(String(60))
    wall_start: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CalendarFeed(Base):
    """A person's private calendar address; only a digest of its secret is kept. A new one ends the old."""

    __tablename__ = "calendar_feed"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
