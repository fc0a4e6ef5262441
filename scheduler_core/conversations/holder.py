"""Who of the team speaks in a conversation and in which chat of theirs: what the customer says is brought there."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from json import dumps

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scheduler_core.businesses.models import StaffMember
from scheduler_core.businesses.policy import Policy
from scheduler_core.businesses.queries import business
from scheduler_core.conversations.models import Conversation
from scheduler_core.customers.queries import customer
from scheduler_core.errors import TakenByAnother
from scheduler_core.outbox.enqueue import Buttons, tell_chat
from scheduler_core.outbox.outgoing import take_back
from scheduler_core.outbox.records import Choice
from scheduler_core.outbox.words import words
from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.models import StaffChat
from scheduler_core.permissions.queries import chat, present
from scheduler_core.permissions.roles import Permission, Role, allows

_MINUTE = timedelta(minutes=1)


def silence(session: Session, business_id: int) -> timedelta:
    """How long the assistant stays away after each word of staff."""
    policy = Policy.model_validate(business(session, business_id).policy)
    return timedelta(minutes=policy.takeover_silence_minutes)


def must_be_free(session: Session, caller: Caller, now: datetime, found: Conversation) -> None:
    """Raises ``TakenByAnother`` when a member of staff asks and somebody else speaks there; the desk may always."""
    if caller.staff_id and found.is_handed_over(now) and found.taken_by_staff_id != caller.staff_id:
        raise TakenByAnother(staff=name_of(session, found.taken_by_staff_id))


def hold(session: Session, caller: Caller, now: datetime, found: Conversation) -> bool:
    """From now on it is the caller who speaks; their silence begins anew. ``False``: they did already."""
    held_before = found.is_handed_over(now) and found.taken_by_staff_id == caller.staff_id
    until = now + silence(session, found.business_id)
    if held_before and (found.silent_until, found.taken_in_chat_id) == (until, caller.chat_id):
        return False
    let_go(session, caller, now, found, "staff_taken_from_you")
    found.waiting_since, found.silent_until = None, until
    found.taken_by_staff_id, found.taken_in_chat_id = caller.staff_id, caller.chat_id
    if spoken_in := _chat_of(session, found):
        choose(session, found)
        facts = {**about(session, found), "minutes": (until - now) // _MINUTE}
        language = _language(session, found)
        tell_chat(session, spoken_in, "staff_silence_over", _end_of(found), language, facts, until)
    return not held_before


def let_go(session: Session, caller: Caller, now: datetime, found: Conversation, kind: str) -> None:
    """Nobody speaks there; whose chat it was taken in is told so, as ``kind``, unless it was they who let go."""
    former, language = _chat_of(session, found), _language(session, found)
    if former and found.is_handed_over(now) and former.id != caller.chat_id:
        speaker = name_of(session, caller.staff_id) or words(language, "the_desk")
        facts = {**about(session, found), "staff": speaker}
        tell_chat(session, former, kind, f"{kind}:{_end_of(found)}", language, facts, now)
    free(session, found)


def free(session: Session, found: Conversation) -> None:
    """Nobody speaks there, and nobody is told of it."""
    take_back(session, _end_of(found))
    found.silent_until = found.taken_by_staff_id = found.taken_in_chat_id = None
    found.is_chosen = False


def choose(session: Session, found: Conversation) -> None:
    """What is said in that chat to nobody by name is said here."""
    _choose_no_other(session, found)
    found.is_chosen = True


def bring(session: Session, now: datetime, found: Conversation, text: str, matter: str) -> bool:
    """What the customer wrote, once for each ``matter``, to the chat that speaks with them; ``False``: none does."""
    spoken_in = _chat_of(session, found)
    if spoken_in is None:
        return False
    _choose_no_other(session, found)
    language = _language(session, found)
    several = len(held_in(session, now, spoken_in.id, spoken_in.staff_id)) > 1
    digest = sha256(f"{found.business_id}:{found.id}:{matter}".encode()).hexdigest()
    facts = {**about(session, found), "text": text}
    buttons = to_reply(language, found)(spoken_in) if several else ()
    tell_chat(session, spoken_in, "staff_customer_says", f"says:{digest}", language, facts, now, buttons)
    return True


def to_reply(language: str, found: Conversation) -> Buttons:
    """The button under a notice about a conversation, for whoever may speak there."""
    reply = Choice(words(language, "staff_button_reply"), f"/staff_reply{dumps({'conversation': found.id})}")
    return lambda shown_in: (reply,) if allows(Role(shown_in.role), Permission.CONVERSE) else ()


def held_in(session: Session, now: datetime, chat_id: int, staff_id: int) -> Sequence[Conversation]:
    """Those that this person has taken over in that chat, and still has, the oldest first."""
    wanted = select(Conversation).where(
        Conversation.taken_in_chat_id == chat_id,
        Conversation.taken_by_staff_id == staff_id,
        Conversation.silent_until > now,
    )
    return session.scalars(wanted.order_by(Conversation.id)).all()


def about(session: Session, found: Conversation) -> dict[str, str | int]:
    """What every notice about a conversation tells."""
    person = customer(session, found.business_id, found.customer_id)
    return {
        "customer": person.name or f"Customer {person.id}",
        "channel": found.channel,
        "conversation_id": found.id,
    }


def name_of(session: Session, staff_id: int | None) -> str | None:
    return session.scalar(select(StaffMember.name).where(StaffMember.id == staff_id)) if staff_id else None


def _chat_of(session: Session, found: Conversation) -> StaffChat | None:
    """That of whoever speaks; ``None`` when they speak from elsewhere, or the chat is theirs no more."""
    spoken_in = chat(session, found.taken_in_chat_id) if found.taken_in_chat_id else None
    if spoken_in is None or spoken_in.staff_id != found.taken_by_staff_id:
        return None
    return spoken_in if present(session, found.business_id, spoken_in.staff_id, None) else None


def _choose_no_other(session: Session, found: Conversation) -> None:
    others = (Conversation.taken_in_chat_id == found.taken_in_chat_id) & (Conversation.id != found.id)
    session.execute(update(Conversation).where(others).values(is_chosen=False))


def _end_of(found: Conversation) -> str:
    """Names the end of this silence."""
    return f"silence:{found.id}:{found.silent_until.isoformat() if found.silent_until else ''}"


def _language(session: Session, found: Conversation) -> str:
    return business(session, found.business_id).locale
