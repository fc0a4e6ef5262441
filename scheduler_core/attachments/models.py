"""A file beside a conversation: this row says whose it is and what it is; its bytes are in the file store."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from scheduler_core.db.base import Base, BigKey
from scheduler_core.db.types import UtcDateTime

CUSTOMER, STAFF = "customer", "staff"


class Attachment(Base):
    """``sent_by``: customer or staff; ``place``: where the store has the bytes; ``kept_at``: since when it has them.

    ``inbound_id``: the message it came with. Without ``appointment_id`` it belongs to what is being arranged.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        Index("ix_attachment_conversation", "conversation_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversation.id", ondelete="SET NULL"))
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"), index=True)
    inbound_id: Mapped[int | None] = mapped_column(BigKey)
    idem_key: Mapped[str] = mapped_column(String(64), unique=True)
    sent_by: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(10))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    place: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    kept_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ForgottenFile(Base):
    """Bytes whose row is gone: they go as soon as the transaction that forgot them has ended, or later."""

    __tablename__ = "forgotten_file"

    place: Mapped[str] = mapped_column(String(200), primary_key=True)
    forgotten_at: Mapped[datetime] = mapped_column(UtcDateTime)
