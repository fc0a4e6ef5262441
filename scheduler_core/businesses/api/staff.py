"""HTTP: who does the work, and when. Staff change their own hours and nobody else's."""

from fastapi import APIRouter

from scheduler_core.businesses import day_hours, staff, working_hours
from scheduler_core.businesses.api.callers import Manager, OwnTime, Reader
from scheduler_core.businesses.changing import change, change_once
from scheduler_core.businesses.schemas.fields import Day
from scheduler_core.businesses.schemas.staff import (
    StaffChange,
    StaffDayIn,
    StaffDayOut,
    StaffFull,
    StaffIn,
    WorkingWeek,
)
from scheduler_core.permissions.inputs import PathId
from scheduler_core.permissions.once import IdempotencyKey
from scheduler_core.permissions.paging import PAGE, After, Limit, Page

router = APIRouter(prefix="/v1/businesses/{business_id}/staff", tags=["staff"])


@router.post("", status_code=201)
def create_staff_member(
    business_id: PathId, asked: StaffIn, caller: Manager, idempotency_key: IdempotencyKey
) -> StaffFull:
    """A new person, who works nowhere yet; the same key gives the same one."""
    request = {"create_staff_member": asked}
    answer = change_once(
        caller, business_id, idempotency_key, request, lambda made: staff.create(made, asked)
    )
    return StaffFull.model_validate(answer)


@router.get("")
def list_staff(
    business_id: PathId, caller: Reader, after: After = None, limit: Limit = PAGE
) -> Page[StaffFull]:
    """The people who are still there."""
    return caller.ask(lambda session, _: staff.page(session, business_id, after, limit))


@router.get("/{staff_id}")
def get_staff_member(business_id: PathId, staff_id: PathId, caller: Reader) -> StaffFull:
    """A person, archived or not."""
    return caller.ask(lambda session, _: staff.view(session, business_id, staff_id))


@router.patch("/{staff_id}")
def change_staff_member(
    business_id: PathId, staff_id: PathId, asked: StaffChange, caller: Manager
) -> StaffFull:
    """Change what is sent."""
    return change(caller, business_id, lambda made: staff.change(made, staff_id, asked))


@router.delete("/{staff_id}", status_code=204)
def archive_staff_member(business_id: PathId, staff_id: PathId, caller: Manager) -> None:
    """Book nothing with them any more, and their keys open nothing; visits that were agreed stay and are flagged."""
    change(caller, business_id, lambda made: staff.archive(made, staff_id))


@router.put("/{staff_id}/hours")
def set_staff_hours(
    business_id: PathId, staff_id: PathId, asked: WorkingWeek, caller: OwnTime
) -> WorkingWeek:
    """The whole week in place of what it was; visits that no longer fit stay and are flagged."""
    caller.must_be_own_staff(staff_id)
    return change(caller, business_id, lambda made: working_hours.set_week(made, staff_id, asked))


@router.get("/{staff_id}/hours")
def get_staff_hours(business_id: PathId, staff_id: PathId, caller: Reader) -> WorkingWeek:
    return caller.ask(lambda session, _: working_hours.week(session, business_id, staff_id))


@router.put("/{staff_id}/overrides/{day}")
def set_staff_day(
    business_id: PathId, staff_id: PathId, day: Day, asked: StaffDayIn, caller: OwnTime
) -> StaffDayOut:
    """A date's own hours at one location, in place of the weekday's everywhere; no windows: a day off."""
    caller.must_be_own_staff(staff_id)
    return change(caller, business_id, lambda made: day_hours.set_staff_day(made, staff_id, day, asked))


@router.get("/{staff_id}/overrides")
def list_staff_days(
    business_id: PathId, staff_id: PathId, caller: Reader, after: After = None, limit: Limit = PAGE
) -> Page[StaffDayOut]:
    """The dates with hours of their own, by date."""
    return caller.ask(lambda session, _: day_hours.staff_days(session, business_id, staff_id, after, limit))


@router.delete("/{staff_id}/overrides/{day}", status_code=204)
def clear_staff_day(business_id: PathId, staff_id: PathId, day: Day, caller: OwnTime) -> None:
    """Back to the weekday's hours."""
    caller.must_be_own_staff(staff_id)
    change(caller, business_id, lambda made: day_hours.clear_staff_day(made, staff_id, day))
