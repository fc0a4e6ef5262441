"""What was changed by whom, and which requests have had their answer."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler_core.db.base import Base, BigKey
from scheduler_core.db.types import UtcDateTime


class AuditEntry(Base):
    """One change: who did it, on whose behalf, and which message caused it. Rows are only ever added."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "business_id", "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    business_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(60))
    action: Mapped[str] = mapped_column(String(40))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(BigKey)
    customer_id: Mapped[int | None]
    caused_by: Mapped[str | None] = mapped_column(String(120))
    facts: Mapped[dict[str, Any]]


class AnsweredRequest(Base):
    """A request that has taken effect under its Idempotency-Key, and what was answered."""

    __tablename__ = "answered_request"
    __table_args__ = (UniqueConstraint("business_id", "key"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    business_id: Mapped[int]
    key: Mapped[str] = mapped_column(String(200))
    fingerprint: Mapped[str] = mapped_column(String(64))
    answer: Mapped[dict[str, Any]]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
