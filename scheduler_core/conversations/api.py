"""HTTP: what a conversation knows, its draft, and asking for a person."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter
from sqlalchemy.orm import Session

from scheduler_core.appointments.proposals import accept
from scheduler_core.appointments.schemas import AppointmentOut
from scheduler_core.conversations.carry_on import arranged_elsewhere, carry_on
from scheduler_core.conversations.context import context
from scheduler_core.conversations.drafts import save
from scheduler_core.conversations.handoff import hand_off
from scheduler_core.conversations.keep_answer import keep_answer
from scheduler_core.conversations.open import find, open_new
from scheduler_core.conversations.schemas import (
    AnswerIn,
    ContextOut,
    DraftIn,
    HandoffIn,
    OpenIn,
    VersionOut,
)
from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.inputs import PathId
from scheduler_core.permissions.once import IdempotencyKey, once
from scheduler_core.permissions.roles import Permission

router = APIRouter(prefix="/v1/businesses/{business_id}/conversations", tags=["conversations"])

_Converser = Annotated[Caller, may(Permission.CONVERSE)]


@router.post("/open")
def open_conversation(business_id: PathId, asked: OpenIn, caller: _Converser) -> ContextOut:
    """What is known for a turn of the conversation with an address; a new address is a new customer."""
    url = caller.settings.public_url

    def look(session: Session, now: datetime) -> ContextOut | None:
        found = find(session, business_id, asked)
        if found is None or arranged_elsewhere(session, now, found):
            return None
        return context(session, now, found, url)

    def meet(session: Session, now: datetime) -> ContextOut:
        found = open_new(session, caller, now, business_id, asked)
        carry_on(session, now, found)
        return context(session, now, found, url)

    return caller.ask(look) or caller.change(meet)


@router.put("/{conversation_id}/draft")
def save_draft(
    business_id: PathId, conversation_id: PathId, asked: DraftIn, caller: _Converser
) -> VersionOut:
    """Save the draft over the version that was read; 409 when another turn saved meanwhile."""
    version = caller.change(lambda session, now: save(session, now, business_id, conversation_id, asked))
    return VersionOut(version=version)


@router.post("/{conversation_id}/handoff")
def ask_for_person(
    business_id: PathId,
    conversation_id: PathId,
    asked: HandoffIn,
    caller: _Converser,
    idempotency_key: IdempotencyKey,
) -> dict[str, Any]:
    """Tell the staff, with what was said and what is being arranged; who asks twice is told of once."""
    request = {"handoff": conversation_id, **asked.model_dump()}

    def work(session: Session, now: datetime) -> dict[str, Any]:
        def tell() -> dict[str, Any]:
            hand_off(session, caller, now, business_id, conversation_id, asked)
            return {}

        return once(session, now, business_id, idempotency_key, request, tell)

    return caller.change(work)


@router.post("/{conversation_id}/notices/{notice_id}/accept")
def accept_proposal(
    business_id: PathId,
    conversation_id: PathId,
    notice_id: PathId,
    caller: _Converser,
    idempotency_key: IdempotencyKey,
) -> AppointmentOut:
    """The customer takes the time that was proposed: it is booked. 409 when it is gone, or the visit has changed."""

    def work(session: Session, now: datetime) -> dict[str, Any]:
        request = {"accept": notice_id, "conversation": conversation_id}
        return once(
            session,
            now,
            business_id,
            idempotency_key,
            request,
            lambda: accept(session, caller, now, business_id, conversation_id, notice_id),
        )

    return AppointmentOut.model_validate(caller.change(work))


@router.put("/{conversation_id}/notices/{notice_id}/answer", status_code=204)
def answer_notice(
    business_id: PathId, conversation_id: PathId, notice_id: PathId, asked: AnswerIn, caller: _Converser
) -> None:
    """Keep what the customer answered to what we said by ourselves; 409 when its visit has changed since."""
    caller.change(
        lambda session, now: keep_answer(
            session, caller, now, business_id, conversation_id, notice_id, asked.answer
        )
    )
