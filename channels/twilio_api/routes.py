"""The two doors at which Twilio speaks for a channel: what was said, and what became of what we said."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Path, Response
from starlette.datastructures import FormData

from channels.door import Door
from channels.interface import InboundMessage
from channels.problems import UnknownChoice
from channels.twilio_api.status import note_status
from channels.twilio_api.webhook import SignedForm, heard, noted


def routes(channel: str, door: Door, parse: Callable[[FormData], InboundMessage]) -> APIRouter:
    """Answered once it is stored; a button of nobody knows what is read as its words."""
    router = APIRouter(prefix=f"/{channel}")

    @router.post("/messages")
    def hear(form: SignedForm) -> Response:
        message = parse(form)
        try:
            door.hear(channel, message)
        except UnknownChoice:
            door.hear(channel, replace(message, choice=None))
        return heard()

    @router.post("/status/{message_id}")
    def status(message_id: Annotated[int, Path(ge=1, le=2**53)], form: SignedForm) -> Response:
        note_status(door, channel, message_id, form)
        return noted()

    return router
