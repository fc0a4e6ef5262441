"""A visitor's file is kept while their browser waits, then heard like anything they say.

So a browser that tries again sends the same file and the same message: each is kept once.
"""

from datetime import timedelta
from tempfile import SpooledTemporaryFile
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse

from channels.door import Door
from channels.fetching import key_of
from channels.guards import Pace, file_body, same_origin
from channels.interface import InboundMessage, Kind
from channels.web.visitor import Visitor, remember, visitor_of
from scheduler_core.outbox import InboundRecord, Media

MESSAGE_ID = r"^[A-Za-z0-9_.-]{8,64}$"
_LONGEST_CAPTION = 2_000


def add_files(router: APIRouter, door: Door) -> None:
    visitor_pace = Pace(burst=6, every=timedelta(seconds=5), clock=door.clock)
    machine_pace = Pace(burst=60, every=timedelta(seconds=0.5), clock=door.clock)

    def paced(request: Request, visitor: Annotated[Visitor, Depends(visitor_of)]) -> Visitor:
        """Before a byte of the file is read."""
        machine_pace.spend(request.client.host if request.client else "")
        visitor_pace.spend(visitor.address)
        return visitor

    @router.post("/web/files", dependencies=[Depends(same_origin)])
    def bring(
        visitor: Annotated[Visitor, Depends(paced)],
        file: Annotated[SpooledTemporaryFile[bytes], Depends(file_body)],
        said_as: Annotated[str, Query(alias="id", pattern=MESSAGE_ID)],
        name: Annotated[str, Query(max_length=300)] = "",
        text: Annotated[str, Query(max_length=_LONGEST_CAPTION)] = "",
    ) -> JSONResponse:
        """The body is the file, `text` what is said of it."""
        key = f"{visitor.address}:{said_as}"
        with file:
            of = InboundRecord("web", key, visitor.address, "document", text)
            kept = door.core.keep_file(of, key_of(of, 0), file, name)
        kind: Kind = (
            "voice" if kept.is_voice else "photo" if kept.media_type.startswith("image/") else "document"
        )
        media = (Media(name=kept.name, kept_id=kept.id, media_type=kept.media_type),)
        heard = door.hear("web", InboundMessage(key, visitor.address, text, kind=kind, media=media))
        response = JSONResponse({"id": heard.inbound_id, "duplicate": heard.duplicate}, 202)
        if visitor.is_new:
            remember(response, visitor, door.settings.public_url)
        return response
