"""HTTP: the chats of staff, linked by a code said there."""

from typing import Annotated

from fastapi import APIRouter

from scheduler_core.permissions import chats, queries
from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.inputs import PathId
from scheduler_core.permissions.paging import PAGE, After, Limit, Page
from scheduler_core.permissions.roles import Permission
from scheduler_core.permissions.schemas import (
    ChatCodeIn,
    ChatCodeOut,
    ClaimIn,
    ClaimOut,
    SpeakerOut,
    StaffChatOut,
)

router = APIRouter(prefix="/v1/businesses/{business_id}", tags=["staff chats"])

_OwnTime = Annotated[Caller, may(Permission.MANAGE_OWN_TIME)]


@router.post("/staff/{staff_id}/chat-codes", status_code=201)
def make_chat_code(
    business_id: PathId, staff_id: PathId, caller: _OwnTime, asked: ChatCodeIn | None = None
) -> ChatCodeOut:
    """A code to say in a chat, once and within 15 minutes, which links it. It is in this answer and nowhere else."""
    caller.must_be_own_staff(staff_id)
    wanted = asked or ChatCodeIn()
    return caller.change(
        lambda session, now: chats.make_code(session, caller, now, business_id, staff_id, wanted)
    )


@router.get("/staff/{staff_id}/chats")
def list_staff_chats(
    business_id: PathId, staff_id: PathId, caller: _OwnTime, after: After = None, limit: Limit = PAGE
) -> Page[StaffChatOut]:
    """Where a person is told things, oldest first."""
    caller.must_be_own_staff(staff_id)
    return caller.ask(lambda session, _: queries.chats(session, business_id, staff_id, after, limit))


@router.delete("/staff/{staff_id}/chats/{chat_id}", status_code=204)
def unlink_chat(business_id: PathId, staff_id: PathId, chat_id: PathId, caller: _OwnTime) -> None:
    """Tell them nothing more there."""
    caller.must_be_own_staff(staff_id)
    caller.change(lambda session, now: chats.unlink(session, caller, now, business_id, staff_id, chat_id))


@router.get("/staff-chats/{chat_id}")
def get_speaker(business_id: PathId, chat_id: PathId, caller: _OwnTime) -> SpeakerOut:
    """Who speaks there."""
    return caller.ask(lambda session, now: chats.speaker(session, caller, now, business_id, chat_id))


@router.post("/staff-chats/claim")
def claim_chat(
    business_id: PathId, asked: ClaimIn, caller: Annotated[Caller, may(Permission.CONVERSE)]
) -> ClaimOut:
    """A code was said at this address, as its channel vouches."""
    return caller.change(lambda session, now: chats.claim(session, caller, now, business_id, asked))
