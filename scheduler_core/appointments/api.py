"""HTTP: visits."""

from datetime import datetime
from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.appointments import book as booking
from scheduler_core.appointments import cancel as cancelling
from scheduler_core.appointments import queries
from scheduler_core.appointments import reschedule as moving
from scheduler_core.appointments.calendar import to_ics
from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.schemas import AppointmentOut, BookIn, CancelIn, RescheduleIn
from scheduler_core.availability.offer import or_alternatives
from scheduler_core.availability.queries import Question
from scheduler_core.businesses.models import Business
from scheduler_core.businesses.queries import must_own
from scheduler_core.errors import NotFound
from scheduler_core.permissions.caller import Authorised
from scheduler_core.permissions.inputs import PathId
from scheduler_core.permissions.once import IdempotencyKey, once

router = APIRouter(prefix="/v1/businesses/{business_id}/appointments", tags=["appointments"])
public = APIRouter(tags=["calendar"])


@router.post("", status_code=201)
def book_appointment(
    business_id: PathId, asked: BookIn, caller: Authorised, idempotency_key: IdempotencyKey
) -> AppointmentOut:
    """Book a visit; the same key gives the same visit."""
    request = {"book": asked.model_dump(mode="json")}

    def work(session: Session, now: datetime) -> dict[str, Any]:
        return once(
            session,
            now,
            business_id,
            idempotency_key,
            request,
            lambda: booking.book(session, caller, now, business_id, asked),
        )

    answer = or_alternatives(
        caller, lambda: booking.question_of(business_id, asked), asked.start, lambda: caller.change(work)
    )
    return AppointmentOut.model_validate(answer)


@router.post("/{appointment_id}/reschedule")
def reschedule_appointment(
    business_id: PathId,
    appointment_id: PathId,
    asked: RescheduleIn,
    caller: Authorised,
    idempotency_key: IdempotencyKey,
) -> AppointmentOut:
    """Move a visit; to its own time, person and place: nothing changes."""
    request = {"reschedule": appointment_id, **asked.model_dump(mode="json")}

    def work(session: Session, now: datetime) -> dict[str, Any]:
        return once(
            session,
            now,
            business_id,
            idempotency_key,
            request,
            lambda: moving.reschedule(session, caller, now, business_id, appointment_id, asked),
        )

    def question() -> Question:
        visit = caller.ask(lambda session, _: queries.to_change(session, business_id, appointment_id))
        return moving.question_of(visit, asked)

    answer = or_alternatives(caller, question, asked.start, lambda: caller.change(work))
    return AppointmentOut.model_validate(answer)


@router.post("/{appointment_id}/cancel")
def cancel_appointment(
    business_id: PathId,
    appointment_id: PathId,
    asked: CancelIn,
    caller: Authorised,
    idempotency_key: IdempotencyKey,
) -> AppointmentOut:
    """Cancel a visit that has not started."""
    request = {"cancel": appointment_id, **asked.model_dump(mode="json")}

    def work(session: Session, now: datetime) -> dict[str, Any]:
        return once(
            session,
            now,
            business_id,
            idempotency_key,
            request,
            lambda: cancelling.cancel(session, caller, now, business_id, appointment_id, asked),
        )

    return AppointmentOut.model_validate(caller.change(work))


@router.get("/{appointment_id}")
def get_appointment(business_id: PathId, appointment_id: PathId, caller: Authorised) -> AppointmentOut:
    return caller.ask(
        lambda session, _: queries.view(session, business_id, appointment_id, caller.settings.public_url)
    )


@router.get("")
def list_appointments(
    business_id: PathId, caller: Authorised, customer_id: Annotated[int, Query(ge=1, le=2**31 - 1)]
) -> list[AppointmentOut]:
    """A customer's visits still to come, soonest first."""

    def question(session: Session, now: datetime) -> list[AppointmentOut]:
        must_own(session, business_id, customer=customer_id)
        return queries.upcoming(session, business_id, customer_id, now, caller.settings.public_url)

    return caller.ask(question)


@public.get("/calendar/{token}.ics")
def calendar_file(token: str, request: Request) -> Response:
    """A visit for the customer's own calendar; whoever has the link may read it."""
    state = request.app.state
    with state.database.read() as session:
        visit = queries.by_token(session, token, state.settings.public_url)
        if visit is None:
            raise NotFound("unknown calendar link")
        name = session.scalars(
            select(Business.name)
            .join(Appointment, Appointment.business_id == Business.id)
            .where(Appointment.id == visit.id)
        ).one()
    body = to_ics(visit, f"{sha256(token.encode()).hexdigest()[:32]}@frontdesk", name, state.clock())
    headers = {
        "Content-Disposition": 'inline; filename="appointment.ics"',
        "Cache-Control": "private, no-cache",
    }
    return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)
