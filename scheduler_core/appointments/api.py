"""HTTP: visits."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel
from sqlalchemy.orm import Session

from scheduler_core.appointments import book as booking
from scheduler_core.appointments import cancel as cancelling
from scheduler_core.appointments import note as noting
from scheduler_core.appointments import queries
from scheduler_core.appointments import reschedule as moving
from scheduler_core.appointments.schemas import (
    AppointmentOut,
    BookIn,
    CancelIn,
    NoteIn,
    RescheduleIn,
    TogetherIn,
    TogetherOut,
)
from scheduler_core.appointments.together import book_together, preview_together
from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.offer import or_alternatives
from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.inputs import Id, Instant, PathId
from scheduler_core.permissions.once import IdempotencyKey, once
from scheduler_core.permissions.paging import PAGE, After, Limit, Page, paged
from scheduler_core.permissions.roles import Permission, Role

router = APIRouter(prefix="/v1/businesses/{business_id}/appointments", tags=["appointments"])

Booker = Annotated[Caller, may(Permission.BOOK)]
Changer = Annotated[Caller, may(Permission.CHANGE_VISIT)]
Reader = Annotated[Caller, may(Permission.READ_VISITS)]

Status = Literal[
    "requested", "booked", "arrived", "in_progress", "fulfilled", "cancelled", "noshow", "entered_in_error"
]


def changed_once(
    caller: Caller,
    business_id: int,
    key: str,
    name: str,
    asked: BaseModel | None,
    work: Callable[[Session, datetime], dict[str, Any]],
) -> dict[str, Any]:
    """Do ``work`` under an Idempotency-Key; ``name`` and ``asked`` say which request the key names."""
    request = {name: asked.model_dump(mode="json") if asked else None}
    return caller.change(
        lambda session, now: once(session, now, business_id, key, request, lambda: work(session, now))
    )


@router.post("", status_code=201)
def book_appointment(
    business_id: PathId, asked: BookIn, caller: Booker, idempotency_key: IdempotencyKey
) -> AppointmentOut:
    """Book a visit; the same key gives the same visit. Staff book with themselves, customers for themselves."""
    caller.must_be_own_customer(asked.customer_id)
    caller.must_be_own_staff(asked.staff_id)

    def book() -> dict[str, Any]:
        return changed_once(
            caller,
            business_id,
            idempotency_key,
            "book",
            asked,
            lambda session, now: booking.book(session, caller, now, business_id, asked),
        )

    return AppointmentOut.model_validate(
        or_alternatives(caller, business_id, lambda: asked.to_book(business_id), asked.start, book)
    )


@router.post("/together", status_code=201)
def book_visits_together(
    business_id: PathId, asked: TogetherIn, caller: Booker, idempotency_key: IdempotencyKey
) -> TogetherOut:
    """Book the visits of people who come together: all of them or none; what is free instead is of the first."""
    first = _the_first_of(asked, caller)

    def book() -> dict[str, Any]:
        return changed_once(
            caller,
            business_id,
            idempotency_key,
            "book_together",
            asked,
            lambda session, now: book_together(session, caller, now, business_id, asked),
        )

    return TogetherOut.model_validate(
        or_alternatives(caller, business_id, lambda: first.to_book(business_id), first.start, book)
    )


@router.post("/together/preview", status_code=204)
def preview_visits_together(business_id: PathId, asked: TogetherIn, caller: Booker) -> None:
    """Whether booking them would succeed now, refused as it would be; nothing is booked."""
    _the_first_of(asked, caller)
    caller.change(lambda session, now: preview_together(session, caller, now, business_id, asked))


def _the_first_of(asked: TogetherIn, caller: Caller) -> BookIn:
    """The visit that speaks for them all, when this caller may book each of them."""
    for each in asked.visits:
        caller.must_be_own_customer(each.customer_id)
        caller.must_be_own_staff(each.staff_id)
    return asked.visits[0]


@router.post("/{appointment_id}/reschedule")
def reschedule_appointment(
    business_id: PathId,
    appointment_id: PathId,
    asked: RescheduleIn,
    caller: Changer,
    idempotency_key: IdempotencyKey,
) -> AppointmentOut:
    """Move a visit; to its own time, person and place: nothing changes."""

    def move() -> dict[str, Any]:
        return changed_once(
            caller,
            business_id,
            idempotency_key,
            f"reschedule {appointment_id}",
            asked,
            lambda session, now: moving.reschedule(session, caller, now, business_id, appointment_id, asked),
        )

    def question() -> Enquiry:
        def look(session: Session, _: datetime) -> Enquiry:
            visit = queries.to_change(session, business_id, appointment_id)
            return moving.question_of(session, visit, asked)

        return caller.ask(look)

    return AppointmentOut.model_validate(or_alternatives(caller, business_id, question, asked.start, move))


@router.post("/{appointment_id}/cancel")
def cancel_appointment(
    business_id: PathId,
    appointment_id: PathId,
    asked: CancelIn,
    caller: Changer,
    idempotency_key: IdempotencyKey,
) -> AppointmentOut:
    """Cancel a visit that has not started."""
    answer = changed_once(
        caller,
        business_id,
        idempotency_key,
        f"cancel {appointment_id}",
        asked,
        lambda session, now: cancelling.cancel(session, caller, now, business_id, appointment_id, asked),
    )
    return AppointmentOut.model_validate(answer)


@router.put("/{appointment_id}/note")
def note_appointment(
    business_id: PathId, appointment_id: PathId, asked: NoteIn, caller: Changer
) -> AppointmentOut:
    """Say what staff should know of a visit, in place of what was said before; nobody is told."""
    return caller.change(
        lambda session, now: noting.set_note(session, caller, now, business_id, appointment_id, asked)
    )


@router.get("/{appointment_id}")
def get_appointment(business_id: PathId, appointment_id: PathId, caller: Reader) -> AppointmentOut:
    shown = caller.ask(
        lambda session, now: queries.view(
            session, business_id, appointment_id, now, caller.settings.public_url
        )
    )
    caller.must_be_own_customer(shown.customer_id)
    return shown


@router.get("")
def list_appointments(
    business_id: PathId,
    caller: Reader,
    customer_id: Annotated[Id | None, Query()] = None,
    staff_id: Annotated[Id | None, Query()] = None,
    status: Annotated[Status | None, Query()] = None,
    since: Annotated[Instant | None, Query()] = None,
    before: Annotated[Instant | None, Query()] = None,
    flagged: bool = False,
    series_id: Annotated[Id | None, Query()] = None,
    class_id: Annotated[Id | None, Query()] = None,
    after: After = None,
    limit: Limit = PAGE,
) -> Page[AppointmentOut]:
    """Visits in the order in which they were made; a customer sees their own."""
    if caller.role is Role.CUSTOMER:
        customer_id = customer_id or caller.customer_id
        caller.must_be_own_customer(customer_id)
    wanted = queries.Filter(customer_id, staff_id, status, since, before, flagged, series_id, class_id)
    url = caller.settings.public_url
    rows = caller.ask(
        lambda session, now: queries.listed(session, business_id, wanted, after, limit + 1, now, url)
    )
    return paged(rows, limit, lambda visit: visit.id)
