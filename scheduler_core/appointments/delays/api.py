"""HTTP: the team runs late. Staff say so of themselves; the desk, of anybody."""

from typing import Annotated

from fastapi import APIRouter

from scheduler_core.appointments.api import changed_once
from scheduler_core.appointments.delays.say import say_late
from scheduler_core.appointments.delays.schemas import DelayIn, DelayOut
from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.inputs import PathId
from scheduler_core.permissions.once import IdempotencyKey
from scheduler_core.permissions.roles import Permission

router = APIRouter(prefix="/v1/businesses/{business_id}/staff/{staff_id}/delay", tags=["staff"])

OwnTime = Annotated[Caller, may(Permission.MANAGE_OWN_TIME)]


@router.post("")
def say_staff_late(
    business_id: PathId, staff_id: PathId, asked: DelayIn, caller: OwnTime, idempotency_key: IdempotencyKey
) -> DelayOut:
    """The newest word holds. Later visits are flagged; only customers whose own time breaks are told, and asked."""
    answer = changed_once(
        caller,
        business_id,
        idempotency_key,
        f"delay {staff_id}",
        asked,
        lambda session, now: say_late(session, caller, now, business_id, staff_id, asked, idempotency_key),
    )
    return DelayOut.model_validate(answer)
