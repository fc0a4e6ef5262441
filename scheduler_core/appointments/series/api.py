"""HTTP: visits that recur."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query

from scheduler_core.appointments.api import changed_once
from scheduler_core.appointments.series import queries as series_queries
from scheduler_core.appointments.series.book import book_series, preview_series
from scheduler_core.appointments.series.cancel import cancel_series
from scheduler_core.appointments.series.schemas import (
    SeriesBooked,
    SeriesCancelIn,
    SeriesCancelled,
    SeriesFull,
    SeriesIn,
    SeriesOut,
    SeriesUndone,
)
from scheduler_core.appointments.series.take import near
from scheduler_core.appointments.series.undo import undo_series
from scheduler_core.errors import SeriesClash
from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.inputs import Id, PathId
from scheduler_core.permissions.once import IdempotencyKey
from scheduler_core.permissions.paging import PAGE, After, Limit, Page, paged
from scheduler_core.permissions.roles import Permission, Role

router = APIRouter(prefix="/v1/businesses/{business_id}/series", tags=["series"])

Booker = Annotated[Caller, may(Permission.BOOK)]
Changer = Annotated[Caller, may(Permission.CHANGE_VISIT)]
Reader = Annotated[Caller, may(Permission.READ_VISITS)]


@router.post("", status_code=201)
def book_a_series(
    business_id: PathId, asked: SeriesIn, caller: Booker, idempotency_key: IdempotencyKey
) -> SeriesBooked:
    """Book visits by a rule; a 409 ``series_clash`` names each time that cannot be, why, and what is free near it."""
    caller.must_be_own_customer(asked.customer_id)
    caller.must_be_own_staff(asked.staff_id)

    def book() -> dict[str, Any]:
        return changed_once(
            caller,
            business_id,
            idempotency_key,
            "book_series",
            asked,
            lambda session, now: book_series(session, caller, now, business_id, asked),
        )

    return SeriesBooked.model_validate(_or_what_is_near(caller, business_id, asked, book))


@router.post("/preview")
def preview_a_series(business_id: PathId, asked: SeriesIn, caller: Booker) -> SeriesBooked:
    """What booking it would answer now; nothing is booked. With ``abort``, the clashes are among the skipped."""
    caller.must_be_own_customer(asked.customer_id)
    caller.must_be_own_staff(asked.staff_id)
    return caller.change(lambda session, now: preview_series(session, caller, now, business_id, asked))


@router.get("")
def list_series(
    business_id: PathId,
    caller: Reader,
    customer_id: Annotated[Id | None, Query()] = None,
    after: After = None,
    limit: Limit = PAGE,
) -> Page[SeriesOut]:
    """Series in the order in which they were made; a customer sees their own."""
    if caller.role is Role.CUSTOMER:
        customer_id = customer_id or caller.customer_id
        caller.must_be_own_customer(customer_id)
    rows = caller.ask(
        lambda session, now: series_queries.listed(session, business_id, customer_id, after, limit + 1, now)
    )
    return paged(rows, limit, lambda series: series.id)


@router.get("/{series_id}")
def get_series(business_id: PathId, series_id: PathId, caller: Reader) -> SeriesFull:
    """A series with all its visits, soonest first, the cancelled among them."""
    url = caller.settings.public_url
    shown = caller.ask(lambda session, now: series_queries.view(session, business_id, series_id, now, url))
    caller.must_be_own_customer(shown.customer_id)
    return shown


@router.post("/{series_id}/cancel")
def cancel_a_series(
    business_id: PathId,
    series_id: PathId,
    asked: SeriesCancelIn,
    caller: Changer,
    idempotency_key: IdempotencyKey,
) -> SeriesCancelled:
    """Cancel its visits from a time on; those that have started or are over stay."""
    answer = changed_once(
        caller,
        business_id,
        idempotency_key,
        f"cancel_series {series_id}",
        asked,
        lambda session, now: cancel_series(session, caller, now, business_id, series_id, asked),
    )
    return SeriesCancelled.model_validate(answer)


@router.post("/{series_id}/undo")
def undo_a_series(
    business_id: PathId, series_id: PathId, caller: Changer, idempotency_key: IdempotencyKey
) -> SeriesUndone:
    """Take back a series that was booked less than five minutes ago; what has changed since stays."""
    answer = changed_once(
        caller,
        business_id,
        idempotency_key,
        f"undo_series {series_id}",
        None,
        lambda session, now: undo_series(session, caller, now, business_id, series_id),
    )
    return SeriesUndone.model_validate(answer)


def _or_what_is_near(
    caller: Caller, business_id: int, asked: SeriesIn, work: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """Run ``work``; a clash leaves with ``alternatives``, looked up after the refused change was undone."""
    try:
        return work()
    except SeriesClash as clash:
        question, clashes = asked.to_book(business_id), clash.facts["clashes"]
        found = caller.ask(lambda session, now: near(session, question, clashes, now))
        raise SeriesClash(clashes=found) from clash
