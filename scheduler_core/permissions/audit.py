"""The record of changes: one row a change, written in the change's own transaction."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.models import AuditEntry

log = logging.getLogger("scheduler_core.changes")


@dataclass(frozen=True, slots=True)
class Itself:
    """The house, when it acts without anybody's asking."""

    actor: str = "frontdesk"
    caused_by: str | None = None


def record(
    session: Session,
    caller: Caller | Itself,
    now: datetime,
    *,
    business_id: int,
    action: str,
    subject: tuple[str, int],
    customer_id: int | None = None,
    **facts: Any,
) -> None:
    """Remember a change; ``facts`` are JSON values without anything that names a person."""
    kind, subject_id = subject
    session.add(
        AuditEntry(
            business_id=business_id,
            at=now,
            actor=caller.actor,
            action=action,
            subject_kind=kind,
            subject_id=subject_id,
            customer_id=customer_id,
            caused_by=caller.caused_by,
            facts=facts,
        )
    )
    log.info("business %s: %s %s %s by %s", business_id, action, kind, subject_id, caller.actor)
