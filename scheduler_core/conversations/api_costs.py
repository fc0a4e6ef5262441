"""HTTP: what our messages are billed for."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from scheduler_core.conversations.costs import CostsOut, of_month, of_visit
from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.inputs import PathId
from scheduler_core.permissions.roles import Permission

router = APIRouter(prefix="/v1/businesses/{business_id}", tags=["costs"])

_Reader = Annotated[Caller, may(Permission.READ_DESK)]
_Year = Annotated[int, Query(ge=2000, le=2199)]
_Month = Annotated[int, Query(ge=1, le=12)]


@router.get("/costs")
def get_costs_of_month(business_id: PathId, caller: _Reader, year: _Year, month: _Month) -> CostsOut:
    """Of the messages of a month, in the zone of the business."""
    return caller.ask(lambda session, _now: of_month(session, business_id, date(year, month, 1)))


@router.get("/appointments/{appointment_id}/costs")
def get_costs_of_visit(business_id: PathId, appointment_id: PathId, caller: _Reader) -> CostsOut:
    """Of what was said about a visit, and of the answers on the way to each of its steps."""
    return caller.ask(lambda session, _now: of_visit(session, business_id, appointment_id))
