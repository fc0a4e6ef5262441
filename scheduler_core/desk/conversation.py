"""The page of one conversation: what was said, and plain forms to speak in the assistant's place."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from shutil import copyfileobj
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy.orm import Session
from starlette.datastructures import UploadFile

from scheduler_core.attachments.api import FILE, FileContent, content_of
from scheduler_core.attachments.files import Content
from scheduler_core.attachments.keep import keep
from scheduler_core.attachments.queries import attachment
from scheduler_core.attachments.schemas import Described
from scheduler_core.conversations import takeover
from scheduler_core.conversations.api_staff import read
from scheduler_core.conversations.schemas import TranscriptOut
from scheduler_core.desk import queries
from scheduler_core.desk.going_on import chats_beside, send_link
from scheduler_core.desk.html import page
from scheduler_core.errors import FileKindRefused, FileTooLarge, Malformed, NotConnected, OptedOut
from scheduler_core.outbox.records import File
from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.inputs import Channel, PathId, Words
from scheduler_core.permissions.once import once
from scheduler_core.permissions.roles import Permission

router = APIRouter(prefix="/desk/conversations")
file_router = APIRouter(prefix="/desk/files")

_Converser = Annotated[Caller, may(Permission.CONVERSE)]
_Reader = Annotated[Caller, may(Permission.READ_FILES)]
_MOST_FILES = 5
_SHOWN_IMAGES = ("image/jpeg", "image/png", "image/webp", "image/gif")
_LONGEST_NAME = 300


class Step(StrEnum):
    TAKE_OVER = "take-over"
    SAY = "say"
    HAND_BACK = "hand-back"
    SEND_LINK = "send-link"


class Form(BaseModel):
    """What a form of the page sends; ``key`` is new with each page, so that a form sent twice counts once."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    key: Annotated[Words, Field(min_length=8, max_length=64)]
    text: Annotated[Words, Field(max_length=2000)] = ""
    channel: Channel | None = None
    files: list[UploadFile] = []


@dataclass(frozen=True)
class Shown:
    """Times are in the zone of the business; ``key`` is for the forms; ``elsewhere``: where they could go on."""

    business: str
    zone: ZoneInfo
    now: datetime
    transcript: TranscriptOut
    key: str
    elsewhere: Mapping[str, str]

    def here(self, instant: datetime) -> str:
        local, today = instant.astimezone(self.zone), self.now.astimezone(self.zone).date()
        return f"{local:%H:%M}" if local.date() == today else f"{local:%a %-d %b, %H:%M}"


async def sent_form(request: Request) -> Form:
    """A browser sends an empty file where none was chosen."""
    sent = await request.form(max_files=_MOST_FILES, max_fields=_MOST_FILES)
    files = [each for each in sent.getlist("file") if isinstance(each, UploadFile) and each.size]
    if any((each.size or 0) > request.app.state.settings.largest_file_bytes for each in files):
        raise FileTooLarge()
    try:
        told = {name: sent[name] for name in ("key", "text", "channel") if name in sent}
        return Form.model_validate({"files": files, **told})
    except ValidationError as error:
        raise Malformed("not a form of this page") from error


@router.get("/{conversation_id}", response_class=HTMLResponse)
def conversation(conversation_id: PathId, caller: _Converser) -> Response:
    return _drawn(caller, conversation_id)


@router.post("/{conversation_id}/{step}", response_class=HTMLResponse, include_in_schema=False)
def speak(
    conversation_id: PathId, step: Step, caller: _Converser, form: Annotated[Form, Depends(sent_form)]
) -> Response:
    """Take the step, once for each form, and show the conversation again."""
    business_id = caller.business_id or caller.settings.business_id
    if step is Step.SAY and not form.text.strip() and not form.files:
        return _drawn(caller, conversation_id, trouble="Write something or choose a file first.")
    request = {"desk": conversation_id, "step": step, "text": form.text, "channel": form.channel}

    def work(session: Session, now: datetime) -> dict[str, Any]:
        take = _taking(step, session, caller, now, business_id, conversation_id, form, sent)
        return once(session, now, business_id, form.key, request, take)

    try:
        sent = _kept(caller, business_id, conversation_id, form) if step is Step.SAY else []
        caller.change(work)
    except OptedOut:
        trouble = "This customer wants no more messages here, so nothing was sent."
        return _drawn(caller, conversation_id, trouble=trouble)
    except NotConnected:
        return _drawn(caller, conversation_id, trouble="Choose one of the channels below.")
    except FileKindRefused:
        trouble = "Files of that kind cannot be sent: photos, PDFs, common documents and sound can."
        return _drawn(caller, conversation_id, trouble=trouble)
    return RedirectResponse(f"/desk/conversations/{conversation_id}", status_code=303)


def _kept(caller: Caller, business_id: int, conversation_id: int, form: Form) -> list[File]:
    """The files of a form, once for each form. Raises ``FileKindRefused`` and ``NotFound``."""
    brought = []
    for n, each in enumerate(form.files):
        with Content() as content:
            copyfileobj(each.file, content)
            content.seek(0)
            asked = Described(conversation_id=conversation_id, name=(each.filename or "")[:_LONGEST_NAME])
            brought.append(keep(caller, business_id, asked, content, f"{form.key}:{n}")[0])
    return [File(each.id, each.name, each.media_type, each.size) for each in brought]


def _taking(
    step: Step,
    session: Session,
    caller: Caller,
    now: datetime,
    business_id: int,
    conversation_id: int,
    form: Form,
    files: list[File],
) -> Callable[[], dict[str, Any]]:
    def take() -> dict[str, Any]:
        match step:
            case Step.TAKE_OVER:
                takeover.take_over(session, caller, now, business_id, conversation_id)
            case Step.SAY:
                said = (form.text, form.key, files)
                takeover.say(session, caller, now, business_id, conversation_id, *said)
            case Step.HAND_BACK:
                takeover.hand_back(session, caller, now, business_id, conversation_id)
            case Step.SEND_LINK:
                there = (form.channel or "", form.key)
                send_link(session, caller, now, business_id, conversation_id, *there)
        return {}

    return take


@file_router.get("/{attachment_id}", response_class=FileContent, responses=FILE)
def file(attachment_id: PathId, caller: _Reader) -> Response:
    """What the page shows and links to."""
    business_id = caller.business_id or caller.settings.business_id
    return content_of(
        caller.ask(lambda session, _: attachment(session, business_id, attachment_id)), caller.settings
    )


def _drawn(caller: Caller, conversation_id: int, trouble: str = "") -> Response:
    business_id = caller.business_id or caller.settings.business_id

    def look(session: Session, now: datetime) -> Shown:
        business = queries.business(session, business_id)
        said = read(session, now, business_id, conversation_id)
        elsewhere = chats_beside(caller, said.conversation.channel)
        zone, key = ZoneInfo(business.zone), secrets.token_urlsafe(12)
        return Shown(business.name, zone, now, said, key, elsewhere)

    shown = caller.ask(look)
    return page("conversation.html", shown=shown, trouble=trouble, shown_images=_SHOWN_IMAGES)
