"""The queue and the messages: what was heard, what is to be said, and the work that is due.

Rows name their business but hold no foreign key to it: other processes use these tables without the rest.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from scheduler_core.db.base import Base, BigKey
from scheduler_core.db.types import UtcDateTime

PENDING, RUNNING, DONE, CANCELLED, DEAD, UNKNOWN = (
    "pending",
    "running",
    "done",
    "cancelled",
    "dead",
    "unknown",
)

#: A receipt only ever moves a message forward along this order; "unknown" and "withdrawn" may still turn out to be
#: sent, and what a provider took may fail later.
RANK = {
    "queued": 0,
    "sending": 1,
    "withdrawn": 2,
    "unknown": 3,
    "sent": 4,
    "failed": 5,
    "delivered": 6,
    "read": 7,
}


def _partial_index(name: str, *columns: str, where: str) -> Index:
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


class Job(Base):
    """Work that is due: it survives every process; one ``order_key`` is worked on in order, one at a time."""

    __tablename__ = "job"
    __table_args__ = (
        _partial_index("ix_job_due", "queue", "due_at", where="state = 'pending'"),
        _partial_index("ix_job_lease", "queue", "lease_until", where="state = 'running'"),
        _partial_index("ix_job_live", "order_key", "id", where="state IN ('pending', 'running')"),
        _partial_index("ix_job_dead", "business_id", "id", where="state = 'dead'"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    business_id: Mapped[int]
    idem_key: Mapped[str] = mapped_column(String(200), unique=True)
    queue: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]]
    payload_v: Mapped[int] = mapped_column(default=1)
    order_key: Mapped[str] = mapped_column(String(200))
    rate_key: Mapped[str | None] = mapped_column(String(100))
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(12), default=PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    provider_id: Mapped[str | None] = mapped_column(String(200))
    last_error: Mapped[str | None] = mapped_column(Text)


class InboundMessage(Base):
    """A message heard once: a channel and its provider's id name it, however often it is delivered.

    ``media``: what came with it, each as ``records.Media``.
    """

    __tablename__ = "inbound_message"
    __table_args__ = (
        UniqueConstraint("channel", "provider_message_id"),
        Index("ix_inbound_message_turn", "turn_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    business_id: Mapped[int]
    channel: Mapped[str] = mapped_column(String(20))
    provider_message_id: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(160))
    thread: Mapped[str] = mapped_column(String(200), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    choice_message_id: Mapped[int | None] = mapped_column(BigKey)
    choice_n: Mapped[int | None]
    display_name: Mapped[str | None] = mapped_column(String(200))
    media: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    heard_at: Mapped[datetime] = mapped_column(UtcDateTime)
    job_id: Mapped[int] = mapped_column(BigKey, index=True)
    turn_id: Mapped[str | None] = mapped_column(String(60))


class OutboundMessage(Base):
    """A message to say once: ``idem_key`` names the reason for it. Channel ``desk`` is the staff's page.

    ``tried_at``: when it was first handed to its provider, as long as nobody saw that fail. ``again_of``: the message
    that it says once more, after ``tries`` that did not reach its reader there. ``appointment_id``: the visit it is
    about, as it was at ``appointment_version``. ``settled_at``: when nothing was left to do about its not arriving.
    ``parts``: for how many its provider bills it; ``None``: nothing.
    """

    __tablename__ = "outbound_message"
    __table_args__ = (
        Index("ix_outbound_message_thread", "thread", "id"),
        Index("ix_outbound_message_receipt", "channel", "provider_id"),
        _partial_index(
            "ix_outbound_message_failed", "business_id", "id", where="state IN ('failed', 'unknown')"
        ),
        _partial_index("ix_outbound_message_paid", "business_id", "created_at", where="parts IS NOT NULL"),
        _partial_index("ix_outbound_message_again", "again_of", where="again_of IS NOT NULL"),
        _partial_index("ix_outbound_message_visit", "appointment_id", where="appointment_id IS NOT NULL"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    business_id: Mapped[int] = mapped_column(index=True)
    idem_key: Mapped[str] = mapped_column(String(200), unique=True)
    thread: Mapped[str] = mapped_column(String(200))
    channel: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(160))
    kind: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    choices: Mapped[list[Any]]
    links: Mapped[list[Any]]
    files: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    facts: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(12), default="queued")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    tried_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    provider_id: Mapped[str | None] = mapped_column(String(200))
    error: Mapped[str | None] = mapped_column(Text)
    again_of: Mapped[int | None] = mapped_column(BigKey)
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    appointment_id: Mapped[int | None]
    appointment_version: Mapped[int | None]
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    parts: Mapped[int | None]


class ShutAddress(Base):
    """Where nothing of ours arrives on a channel, and the code that said so; ``+1*`` is every address that begins so.

    ``until``: when it may be tried again; ``None``: never by itself.
    """

    __tablename__ = "shut_address"
    __table_args__ = (UniqueConstraint("business_id", "channel", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[int]
    channel: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(160))
    code: Mapped[str] = mapped_column(String(40))
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Rate(Base):
    """How busy a sender or a chat is: ``free_at`` is when nothing that was sent counts any more.

    ``held_until``: nothing goes out before, for its provider has asked for it.
    """

    __tablename__ = "rate"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    free_at: Mapped[datetime] = mapped_column(UtcDateTime)
    held_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class FeedEntry(Base):
    """The order in which a conversation became visible: its id is a cursor that skips no late message."""

    __tablename__ = "feed_entry"
    __table_args__ = (Index("ix_feed_entry_thread", "thread", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    business_id: Mapped[int]
    thread: Mapped[str] = mapped_column(String(200))
    inbound_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_message.id", ondelete="CASCADE"))
    outbound_id: Mapped[int | None] = mapped_column(ForeignKey("outbound_message.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
