"""A person and the ways to reach them: one person may have many addresses, an address has one person."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler_core.db.base import Base
from scheduler_core.db.types import UtcDateTime


class Customer(Base):
    """``erased_at``: the person is forgotten, the row stays so that the visits can be counted.

    ``language``: the one they write in, "es"; ``None`` while they have said nothing, then the business's holds.
    """

    __tablename__ = "customer"

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)
    name: Mapped[str | None] = mapped_column(String(120))
    language: Mapped[str | None] = mapped_column(String(35))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ContactPoint(Base):
    """A channel and an address on it, which name one person of a business."""

    __tablename__ = "contact_point"
    __table_args__ = (UniqueConstraint("business_id", "channel", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    channel: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(160))


class ContactLink(Base):
    """What opens another chat as this person's: once, until ``ends_at``; of its token only a digest is kept."""

    __tablename__ = "contact_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    channel: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Consent(Base):
    """What was said about being written to, word for word; the newest row of an address holds.

    ``purpose``: "service" is what concerns their own visits, "marketing" are offers; ``None`` is everything.
    """

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_address", "business_id", "channel", "address", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    channel: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(160))
    purpose: Mapped[str | None] = mapped_column(String(20))
    granted: Mapped[bool]
    evidence: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
