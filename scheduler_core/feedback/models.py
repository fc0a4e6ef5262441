"""What a customer thinks of a visit, and what we have said to them after visits."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler_core.db.base import Base, BigKey
from scheduler_core.db.types import UtcDateTime

CSAT, NPS = "csat", "nps"
#: What becomes of a low score.
OPEN, ANSWERED, PUT_RIGHT, NOT_PUT_RIGHT, WITHDRAWN = (
    "open",
    "answered",
    "put_right",
    "not_put_right",
    "withdrawn",
)
#: What is said after a visit, each once for it.
SAID, ASKED, REVIEW, ASKED_NPS, ASKED_OFFERS, REBOOK, MISSED = (
    "said",
    "asked",
    "review",
    "nps",
    "offers",
    "rebook",
    "missed",
)


class Feedback(Base):
    """``score`` out of ``scale`` (from 1 for CSAT, from 0 for NPS); ``None``: only words. The newest score holds.

    ``service_id`` and ``staff_id`` are the visit's. ``asked``: we asked for it. ``state``, of a complaint: open (the
    team is to reply by ``reply_by``), answered, put_right, not_put_right, or withdrawn (they meant a better score);
    ``told_at``: when the team was told.
    """

    __tablename__ = "feedback"
    __table_args__ = (
        UniqueConstraint("appointment_id", "kind"),
        Index("ix_feedback_given", "business_id", "given_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    appointment_id: Mapped[int] = mapped_column(BigKey, ForeignKey("appointment.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    kind: Mapped[str] = mapped_column(String(10))
    scale: Mapped[int]
    score: Mapped[int | None]
    words: Mapped[str | None] = mapped_column(Text)
    asked: Mapped[bool]
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str | None] = mapped_column(String(20))
    reply_by: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class FollowUp(Base):
    """What was said to a customer after a visit, so that it is said once, and not too often."""

    __tablename__ = "follow_up"
    __table_args__ = (
        UniqueConstraint("appointment_id", "what"),
        Index("ix_follow_up_customer", "customer_id", "what", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    appointment_id: Mapped[int] = mapped_column(BigKey, ForeignKey("appointment.id"))
    what: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
