"""A visit as it was agreed: the time promised on the wall, and the price and policy in force then."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from scheduler_core.db.base import Base, BigKey
from scheduler_core.db.types import UtcDateTime


class Appointment(Base):
    """``version`` rises with every change; ``wall_start`` is the local time as promised, for ever."""

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
