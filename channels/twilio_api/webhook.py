"""Only Twilio may speak at its doors: every request is signed over the address it was configured with."""

from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, Request, Response
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from twilio.request_validator import RequestValidator

from channels.guards import small_body
from channels.interface import Kind
from scheduler_core.outbox import Media
from scheduler_core.settings import Settings

EMPTY_ANSWER = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
"""Heard; what there is to say is sent by REST."""
_MOST_FILES = 10
_KINDS: dict[str, Kind] = {"audio": "voice", "image": "photo"}


async def signed_form(request: Request, body: Annotated[bytes, Depends(small_body)]) -> FormData:
    """The fields as Twilio sent them. A request that is not signed by it is answered 403, and not told why.

    The address is built from the configured public URL: a Host header is whatever its sender likes.
    """
    settings: Settings = request.app.state.door.settings
    query = f"?{request.url.query}" if request.url.query else ""
    address = f"{settings.public_url}{request.url.path}{query}"
    fields: list[tuple[str, str | UploadFile]] = [
        *parse_qsl(body.decode(errors="replace"), keep_blank_values=True)
    ]
    form = FormData(fields)
    signature = request.headers.get("x-twilio-signature", "")
    token = settings.twilio_auth_token.get_secret_value()
    signed = bool(token) and RequestValidator(token).validate(address, form, signature)
    if not signed or form.get("AccountSid") != settings.twilio_account_sid:
        raise HTTPException(403)
    return form


SignedForm = Annotated[FormData, Depends(signed_form)]


def heard() -> Response:
    return Response(EMPTY_ANSWER, media_type="text/xml")


def noted() -> Response:
    return Response(status_code=204)


def needed(form: FormData, name: str) -> str:
    """What every message has; without it, 400."""
    if not (value := field(form, name)):
        raise HTTPException(400)
    return value


def field(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


def media_of(form: FormData) -> tuple[Media, ...]:
    """Where Twilio has the files of a message."""
    told = field(form, "NumMedia")
    count = min(int(told), _MOST_FILES) if told.isascii() and told.isdecimal() else 0
    return tuple(Media(url) for n in range(count) if (url := field(form, f"MediaUrl{n}")))


def kind_of(form: FormData) -> Kind:
    """By what Twilio calls the first of its files."""
    if not media_of(form):
        return "text"
    return _KINDS.get(field(form, "MediaContentType0").partition("/")[0], "document")
