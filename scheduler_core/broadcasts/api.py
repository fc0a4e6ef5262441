"""HTTP: tell all customers whose visits cannot stay, and see who has answered what. Staff do so for their own time."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.appointments.api import changed_once
from scheduler_core.broadcasts.begin import begin
from scheduler_core.broadcasts.models import Broadcast
from scheduler_core.broadcasts.progress import shown
from scheduler_core.broadcasts.schemas import BroadcastIn, BroadcastOut
from scheduler_core.errors import NotFound
from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.inputs import PathId
from scheduler_core.permissions.once import IdempotencyKey
from scheduler_core.permissions.roles import Permission, Role

router = APIRouter(prefix="/v1/businesses/{business_id}/broadcasts", tags=["broadcasts"])

OwnTime = Annotated[Caller, may(Permission.MANAGE_OWN_TIME)]

_NEWEST = 20


@router.post("", status_code=201)
def begin_broadcast(
    business_id: PathId, asked: BroadcastIn, caller: OwnTime, idempotency_key: IdempotencyKey
) -> BroadcastOut:
    """Offer other times to everybody whose visit in that time no longer fits; the same key tells them once."""
    answer = changed_once(
        caller,
        business_id,
        idempotency_key,
        "broadcast",
        asked,
        lambda session, now: begin(session, caller, now, business_id, asked),
    )
    return BroadcastOut.model_validate(answer)


@router.get("")
def newest_broadcasts(business_id: PathId, caller: OwnTime) -> list[BroadcastOut]:
    """The newest first; staff see their own."""

    def look(session: Session, _now: datetime) -> list[BroadcastOut]:
        wanted = select(Broadcast).where(Broadcast.business_id == business_id)
        if caller.role is Role.STAFF:
            wanted = wanted.where(Broadcast.staff_id == caller.staff_id)
        found = session.scalars(wanted.order_by(Broadcast.id.desc()).limit(_NEWEST)).all()
        return [shown(session, each) for each in found]

    return caller.ask(look)


@router.get("/{broadcast_id}")
def read_broadcast(business_id: PathId, broadcast_id: PathId, caller: OwnTime) -> BroadcastOut:
    """How far it has come, visit by visit."""

    def look(session: Session, _now: datetime) -> BroadcastOut:
        found = session.get(Broadcast, broadcast_id)
        if found is None or found.business_id != business_id:
            raise NotFound("unknown broadcast")
        caller.must_be_own_staff(found.staff_id)
        return shown(session, found)

    return caller.ask(look)
