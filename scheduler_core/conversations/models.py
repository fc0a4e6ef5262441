"""A thread with one address, the draft of what is being arranged in it, and what we said there by ourselves."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from scheduler_core.db.base import Base, BigKey
from scheduler_core.db.types import UtcDateTime


class Conversation(Base):
    """``waiting_since``: when its customer asked for a person, until one answers.

    ``silent_until``: a person has taken over, and until then the assistant says nothing. ``taken_by_staff_id``: who,
    ``None`` for the desk; ``taken_in_chat_id``: in which chat; ``is_chosen``: whom they mean there, naming nobody.
    """

    __tablename__ = "conversation"
    __table_args__ = (UniqueConstraint("business_id", "channel", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    channel: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(160))
    waiting_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    silent_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_by_staff_id: Mapped[int | None]
    taken_in_chat_id: Mapped[int | None]
    is_chosen: Mapped[bool] = mapped_column(default=False, server_default=false())

    def is_handed_over(self, now: datetime) -> bool:
        return self.silent_until is not None and now < self.silent_until


class Draft(Base):
    """What a person is arranging, opaque to the core. ``plan`` is the reply that ``turn_id`` was given,
    ``summary`` says for staff what is being arranged.

    Version 0 is the empty draft of a conversation that has none yet.
    """

    __tablename__ = "draft"

    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), primary_key=True)
    version: Mapped[int]
    state: Mapped[dict[str, Any]]
    turn_id: Mapped[str | None] = mapped_column(String(60))
    plan: Mapped[dict[str, Any] | None]
    summary: Mapped[str | None] = mapped_column(Text)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Notice(Base):
    """What we told a customer by ourselves, and what they answered, once they have.

    ``also_in_id``: the conversation it was said in when it did not reach them in the first.
    ``beside_id``: the notice whose message speaks of this one's visit as well.
    ``appointment_version`` is the visit's when it was said: a reply to what has changed since acts on nothing.
    ``offer``: the time that is kept for them, as ``OfferOut``; without a visit it is of a new one.
    ``choices``: what can be tapped, in order, each an ``answer`` with its ``label`` and the ``slot`` it may stand for.
    """

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_conversation", "conversation_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id"), index=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    also_in_id: Mapped[int | None] = mapped_column(index=True)
    beside_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"), index=True)
    appointment_version: Mapped[int | None]
    offer: Mapped[dict[str, Any] | None]
    kind: Mapped[str] = mapped_column(String(40))
    idem_key: Mapped[str] = mapped_column(String(200), unique=True)
    choices: Mapped[list[Any]]
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[str | None] = mapped_column(String(20))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
