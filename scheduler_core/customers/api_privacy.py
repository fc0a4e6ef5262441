"""HTTP: a person may have all that is kept about them, and may be forgotten."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter
from fastapi.encoders import jsonable_encoder
from sqlalchemy.orm import Session

from scheduler_core.customers.erase import erase
from scheduler_core.customers.export import export
from scheduler_core.customers.personal import EveryRoom
from scheduler_core.customers.queries import customer
from scheduler_core.customers.schemas import ErasedOut, EraseIn
from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.inputs import PathId
from scheduler_core.permissions.once import IdempotencyKey, once
from scheduler_core.permissions.roles import Permission

router = APIRouter(prefix="/v1/businesses/{business_id}/customers/{customer_id}", tags=["customers"])


@router.get("/export")
def export_customer(
    business_id: PathId,
    customer_id: PathId,
    caller: Annotated[Caller, may(Permission.CHANGE_CUSTOMERS)],
    rooms: EveryRoom,
) -> dict[str, Any]:
    """Everything kept about the person: names, addresses, consents, visits, wishes, messages, notes, changes."""
    caller.must_be_own_customer(customer_id)
    document = caller.change(
        lambda session, now: export(session, caller, now, rooms, business_id, customer_id)
    )
    encoded: dict[str, Any] = jsonable_encoder(document)
    return encoded


@router.post("/erase")
def erase_customer(
    business_id: PathId,
    customer_id: PathId,
    caller: Annotated[Caller, may(Permission.ERASE_CUSTOMER)],
    rooms: EveryRoom,
    idempotency_key: IdempotencyKey,
    asked: EraseIn | None = None,
) -> ErasedOut:
    """Forget the person: visits to come are cancelled, past ones stay as numbers; asked again, it stays done."""
    farewell = asked.farewell if asked else None
    request = {"erase": customer_id} | ({"farewell": farewell.model_dump()} if farewell else {})

    def work(session: Session, now: datetime) -> ErasedOut:
        def forget() -> dict[str, Any]:
            erase(session, caller, now, rooms, business_id, customer_id, farewell)
            return {}

        once(session, now, business_id, idempotency_key, request, forget)
        found = customer(session, business_id, customer_id)
        assert found.erased_at is not None
        return ErasedOut(id=found.id, erased_at=found.erased_at)

    erased = caller.change(work)
    for room in rooms:
        room.afterwards(caller)
    return erased
