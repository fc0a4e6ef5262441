"""HTTP: the meetings of classes. Customers book a seat as they book any visit."""

from typing import Annotated

from fastapi import APIRouter, Query

from scheduler_core.appointments.api import changed_once
from scheduler_core.appointments.classes import queries as classes_queries
from scheduler_core.appointments.classes.end import end_class
from scheduler_core.appointments.classes.schedule import schedule
from scheduler_core.appointments.classes.schemas import (
    ClassEnded,
    ClassesScheduled,
    ClassFull,
    ClassIn,
    ClassOut,
)
from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.inputs import Id, Instant, PathId
from scheduler_core.permissions.once import IdempotencyKey
from scheduler_core.permissions.paging import PAGE, After, Limit, Page, paged
from scheduler_core.permissions.roles import Permission, Role

router = APIRouter(prefix="/v1/businesses/{business_id}/classes", tags=["classes"])

Planner = Annotated[Caller, may(Permission.ATTEND)]
Searcher = Annotated[Caller, may(Permission.SEARCH)]
Reader = Annotated[Caller, may(Permission.READ_VISITS)]


@router.post("", status_code=201)
def schedule_classes(
    business_id: PathId, asked: ClassIn, caller: Planner, idempotency_key: IdempotencyKey
) -> ClassesScheduled:
    """Schedule a meeting, or a timetable of them; the same key gives the same ones."""
    answer = changed_once(
        caller,
        business_id,
        idempotency_key,
        "schedule_classes",
        asked,
        lambda session, now: schedule(session, caller, now, business_id, asked),
    )
    return ClassesScheduled.model_validate(answer)


@router.get("")
def list_classes(
    business_id: PathId,
    caller: Searcher,
    since: Annotated[Instant | None, Query()] = None,
    before: Annotated[Instant | None, Query()] = None,
    service_id: Annotated[Id | None, Query()] = None,
    staff_id: Annotated[Id | None, Query()] = None,
    location_id: Annotated[Id | None, Query()] = None,
    after: After = None,
    limit: Limit = PAGE,
) -> Page[ClassOut]:
    """Meetings that start in [since, before), in the order in which they were opened."""
    wanted = classes_queries.Filter(since, before, service_id, staff_id, location_id)
    rows = caller.ask(
        lambda session, now: classes_queries.listed(session, business_id, wanted, after, limit + 1, now)
    )
    return paged(rows, limit, lambda meeting: meeting.id)


@router.get("/{class_id}")
def get_class(business_id: PathId, class_id: PathId, caller: Reader) -> ClassFull:
    """A meeting with its visits; a customer sees their own among them."""
    customer_id = caller.customer_id if caller.role is Role.CUSTOMER else None
    url = caller.settings.public_url

    return caller.ask(
        lambda session, now: classes_queries.view(session, business_id, class_id, customer_id, now, url)
    )


@router.delete("/{class_id}")
def end_a_class(
    business_id: PathId, class_id: PathId, caller: Planner, cancel_visits: bool = False
) -> ClassEnded:
    """Take a meeting out of the diary; 409 ``still_needed`` while seats are booked, unless these are cancelled too."""
    return caller.change(
        lambda session, now: end_class(
            session, caller, now, business_id, class_id, cancel_visits=cancel_visits
        )
    )
