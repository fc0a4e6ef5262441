"""Issuing a signed session: a role for some minutes, for a page or a person that should hold no key."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.keys import must_be_givable
from scheduler_core.permissions.schemas import SessionIn, SessionOut
from scheduler_core.permissions.tokens import Claims, sign


def issue(session: Session, caller: Caller, now: datetime, business_id: int, asked: SessionIn) -> SessionOut:
    """A session issued within a session ends with it at the latest, so that none renews itself for ever."""
    must_be_givable(session, caller, business_id, asked)
    ends = now + timedelta(minutes=asked.minutes)
    if caller.ends:
        ends = min(ends, caller.ends)
    claims = Claims(
        iat=int(now.timestamp()),
        exp=int(ends.timestamp()),
        role=asked.role,
        business=business_id,
        staff=asked.staff_id,
        customer=asked.customer_id,
        key=caller.key_id,
    )
    record(
        session,
        caller,
        now,
        business_id=business_id,
        action="session_issued",
        subject=_subject(business_id, asked),
        customer_id=asked.customer_id,
        role=asked.role,
        expires_at=claims.ends.isoformat(),
    )
    return SessionOut(token=sign(claims, caller.settings), expires_at=claims.ends)


def _subject(business_id: int, asked: SessionIn) -> tuple[str, int]:
    if asked.customer_id is not None:
        return "customer", asked.customer_id
    if asked.staff_id is not None:
        return "staff_member", asked.staff_id
    return "business", business_id
