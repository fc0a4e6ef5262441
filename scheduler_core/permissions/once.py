"""A request that comes twice under one Idempotency-Key takes effect once and is answered alike.

Only what took effect is remembered: a refused request wrote nothing and may be tried again under its key.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from fastapi import Header
from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from scheduler_core.errors import KeyReused
from scheduler_core.permissions.inputs import Words
from scheduler_core.permissions.models import AnsweredRequest

#: Where a session's ``info`` says on whose behalf it works, when they reach only what is their own.
PERSON = "person"
#: And in which chat of staff they speak, where they are answered.
CHAT = "chat"

IdempotencyKey = Annotated[Words, Header(min_length=1, max_length=200)]


def once(
    session: Session,
    now: datetime,
    business_id: int,
    key: str,
    request: dict[str, Any],
    work: Callable[[], dict[str, Any]],
) -> dict[str, Any]:
    """Run ``work`` unless ``key`` has its answer; raises ``KeyReused`` when the key named another request.

    The answer is for the same person only: to another it is another request, whatever words they guess.
    The key is written first, so that a twin on another connection waits here for this transaction to end.
    """
    if person := session.info.get(PERSON):
        request = {PERSON: person, **request}
    fingerprint = hashlib.sha256(json.dumps(request, sort_keys=True, default=str).encode()).hexdigest()
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    insert = sqlite.insert(AnsweredRequest) if on_sqlite else postgresql.insert(AnsweredRequest)
    claim = insert.values(business_id=business_id, key=key, fingerprint=fingerprint, answer={}, at=now)
    fresh = session.scalar(claim.on_conflict_do_nothing().returning(AnsweredRequest.id))
    if fresh is None:
        known = session.execute(
            select(AnsweredRequest.fingerprint, AnsweredRequest.answer).where(
                AnsweredRequest.business_id == business_id, AnsweredRequest.key == key
            )
        ).one()
        if known.fingerprint != fingerprint:
            raise KeyReused()
        kept: dict[str, Any] = known.answer
        return kept
    answer = work()
    session.execute(update(AnsweredRequest).where(AnsweredRequest.id == fresh).values(answer=answer))
    return answer
