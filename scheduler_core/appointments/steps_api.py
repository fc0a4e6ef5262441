"""HTTP: what happens to a visit after it is booked, step by step, and what staff are shown to look at."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel
from sqlalchemy.orm import Session

from scheduler_core.appointments import confirm as deciding
from scheduler_core.appointments import proposals as proposing
from scheduler_core.appointments import undo as undoing
from scheduler_core.appointments.api import changed_once
from scheduler_core.appointments.attend.steps import STEPS, attend, extend
from scheduler_core.appointments.flags import rules as flags
from scheduler_core.appointments.may_drop import may_drop
from scheduler_core.appointments.remind import remind
from scheduler_core.appointments.running_late import running_late
from scheduler_core.appointments.schemas import (
    AppointmentOut,
    CancelIn,
    DecideIn,
    ExtendIn,
    LateIn,
    LateOut,
    MayDropIn,
    MayDropOut,
    ProposeIn,
    StepIn,
)
from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.offer import or_alternatives
from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.inputs import PathId, Words
from scheduler_core.permissions.once import IdempotencyKey
from scheduler_core.permissions.roles import Permission

router = APIRouter(prefix="/v1/businesses/{business_id}/appointments", tags=["appointments"])

Attending = Annotated[Caller, may(Permission.ATTEND)]
Changer = Annotated[Caller, may(Permission.CHANGE_VISIT)]

_SAID = {
    "arrive": "The customer is there.",
    "start": "The visit begins, be it early or late.",
    "finish": "The visit is over; the rest of its time is free at once, and those it delayed are flagged.",
    "noshow": "Nobody came; not before the start.",
    "mistake": "It should never have been entered; its time is free.",
}


def _done(
    caller: Caller,
    business_id: int,
    key: str,
    name: str,
    asked: BaseModel,
    work: Callable[[Session, datetime], dict[str, Any]],
) -> AppointmentOut:
    return AppointmentOut.model_validate(changed_once(caller, business_id, key, name, asked, work))


def _or_near(
    caller: Caller, wish: Callable[[Session], tuple[Enquiry, datetime]], work: Callable[[], AppointmentOut]
) -> AppointmentOut:
    """Do it; when the time is taken, say what is free near it."""
    question, start = caller.ask(lambda session, _: wish(session))
    return or_alternatives(caller, question.business_id, lambda: question, start, work)


@router.post("/late")
def say_running_late(
    business_id: PathId, asked: LateIn, caller: Changer, idempotency_key: IdempotencyKey
) -> LateOut:
    """Tell the staff that a customer will be late for today's visit; the same key tells them once."""
    caller.must_be_own_customer(asked.customer_id)
    answer = changed_once(
        caller,
        business_id,
        idempotency_key,
        "late",
        asked,
        lambda session, now: running_late(session, caller, now, business_id, asked, idempotency_key),
    )
    return LateOut.model_validate(answer)


@router.post("/may-drop")
def say_may_drop(
    business_id: PathId, asked: MayDropIn, caller: Changer, idempotency_key: IdempotencyKey
) -> MayDropOut:
    """Who can be asked nothing any more may want to drop their visits: these stay, flagged, and staff are told once."""
    caller.must_be_own_customer(asked.customer_id)
    answer = changed_once(
        caller,
        business_id,
        idempotency_key,
        "may_drop",
        asked,
        lambda session, now: may_drop(session, now, business_id, asked, idempotency_key),
    )
    return MayDropOut.model_validate(answer)


@router.post("/{appointment_id}/confirm")
def confirm_appointment(
    business_id: PathId,
    appointment_id: PathId,
    asked: DecideIn,
    caller: Attending,
    idempotency_key: IdempotencyKey,
) -> AppointmentOut:
    """Say yes to a request; if its time was not kept, it is taken now, or refused with what is free instead."""
    return _or_near(
        caller,
        lambda session: deciding.wish(session, business_id, appointment_id),
        lambda: _done(
            caller,
            business_id,
            idempotency_key,
            f"confirm {appointment_id}",
            asked,
            lambda session, now: deciding.confirm(session, caller, now, business_id, appointment_id, asked),
        ),
    )


@router.post("/{appointment_id}/decline")
def decline_appointment(
    business_id: PathId,
    appointment_id: PathId,
    asked: CancelIn,
    caller: Attending,
    idempotency_key: IdempotencyKey,
) -> AppointmentOut:
    """Say no to a request; its time is free."""
    return _done(
        caller,
        business_id,
        idempotency_key,
        f"decline {appointment_id}",
        asked,
        lambda session, now: deciding.decline(session, caller, now, business_id, appointment_id, asked),
    )


@router.post("/{appointment_id}/remind")
def remind_customer(
    business_id: PathId, appointment_id: PathId, caller: Attending, idempotency_key: IdempotencyKey
) -> AppointmentOut:
    """Ask the customer, where they last spoke, whether they come; their answer is kept with the conversation."""
    return AppointmentOut.model_validate(
        changed_once(
            caller,
            business_id,
            idempotency_key,
            f"remind {appointment_id}",
            None,
            lambda session, now: remind(session, caller, now, business_id, appointment_id, idempotency_key),
        )
    )


@router.post("/{appointment_id}/propose")
def propose_time(
    business_id: PathId,
    appointment_id: PathId,
    asked: ProposeIn,
    caller: Attending,
    idempotency_key: IdempotencyKey,
) -> AppointmentOut:
    """Ask the customer whether another time suits them; the visit stays as it is until they say yes."""
    return _or_near(
        caller,
        lambda session: (
            proposing.question(
                session, caller, deciding.visit_now(session, business_id, appointment_id), asked
            ),
            asked.start,
        ),
        lambda: _done(
            caller,
            business_id,
            idempotency_key,
            f"propose {appointment_id}",
            asked,
            lambda session, now: proposing.propose(
                session, caller, now, business_id, appointment_id, asked, idempotency_key
            ),
        ),
    )


@router.post("/{appointment_id}/undo")
def undo_last_step(
    business_id: PathId,
    appointment_id: PathId,
    asked: DecideIn,
    caller: Changer,
    idempotency_key: IdempotencyKey,
) -> AppointmentOut:
    """Take the last step back until ``undo_until``; whose old time is taken is told what is free instead."""
    return _or_near(
        caller,
        lambda session: undoing.wish(session, business_id, appointment_id),
        lambda: _done(
            caller,
            business_id,
            idempotency_key,
            f"undo {appointment_id}",
            asked,
            lambda session, now: undoing.undo(session, caller, now, business_id, appointment_id, asked),
        ),
    )


@router.post("/{appointment_id}/extend")
def extend_appointment(
    business_id: PathId,
    appointment_id: PathId,
    asked: ExtendIn,
    caller: Attending,
    idempotency_key: IdempotencyKey,
) -> AppointmentOut:
    """A visit under way takes longer: what is free is taken, and those behind are flagged ``late_start``."""
    return _done(
        caller,
        business_id,
        idempotency_key,
        f"extend {appointment_id}",
        asked,
        lambda session, now: extend(session, caller, now, business_id, appointment_id, asked),
    )


@router.delete("/{appointment_id}/flags/{kind}", status_code=204)
def settle_flag(business_id: PathId, appointment_id: PathId, kind: Words, caller: Attending) -> None:
    """Somebody has looked at it; it is not flagged again for the same reason while it stays where it is."""
    caller.change(lambda session, now: flags.settle(session, caller, now, business_id, appointment_id, kind))


def _step(name: str) -> Callable[..., AppointmentOut]:
    def take_step(
        business_id: PathId,
        appointment_id: PathId,
        caller: Attending,
        idempotency_key: IdempotencyKey,
        asked: StepIn | None = None,
    ) -> AppointmentOut:
        wanted = asked or StepIn()
        return _done(
            caller,
            business_id,
            idempotency_key,
            f"{name} {appointment_id}",
            wanted,
            lambda session, now: attend(session, caller, now, business_id, appointment_id, name, wanted),
        )

    return take_step


for _name in STEPS:
    router.add_api_route(
        f"/{{appointment_id}}/{_name}",
        _step(_name),
        methods=["POST"],
        name=f"{_name}_appointment",
        description=_SAID[_name],
    )
