"""The forms of the staff's page beside what did not arrive: try again, or be done with it."""

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from scheduler_core.conversations.undelivered import set_aside, try_again
from scheduler_core.desk.page import drawn, shown_to
from scheduler_core.errors import AlreadyStarted, OptedOut, VersionMovedOn
from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.inputs import PathId
from scheduler_core.permissions.roles import Permission

router = APIRouter(prefix="/desk/undelivered")

_REFUSED = {
    OptedOut: "This customer wants no more messages there, so nothing was sent.",
    VersionMovedOn: "The visit has changed since, so nothing was sent.",
    AlreadyStarted: "The visit has begun, so nothing was sent.",
}


class Step(StrEnum):
    AGAIN = "again"
    DONE = "done"


@router.post("/{message_id}/{step}", response_class=HTMLResponse, include_in_schema=False)
def see_to(message_id: PathId, step: Step, caller: Annotated[Caller, may(Permission.CONVERSE)]) -> Response:
    """Sent twice it is done once; the page is shown again, with the reason when it must not be."""
    business_id, work = shown_to(caller), {Step.AGAIN: try_again, Step.DONE: set_aside}[step]
    try:
        caller.change(lambda session, now: work(session, caller, now, business_id, message_id))
    except tuple(_REFUSED) as refusal:
        return drawn(caller, trouble=_REFUSED[type(refusal)])
    return RedirectResponse("/desk", status_code=303)
