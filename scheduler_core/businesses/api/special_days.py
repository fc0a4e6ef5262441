"""HTTP: when a location is not open as usual."""

from fastapi import APIRouter

from scheduler_core.businesses import day_hours, special_days
from scheduler_core.businesses.api.callers import Manager, Reader
from scheduler_core.businesses.changing import change, change_once
from scheduler_core.businesses.schemas.fields import Day
from scheduler_core.businesses.schemas.locations import (
    ClosureIn,
    ClosureOut,
    DayHoursIn,
    DayHoursOut,
    HolidayOut,
    HolidaysIn,
    HolidaysOut,
)
from scheduler_core.permissions.inputs import PathId
from scheduler_core.permissions.once import IdempotencyKey
from scheduler_core.permissions.paging import PAGE, After, Limit, Page

router = APIRouter(prefix="/v1/businesses/{business_id}/locations/{location_id}", tags=["locations"])


@router.put("/overrides/{day}")
def set_location_day(
    business_id: PathId, location_id: PathId, day: Day, asked: DayHoursIn, caller: Manager
) -> DayHoursOut:
    """A date's own hours, in place of its weekday's and of a holiday's; no windows: closed."""
    return change(
        caller,
        business_id,
        lambda made: day_hours.set_location_day(made, location_id, day, asked.windows),
    )


@router.get("/overrides")
def list_location_days(
    business_id: PathId, location_id: PathId, caller: Reader, after: After = None, limit: Limit = PAGE
) -> Page[DayHoursOut]:
    """The dates with hours of their own, by date."""
    return caller.ask(
        lambda session, _: day_hours.location_days(session, business_id, location_id, after, limit)
    )


@router.delete("/overrides/{day}", status_code=204)
def clear_location_day(business_id: PathId, location_id: PathId, day: Day, caller: Manager) -> None:
    """Back to the weekday's hours."""
    change(caller, business_id, lambda made: day_hours.clear_location_day(made, location_id, day))


@router.post("/holidays", status_code=201)
def add_holidays(
    business_id: PathId,
    location_id: PathId,
    asked: HolidaysIn,
    caller: Manager,
    idempotency_key: IdempotencyKey,
) -> HolidaysOut:
    """Close on some dates under a name; a date that is a holiday already takes the new name."""
    request = {f"add_holidays of {location_id}": asked}
    answer = change_once(
        caller,
        business_id,
        idempotency_key,
        request,
        lambda made: special_days.add_holidays(made, location_id, asked),
    )
    return HolidaysOut.model_validate(answer)


@router.get("/holidays")
def list_holidays(
    business_id: PathId, location_id: PathId, caller: Reader, after: After = None, limit: Limit = PAGE
) -> Page[HolidayOut]:
    """By date."""
    return caller.ask(
        lambda session, _: special_days.holiday_page(session, business_id, location_id, after, limit)
    )


@router.delete("/holidays/{day}", status_code=204)
def remove_holiday(business_id: PathId, location_id: PathId, day: Day, caller: Manager) -> None:
    """Open as on any such weekday."""
    change(caller, business_id, lambda made: special_days.remove_holiday(made, location_id, day))


@router.post("/closures", status_code=201)
def close_for_once(
    business_id: PathId,
    location_id: PathId,
    asked: ClosureIn,
    caller: Manager,
    idempotency_key: IdempotencyKey,
) -> ClosureOut:
    """Close for once, from one instant to another; visits in it stay and are flagged."""
    request = {f"close {location_id}": asked}
    answer = change_once(
        caller,
        business_id,
        idempotency_key,
        request,
        lambda made: special_days.close_for_once(made, location_id, asked),
    )
    return ClosureOut.model_validate(answer)


@router.get("/closures")
def list_closures(
    business_id: PathId, location_id: PathId, caller: Reader, after: After = None, limit: Limit = PAGE
) -> Page[ClosureOut]:
    """In the order in which they were said."""
    return caller.ask(
        lambda session, _: special_days.closure_page(session, business_id, location_id, after, limit)
    )


@router.delete("/closures/{closure_id}", status_code=204)
def remove_closure(business_id: PathId, location_id: PathId, closure_id: PathId, caller: Manager) -> None:
    """Open after all."""
    change(caller, business_id, lambda made: special_days.remove_closure(made, location_id, closure_id))
