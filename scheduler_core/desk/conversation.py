"""The page of one conversation: what was said, and plain forms to speak in the assistant's place."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field, ValidationError
from sqlalchemy.orm import Session

from scheduler_core.conversations import takeover
from scheduler_core.conversations.api_staff import read
from scheduler_core.conversations.schemas import SayIn, TranscriptOut
from scheduler_core.desk import queries
from scheduler_core.desk.html import page
from scheduler_core.errors import Malformed, OptedOut
from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.inputs import PathId, Words
from scheduler_core.permissions.once import once
from scheduler_core.permissions.roles import Permission

router = APIRouter(prefix="/desk/conversations")

_Converser = Annotated[Caller, may(Permission.CONVERSE)]


class Step(StrEnum):
    TAKE_OVER = "take-over"
    SAY = "say"
    HAND_BACK = "hand-back"


class Form(BaseModel):
    """What a form of the page sends; ``key`` is new with each page, so that a form sent twice counts once."""

    key: Annotated[Words, Field(min_length=8, max_length=64)]
    text: Annotated[Words, Field(max_length=2000)] = ""


@dataclass(frozen=True)
class Shown:
    """Times are in the zone of the business; ``key`` is for the forms."""

    business: str
    zone: ZoneInfo
    now: datetime
    transcript: TranscriptOut
    key: str

    def here(self, instant: datetime) -> str:
        local, today = instant.astimezone(self.zone), self.now.astimezone(self.zone).date()
        return f"{local:%H:%M}" if local.date() == today else f"{local:%a %-d %b, %H:%M}"


async def _form(request: Request) -> Form:
    sent = parse_qs((await request.body()).decode("utf-8", "replace"))
    try:
        return Form.model_validate({name: values[0] for name, values in sent.items()})
    except ValidationError as error:
        raise Malformed("not a form of this page") from error


@router.get("/{conversation_id}", response_class=HTMLResponse)
def conversation(conversation_id: PathId, caller: _Converser) -> Response:
    return _drawn(caller, conversation_id)


@router.post("/{conversation_id}/{step}", response_class=HTMLResponse, include_in_schema=False)
def speak(
    conversation_id: PathId, step: Step, caller: _Converser, form: Annotated[Form, Depends(_form)]
) -> Response:
    """Take the step, once for each form, and show the conversation again."""
    business_id = caller.business_id or caller.settings.business_id
    if step is Step.SAY and not form.text.strip():
        return _drawn(caller, conversation_id, trouble="Write something first.")
    request = {"desk": conversation_id, "step": step, "text": form.text}

    def work(session: Session, now: datetime) -> dict[str, Any]:
        take = _taking(step, session, caller, now, business_id, conversation_id, form)
        return once(session, now, business_id, form.key, request, take)

    try:
        caller.change(work)
    except OptedOut:
        trouble = "This customer wants no more messages here, so nothing was sent."
        return _drawn(caller, conversation_id, trouble=trouble)
    return RedirectResponse(f"/desk/conversations/{conversation_id}", status_code=303)


def _taking(
    step: Step,
    session: Session,
    caller: Caller,
    now: datetime,
    business_id: int,
    conversation_id: int,
    form: Form,
) -> Callable[[], dict[str, Any]]:
    def take() -> dict[str, Any]:
        match step:
            case Step.TAKE_OVER:
                takeover.take_over(session, caller, now, business_id, conversation_id)
            case Step.SAY:
                text = SayIn(text=form.text).text
                takeover.say(session, caller, now, business_id, conversation_id, text, form.key)
            case Step.HAND_BACK:
                takeover.hand_back(session, caller, now, business_id, conversation_id)
        return {}

    return take


def _drawn(caller: Caller, conversation_id: int, trouble: str = "") -> Response:
    business_id = caller.business_id or caller.settings.business_id

    def look(session: Session, now: datetime) -> Shown:
        business = queries.business(session, business_id)
        said = read(session, now, business_id, conversation_id)
        return Shown(business.name, ZoneInfo(business.zone), now, said, secrets.token_urlsafe(12))

    shown = caller.ask(look)
    return page("conversation.html", shown=shown, trouble=trouble)
