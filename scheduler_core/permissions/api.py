"""HTTP: keys, signed sessions, and what was changed by whom."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from scheduler_core.permissions import keys as giving
from scheduler_core.permissions import queries, sessions
from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.inputs import Id, Instant, PathId, Words
from scheduler_core.permissions.paging import PAGE, After, Limit, Page
from scheduler_core.permissions.roles import Permission
from scheduler_core.permissions.schemas import AuditOut, KeyIn, KeyOut, NewKeyOut, SessionIn, SessionOut

router = APIRouter(prefix="/v1/businesses/{business_id}", tags=["permissions"])

_KeyMaster = Annotated[Caller, may(Permission.MANAGE_KEYS)]


@router.post("/keys", status_code=201)
def make_key(business_id: PathId, asked: KeyIn, caller: _KeyMaster) -> NewKeyOut:
    """Make a key in a role up to one's own. Its secret is in this answer and nowhere else."""
    return caller.change(lambda session, now: giving.make(session, caller, now, business_id, asked))


@router.get("/keys")
def list_keys(
    business_id: PathId, caller: _KeyMaster, after: After = None, limit: Limit = PAGE
) -> Page[KeyOut]:
    """All keys with their labels, revoked ones too, oldest first."""
    return caller.ask(lambda session, _: queries.keys(session, business_id, after, limit))


@router.delete("/keys/{key_id}", status_code=204)
def revoke_key(business_id: PathId, key_id: PathId, caller: _KeyMaster) -> None:
    """Close a key at once, with the sessions issued with it."""
    caller.change(lambda session, now: giving.revoke(session, caller, now, business_id, key_id))


@router.post("/sessions", status_code=201)
def issue_session(
    business_id: PathId, asked: SessionIn, caller: Annotated[Caller, may(Permission.ISSUE_SESSIONS)]
) -> SessionOut:
    """A token for some minutes, in a role up to one's own."""
    return caller.change(lambda session, now: sessions.issue(session, caller, now, business_id, asked))


@router.get("/audit")
def list_changes(
    business_id: PathId,
    caller: Annotated[Caller, may(Permission.READ_AUDIT)],
    subject_kind: Annotated[Annotated[Words, Field(max_length=40)] | None, Query()] = None,
    subject_id: Annotated[Id | None, Query()] = None,
    customer_id: Annotated[Id | None, Query()] = None,
    since: Annotated[Instant | None, Query()] = None,
    after: After = None,
    limit: Limit = PAGE,
) -> Page[AuditOut]:
    """Every change, newest first: who, when, on whose behalf, and which message caused it."""
    return caller.ask(
        lambda session, _: queries.changes(
            session,
            business_id,
            after,
            limit,
            since=since,
            subject_kind=subject_kind,
            subject_id=subject_id,
            customer_id=customer_id,
        )
    )
