"""HTTP: a business as a whole."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter
from sqlalchemy.orm import Session

from scheduler_core.businesses import profile, queries
from scheduler_core.businesses.api.callers import Founder, Manager, Reader
from scheduler_core.businesses.changing import change
from scheduler_core.businesses.schemas import BusinessOut
from scheduler_core.businesses.schemas.business import BusinessChange, BusinessIn
from scheduler_core.permissions.inputs import PathId
from scheduler_core.permissions.once import IdempotencyKey, once

router = APIRouter(prefix="/v1/businesses", tags=["businesses"])

_NO_BUSINESS_YET = 0


@router.post("", status_code=201)
def create_business(asked: BusinessIn, caller: Founder, idempotency_key: IdempotencyKey) -> BusinessOut:
    """A new business; the same key gives the same one."""
    request = {"create_business": asked.model_dump(mode="json")}

    def work(session: Session, now: datetime) -> dict[str, Any]:
        def first_time() -> dict[str, Any]:
            return profile.create(session, caller, now, asked).model_dump(mode="json")

        return once(session, now, _NO_BUSINESS_YET, idempotency_key, request, first_time)

    return BusinessOut.model_validate(caller.change(work))


@router.get("/{business_id}")
def get_business(business_id: PathId, caller: Reader) -> BusinessOut:
    return caller.ask(lambda session, _: queries.business_out(queries.business(session, business_id)))


@router.patch("/{business_id}")
def change_business(business_id: PathId, asked: BusinessChange, caller: Manager) -> BusinessOut:
    """Change what is sent; visits keep the policy under which they were agreed."""
    return change(caller, business_id, lambda made: profile.change(made, asked))
