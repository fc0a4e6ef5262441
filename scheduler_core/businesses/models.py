"""A business as it presents itself: where it is, when it is open, what it offers and who does the work."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from scheduler_core.db.base import Base
from scheduler_core.db.types import UtcDateTime

_WALL_MINUTES = "{0} >= 0 AND {0} < {1} AND {0} < 1440 AND {1} <= 2880"


class Business(Base):
    """The tenant: every other row belongs to exactly one. Carries the policies that its bookings obey."""

    __tablename__ = "business"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    zone: Mapped[str] = mapped_column(String(60))
    locale: Mapped[str] = mapped_column(String(20))
    currency: Mapped[str] = mapped_column(String(3))
    phone: Mapped[str] = mapped_column(String(40))
    min_notice_minutes: Mapped[int] = mapped_column(default=60)
    horizon_days: Mapped[int] = mapped_column(default=60)
    grid_minutes: Mapped[int] = mapped_column(default=15)
    hold_minutes: Mapped[int] = mapped_column(default=10)
    free_cancel_hours: Mapped[int] = mapped_column(default=24)
    late_fee_percent: Mapped[int] = mapped_column(default=0)
    buffers_beyond_hours: Mapped[bool] = mapped_column(default=False)
    #: The last day filled with invented bookings; ``None`` for every real business.
    demo_until: Mapped[date | None]


class Location(Base):
    __tablename__ = "location"

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(200))
    zone: Mapped[str] = mapped_column(String(60))


class OpeningHours(Base):
    """A location is open while its wall clock shows [opens, closes) minutes after a weekday's midnight."""

    __tablename__ = "opening_hours"
    __table_args__ = (CheckConstraint(_WALL_MINUTES.format("opens_minute", "closes_minute"), name="minutes"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"), index=True)
    weekday: Mapped[int]
    opens_minute: Mapped[int]
    closes_minute: Mapped[int]


class Closure(Base):
    """A location is closed for once: a holiday, a burst pipe."""

    __tablename__ = "closure"
    __table_args__ = (Index("ix_closure_when", "business_id", "end_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    start_at: Mapped[datetime] = mapped_column(UtcDateTime)
    end_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Service(Base):
    """A bookable thing. Buffers are kept free around it and belong to its reservation."""

    __tablename__ = "service"

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    category: Mapped[str] = mapped_column(String(60))
    aliases: Mapped[list[Any]]
    duration_minutes: Mapped[int]
    buffer_before_minutes: Mapped[int] = mapped_column(default=0)
    buffer_after_minutes: Mapped[int] = mapped_column(default=0)
    price_minor: Mapped[int]


class Resource(Base):
    """What can be in use by one visit at a time, per unit of its capacity: a person, a room, a chair."""

    __tablename__ = "resource"

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    capacity: Mapped[int] = mapped_column(default=1)


class StaffMember(Base):
    """Who does the work. One person is one resource, at whichever location they are."""

    __tablename__ = "staff_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    name: Mapped[str] = mapped_column(String(80))
    aliases: Mapped[list[Any]]
    gets_notices: Mapped[bool] = mapped_column(default=False)


class StaffHours(Base):
    """A person works at a location while its wall clock shows [starts, ends) minutes of that weekday."""

    __tablename__ = "staff_hours"
    __table_args__ = (CheckConstraint(_WALL_MINUTES.format("starts_minute", "ends_minute"), name="minutes"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    weekday: Mapped[int]
    starts_minute: Mapped[int]
    ends_minute: Mapped[int]


class StaffService(Base):
    """Who has the skill for what."""

    __tablename__ = "staff_service"

    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)


class Absence(Base):
    """A person is away for once, wherever they would have worked."""

    __tablename__ = "absence"
    __table_args__ = (Index("ix_absence_when", "business_id", "end_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    start_at: Mapped[datetime] = mapped_column(UtcDateTime)
    end_at: Mapped[datetime] = mapped_column(UtcDateTime)
