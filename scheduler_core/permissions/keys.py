"""Keys to one business: made with their secret shown once, and revoked for good."""

import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from scheduler_core.errors import Forbidden, NotFound
from scheduler_core.permissions import queries
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.identity import digest_of
from scheduler_core.permissions.models import ApiKey
from scheduler_core.permissions.roles import Role, outranks
from scheduler_core.permissions.schemas import Holder, KeyIn, NewKeyOut

_SECRET_BYTES = 32


def make(session: Session, caller: Caller, now: datetime, business_id: int, asked: KeyIn) -> NewKeyOut:
    must_be_givable(session, caller, business_id, asked)
    secret = f"fd_{secrets.token_urlsafe(_SECRET_BYTES)}"
    key = ApiKey(business_id=business_id, digest=digest_of(secret), created_at=now, **asked.model_dump())
    session.add(key)
    session.flush()
    _record(session, caller, now, key, "key_made")
    return NewKeyOut(secret=secret, **queries.key_out(key).model_dump())


def revoke(session: Session, caller: Caller, now: datetime, business_id: int, key_id: int) -> None:
    """Close a key and the sessions issued with it; one that is revoked already stays as it is."""
    key = queries.key(session, business_id, key_id)
    _must_not_outrank(caller, Role(key.role))
    if key.revoked_at is None:
        key.revoked_at = now
        _record(session, caller, now, key, "key_revoked")


def must_be_givable(session: Session, caller: Caller, business_id: int, holder: Holder) -> None:
    """Nobody gives a role above their own, nor one to who is not (or no longer) of this business."""
    queries.must_exist(session, business_id)
    _must_not_outrank(caller, holder.role)
    if not queries.present(session, business_id, holder.staff_id, holder.customer_id):
        raise NotFound("unknown staff member or customer")


def _must_not_outrank(caller: Caller, role: Role) -> None:
    if outranks(role, caller.role):
        raise Forbidden(f"a {caller.role} has no say over the role {role}", role=role)


def _record(session: Session, caller: Caller, now: datetime, key: ApiKey, action: str) -> None:
    record(
        session,
        caller,
        now,
        business_id=key.business_id,
        action=action,
        subject=("key", key.id),
        customer_id=key.customer_id,
        role=key.role,
        staff_id=key.staff_id,
    )
