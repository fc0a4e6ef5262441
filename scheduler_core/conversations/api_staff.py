"""HTTP: staff look on, speak instead of the assistant, and hand back."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session

from scheduler_core.attachments.models import Attachment
from scheduler_core.attachments.queries import came_with
from scheduler_core.businesses.queries import business
from scheduler_core.conversations import takeover
from scheduler_core.conversations.files import as_files, of_customer, place
from scheduler_core.conversations.handoff import customer_wrote, went_unanswered
from scheduler_core.conversations.holder import held_in
from scheduler_core.conversations.queries import at_address, conversation, listed, threads
from scheduler_core.conversations.schemas import (
    FileOut,
    PlacedOut,
    PlaceIn,
    SaidOut,
    SayIn,
    SilenceOut,
    TakeOverIn,
    ThreadOut,
    TranscriptOut,
    UnansweredIn,
    WroteIn,
)
from scheduler_core.customers.queries import found_by, opted_out
from scheduler_core.outbox.feed import transcript
from scheduler_core.outbox.records import File, Said, thread_of
from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.inputs import Address, Channel, PathId, Words
from scheduler_core.permissions.once import IdempotencyKey, once
from scheduler_core.permissions.paging import PAGE, After, Limit, Page, paged
from scheduler_core.permissions.roles import Permission

router = APIRouter(prefix="/v1/businesses/{business_id}/conversations", tags=["conversations"])

_Converser = Annotated[Caller, may(Permission.CONVERSE)]
_Step = Callable[[Session, datetime], None]
_MOST_NAMED = 200


@router.get("")
def list_conversations(
    business_id: PathId,
    caller: _Converser,
    after: After = None,
    limit: Limit = PAGE,
    name: Annotated[Words, Query(max_length=120)] = "",
) -> Page[ThreadOut]:
    """Who asked for a person first, then where something was said last; ``name``: only with who is called so."""

    def question(session: Session, now: datetime) -> Page[ThreadOut]:
        business(session, business_id)
        named = found_by(session, business_id, name, "", 0, _MOST_NAMED) if name else None
        of = None if named is None else [each.id for each in named]
        found = listed(session, business_id, after, limit + 1, of)
        return paged(threads(session, found, now), limit, lambda each: each.id)

    return caller.ask(question)


@router.get("/mine")
def list_taken_over(business_id: PathId, caller: _Converser) -> list[ThreadOut]:
    """Those that were taken over in the chat that asks, and still are."""

    def question(session: Session, now: datetime) -> list[ThreadOut]:
        business(session, business_id)
        if not caller.chat_id or not caller.staff_id:
            return []
        return threads(session, held_in(session, now, caller.chat_id, caller.staff_id), now)

    return caller.ask(question)


@router.get("/silence")
def ask_silence(business_id: PathId, channel: Channel, address: Address, caller: _Converser) -> SilenceOut:
    """Whether a person speaks with that address now, so that nothing else should, and whether anybody may."""

    def question(session: Session, now: datetime) -> SilenceOut:
        found = at_address(session, business_id, channel, address)
        return SilenceOut(
            silent=found is not None and found.is_handed_over(now),
            opted_out=opted_out(session, business_id, channel, address),
        )

    return caller.ask(question)


@router.get("/{conversation_id}")
def get_conversation(business_id: PathId, conversation_id: PathId, caller: _Converser) -> TranscriptOut:
    """What both sides said, what is being arranged, and who speaks."""
    return caller.ask(lambda session, now: read(session, now, business_id, conversation_id))


@router.post("/{conversation_id}/take-over")
def take_over(
    business_id: PathId,
    conversation_id: PathId,
    caller: _Converser,
    idempotency_key: IdempotencyKey,
    asked: TakeOverIn | None = None,
) -> ThreadOut:
    """From now on a person speaks; the assistant is silent until they hand back or have said nothing for a while.

    409 for a member of staff while a colleague speaks there.
    """
    wanted = asked or TakeOverIn()

    def step(session: Session, now: datetime) -> None:
        even = wanted.even_if_taken
        takeover.take_over(session, caller, now, business_id, conversation_id, even_if_taken=even)

    request = {"take_over": conversation_id, **wanted.model_dump(exclude_defaults=True)}
    return _done(caller, business_id, conversation_id, request, idempotency_key, step)


@router.post("/{conversation_id}/say")
def say(
    business_id: PathId,
    conversation_id: PathId,
    asked: SayIn,
    caller: _Converser,
    idempotency_key: IdempotencyKey,
) -> ThreadOut:
    """Write to the customer on their own channel, with files if there are any, which takes over."""
    request: dict[str, Any] = {"say": conversation_id, "text": asked.text}
    if asked.attachment_ids:
        request["attachment_ids"] = asked.attachment_ids

    def step(session: Session, now: datetime) -> None:
        found = conversation(session, business_id, conversation_id)
        files = as_files(of_customer(session, found, asked.attachment_ids))
        takeover.say(session, caller, now, business_id, conversation_id, asked.text, idempotency_key, files)

    return _done(caller, business_id, conversation_id, request, idempotency_key, step)


@router.post("/{conversation_id}/hand-back")
def hand_back(
    business_id: PathId, conversation_id: PathId, caller: _Converser, idempotency_key: IdempotencyKey
) -> ThreadOut:
    """The assistant answers again."""

    def step(session: Session, now: datetime) -> None:
        takeover.hand_back(session, caller, now, business_id, conversation_id)

    return _done(caller, business_id, conversation_id, {"hand_back": conversation_id}, idempotency_key, step)


@router.post("/{conversation_id}/wrote")
def tell_that_customer_wrote(
    business_id: PathId, conversation_id: PathId, asked: WroteIn, caller: _Converser
) -> dict[str, Any]:
    """Tell who has taken over what they are to answer: in their chat each word, else once after each of their own."""
    caller.change(lambda session, now: customer_wrote(session, now, business_id, conversation_id, asked))
    return {}


@router.post("/{conversation_id}/unanswered")
def tell_that_nobody_answers(
    business_id: PathId, conversation_id: PathId, asked: UnansweredIn, caller: _Converser
) -> dict[str, Any]:
    """Tell staff, once a turn, that the assistant has given up answering it."""
    caller.change(lambda session, now: went_unanswered(session, now, business_id, conversation_id, asked))
    return {}


@router.post("/{conversation_id}/files")
def place_files(
    business_id: PathId, conversation_id: PathId, asked: PlaceIn, caller: _Converser
) -> PlacedOut:
    """Put files that came in a turn with the visit that is spoken of, and tell staff of each, once."""
    return caller.change(
        lambda session, now: place(session, caller, now, business_id, conversation_id, asked)
    )


def read(session: Session, now: datetime, business_id: int, conversation_id: int) -> TranscriptOut:
    found = conversation(session, business_id, conversation_id)
    said = transcript(session, business_id, thread_of(found.channel, found.address))
    (thread,) = threads(session, [found], now)
    theirs = came_with(session, business_id, {each.inbound_id: each.kept_ids for each in said})
    lines = [_line(each, theirs[each.inbound_id]) for each in said]
    return TranscriptOut(conversation=thread, said=lines)


def _line(said: Said, came: Sequence[Attachment]) -> SaidOut:
    """With what went with it, or came with it."""
    files: list[File | Attachment] = [*said.files, *came]
    shown = [FileOut(id=each.id, name=each.name, media_type=each.media_type) for each in files]
    return SaidOut(
        who=said.who,
        text=said.text,
        at=said.at,
        state=said.state,
        said_on=said.said_on,
        not_reached_on=said.not_reached_on,
        files=shown,
    )


def _done(
    caller: Caller, business_id: int, conversation_id: int, request: dict[str, Any], key: str, step: _Step
) -> ThreadOut:
    """The conversation as it stands after the step, which the same key takes once."""

    def work(session: Session, now: datetime) -> ThreadOut:
        def take() -> dict[str, Any]:
            step(session, now)
            return {}

        once(session, now, business_id, key, request, take)
        found = conversation(session, business_id, conversation_id)
        return threads(session, [found], now)[0]

    return caller.change(work)
