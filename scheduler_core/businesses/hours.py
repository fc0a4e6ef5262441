"""When a business is open and its people work: weekly rules, dates that differ, and time that is blocked for once.

Minutes are wall-clock minutes after a local midnight; an end beyond 1440 lies in the next day.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler_core.db.base import Base
from scheduler_core.db.types import UtcDateTime

TIME_OFF, BLOCK = "time_off", "block"

_WALL_MINUTES = "{0} >= 0 AND {0} {2} {1} AND {0} < 1440 AND {1} <= 2880"


class OpeningHours(Base):
    """A location is open while its wall clock shows [opens, closes) minutes after a weekday's midnight."""

    __tablename__ = "opening_hours"
    __table_args__ = (
        CheckConstraint(_WALL_MINUTES.format("opens_minute", "closes_minute", "<"), name="minutes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"), index=True)
    weekday: Mapped[int]
    opens_minute: Mapped[int]
    closes_minute: Mapped[int]


class StaffHours(Base):
    """A person works at a location while the clock shows [starts, ends) minutes of that weekday."""

    __tablename__ = "staff_hours"
    __table_args__ = (
        CheckConstraint(_WALL_MINUTES.format("starts_minute", "ends_minute", "<"), name="minutes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    weekday: Mapped[int]
    starts_minute: Mapped[int]
    ends_minute: Mapped[int]


class StaffBreak(Base):
    """A person pauses every week at [starts, ends) minutes of that weekday, wherever they work."""

    __tablename__ = "staff_break"
    __table_args__ = (
        CheckConstraint(_WALL_MINUTES.format("starts_minute", "ends_minute", "<"), name="minutes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    weekday: Mapped[int]
    starts_minute: Mapped[int]
    ends_minute: Mapped[int]


class HoursOverride(Base):
    """One date's hours in place of the weekday's: of a location, or of a person at one (``staff_id``).

    A window of no length says "none that day"; a date may have several windows. It also stands against a holiday.
    """

    __tablename__ = "hours_override"
    __table_args__ = (
        CheckConstraint(_WALL_MINUTES.format("starts_minute", "ends_minute", "<="), name="minutes"),
        Index("ix_hours_override_day", "business_id", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    day: Mapped[date]
    starts_minute: Mapped[int]
    ends_minute: Mapped[int]


class Holiday(Base):
    """A day on which a location does not open, by name."""

    __tablename__ = "holiday"
    __table_args__ = (UniqueConstraint("business_id", "location_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    day: Mapped[date]
    name: Mapped[str] = mapped_column(String(80))


class Closure(Base):
    """A location is closed for once: a burst pipe, a street party."""

    __tablename__ = "closure"
    __table_args__ = (Index("ix_closure_when", "business_id", "end_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    start_at: Mapped[datetime] = mapped_column(UtcDateTime)
    end_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(String(200))


class Block(Base):
    """A person or a thing cannot be booked for once: ``kind`` says whether it is time off or just a block.

    It may lie over existing visits: those stay and are flagged.
    """

    __tablename__ = "block"
    __table_args__ = (
        CheckConstraint("end_at > start_at", name="forward"),
        Index("ix_block_when", "resource_id", "end_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    kind: Mapped[str] = mapped_column(String(10))
    start_at: Mapped[datetime] = mapped_column(UtcDateTime)
    end_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(String(200))
