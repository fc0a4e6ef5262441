"""The web chat's door: the page, one way to say something, one stream of what was said."""

import re
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.responses import FileResponse, JSONResponse, StreamingResponse
from pydantic import BaseModel, Field, ValidationError, model_validator
from starlette.concurrency import run_in_threadpool

from channels.door import Door
from channels.guards import Pace, json_body, same_origin
from channels.interface import Capabilities, Channel, InboundMessage, OutboundMessage, Receipt
from channels.problems import Malformed
from channels.web.events import events
from channels.web.upload import MESSAGE_ID, add_files
from channels.web.visitor import Visitor, remember, visitor_of
from scheduler_core.outbox import ChoiceRef, FeedItem, thread_of
from scheduler_core.settings import Settings

_STATIC = Path(__file__).parent / "static"
_ASSETS = frozenset({"chat.css", "chat.js", "bubbles.js", "icon.svg"})
_PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


class Tap(BaseModel):
    """Choice `n`, counted from 0, of our message `message_id`."""

    message_id: int = Field(ge=1, le=2**53)
    n: int = Field(ge=0, le=99)


class Said(BaseModel):
    """Typed text, or a choice with its label as text. `id` is the page's own: sent twice, heard once."""

    id: str = Field(pattern=MESSAGE_ID)
    text: str = ""
    choice: Tap | None = None

    @model_validator(mode="before")
    @classmethod
    def _says_something(cls, said: Any) -> Any:
        if isinstance(said, dict) and "text" not in said and "choice" not in said:
            raise ValueError("text or choice is needed")
        return said


class WebChannel(Channel):
    """Being sent means being visible: the page reads the store, so there is no provider to call."""

    name = "web"
    capabilities = Capabilities(
        harmless_twice=True,
        buttons=None,
        link_buttons=True,
        opt_out_words=frozenset(
            {"stop", "stopall", "stop all", "unsubscribe", "optout", "opt out", "opt-out"}
        ),
    )

    @classmethod
    def connect(cls, settings: Settings) -> Self:
        return cls()

    def send(self, message: OutboundMessage) -> Receipt:
        return Receipt("sent", provider_id=str(message.id))

    def routes(self, door: Door) -> APIRouter:
        router = APIRouter()
        _add_page(router, door)
        _add_messages(router, door)
        add_files(router, door)
        _add_events(router, door)
        return router


def _add_page(router: APIRouter, door: Door) -> None:
    @router.get("/")
    def page(visitor: Annotated[Visitor, Depends(visitor_of)]) -> Response:
        response = FileResponse(_STATIC / "index.html", headers=_PAGE_HEADERS)
        remember(response, visitor, door.settings.public_url)
        return response

    @router.get("/web/static/{name}")
    def asset(name: str) -> Response:
        if name not in _ASSETS:
            return Response(status_code=404)
        return FileResponse(_STATIC / name, headers=_PAGE_HEADERS)

    @router.get("/web/status")
    def status() -> JSONResponse:
        """What the page's header says: whose front desk this is and whether the assistant is awake."""
        awake = door.bot.is_awake()
        body = {"assistant": "awake" if awake else "waking", "business": door.core.sign()}
        return JSONResponse(body, headers={"Cache-Control": "no-store"})


def _add_messages(router: APIRouter, door: Door) -> None:
    visitor_pace = Pace(burst=30, every=timedelta(seconds=0.5), clock=door.clock)
    machine_pace = Pace(burst=600, every=timedelta(seconds=0.02), clock=door.clock)

    @router.post("/web/messages", dependencies=[Depends(same_origin)])
    def say(
        request: Request,
        visitor: Annotated[Visitor, Depends(visitor_of)],
        body: Annotated[object, Depends(json_body)],
    ) -> JSONResponse:
        machine_pace.spend(request.client.host if request.client else "")
        visitor_pace.spend(visitor.address)
        heard = door.hear("web", _message(body, visitor))
        response = JSONResponse({"id": heard.inbound_id, "duplicate": heard.duplicate}, 202)
        if visitor.is_new:
            remember(response, visitor, door.settings.public_url)
        return response


def _message(body: object, visitor: Visitor) -> InboundMessage:
    try:
        said = Said.model_validate(body)
    except ValidationError as error:
        raise Malformed from error
    return InboundMessage(
        provider_message_id=f"{visitor.address}:{said.id}",
        address=visitor.address,
        text=said.text,
        choice=ChoiceRef(said.choice.message_id, said.choice.n) if said.choice else None,
    )


def _add_events(router: APIRouter, door: Door) -> None:
    @router.get("/web/events")
    async def listen(
        request: Request,
        visitor: Annotated[Visitor, Depends(visitor_of)],
        after: Annotated[int, Query(ge=0)] = 0,
        last_event_id: Annotated[str | None, Header()] = None,
    ) -> Response:
        """A page that reconnects says with Last-Event-ID what it has already shown."""
        if last_event_id and re.fullmatch(r"\d{1,18}", last_event_id):
            after = max(after, int(last_event_id))

        async def look(since: int) -> Sequence[FeedItem]:
            return await run_in_threadpool(partial(door.feed, "web", visitor.address, since))

        def link_to(attachment_id: int) -> str:
            """On the page's own site, by whatever name it was opened."""
            return urlsplit(door.link_to(attachment_id)).path

        thread = thread_of("web", visitor.address)
        stream = events(look, request.is_disconnected, door.bell, thread, after, link_to)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        response = StreamingResponse(stream, media_type="text/event-stream", headers=headers)
        if visitor.is_new:
            remember(response, visitor, door.settings.public_url)
        return response
