"""The links with which a customer goes on in another chat: our own address, which leads to the provider's.

Only the front door knows by what name we are found there. To follow such a link uses nothing up: what counts is the
token that is then said in the chat.
"""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path
from fastapi.responses import RedirectResponse

from channels.door import Door
from channels.interface import Away

_KEPT_TO_ITSELF = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


def routes(door: Door) -> APIRouter:
    router = APIRouter()

    @router.get("/go/{name}/{token}")
    def go(name: str, token: Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$")]) -> RedirectResponse:
        channel = door.channels.get(name)
        try:
            address = channel.invitation(token) if channel else None
        except Away as away:
            raise HTTPException(503) from away
        if address is None:
            raise HTTPException(404)
        return RedirectResponse(address, 303, _KEPT_TO_ITSELF)

    return router
