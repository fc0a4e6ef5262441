"""The terminal's door: the same house, spoken to from a shell on this machine.

Nobody logs in; a name is enough to be that customer, therefore loopback only.
"""

import re
from typing import Annotated, Any, Self

from fastapi import APIRouter, Depends, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from channels.door import Door
from channels.guards import json_body, same_origin, this_machine_only
from channels.interface import Capabilities, Channel, InboundMessage, OutboundMessage, Receipt
from channels.problems import Malformed
from scheduler_core.outbox import ChoiceRef, FeedItem
from scheduler_core.settings import Settings

_NAME = r"^[^\x00-\x1f]{1,60}$"


class Pick(BaseModel):
    """Choice `n`, counted from 0, of our message `message_id`."""

    message_id: int = Field(ge=1, le=2**53)
    n: int = Field(ge=0, le=99)


class Typed(BaseModel):
    """What was typed, by whom (`as`)."""

    model_config = ConfigDict(populate_by_name=True)

    id: str = Field(pattern=r"^[A-Za-z0-9_.-]{8,64}$")
    name: str = Field(alias="as", pattern=_NAME)
    text: str = ""
    choice: Pick | None = None

    @model_validator(mode="before")
    @classmethod
    def _says_something(cls, typed: Any) -> Any:
        if isinstance(typed, dict) and "text" not in typed and "choice" not in typed:
            raise ValueError("text or choice is needed")
        return typed


class TerminalChannel(Channel):
    """Being sent means being readable: the terminal asks for what is new."""

    name = "terminal"
    capabilities = Capabilities(
        harmless_twice=True,
        opt_out_words=frozenset({"stop", "stop all", "unsubscribe", "opt out"}),
    )

    @classmethod
    def connect(cls, settings: Settings) -> Self:
        return cls()

    def send(self, message: OutboundMessage) -> Receipt:
        return Receipt("sent", provider_id=str(message.id))

    def routes(self, door: Door) -> APIRouter:
        router = APIRouter(
            prefix="/terminal", dependencies=[Depends(this_machine_only), Depends(same_origin)]
        )

        @router.post("/messages")
        def say(body: Annotated[object, Depends(json_body)]) -> JSONResponse:
            heard = door.hear("terminal", _message(body))
            return JSONResponse({"id": heard.inbound_id, "duplicate": heard.duplicate}, 202)

        @router.get("/messages")
        def read(
            name: Annotated[str, Query(alias="as", pattern=_NAME)], after: Annotated[int, Query(ge=0)] = 0
        ) -> list[dict[str, Any]]:
            return [_as_json(item, door) for item in door.feed("terminal", address_of(name), after)]

        return router


def address_of(name: str) -> str:
    """One person however the name is typed: "Maria  Lopez" is "maria-lopez"."""
    return re.sub(r"\s+", "-", name.strip().casefold())


def _message(body: object) -> InboundMessage:
    try:
        typed = Typed.model_validate(body)
    except ValidationError as error:
        raise Malformed from error
    address = address_of(typed.name)
    return InboundMessage(
        provider_message_id=f"{address}:{typed.id}",
        address=address,
        text=typed.text,
        choice=ChoiceRef(typed.choice.message_id, typed.choice.n) if typed.choice else None,
        display_name=" ".join(typed.name.split()),
    )


def _as_json(item: FeedItem, door: Door) -> dict[str, Any]:
    files = [{"label": file.name, "url": file.page or door.link_to(file.id)} for file in item.files]
    return {
        "id": item.id,
        "message_id": item.message_id,
        "who": item.who,
        "text": item.text,
        "choices": [choice.label for choice in item.choices],
        "links": [{"label": link.label, "url": link.url} for link in item.links] + files,
        "at": item.at.isoformat(),
    }
