"""A chat becomes a staff member's by a code that only they were shown; whoever says it there is them from then on."""

import hmac
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from scheduler_core.errors import NotFound
from scheduler_core.outbox.rates import RateLimit, spend
from scheduler_core.permissions import queries
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.keys import must_be_givable
from scheduler_core.permissions.models import ChatCode, StaffChat
from scheduler_core.permissions.schemas import (
    ChatCodeIn,
    ChatCodeOut,
    ClaimIn,
    ClaimOut,
    Holder,
    SpeakerOut,
    StaffChatOut,
)
from scheduler_core.permissions.tokens import signing_secret
from scheduler_core.settings import Settings

LASTS = timedelta(minutes=15)
#: Neither vowels, so that no code is a word, nor what is mistaken for something else.
_LETTERS, _DIGITS, _LENGTH = "BCDFGHJKMNPQRSTVWXYZ", "23456789", 8
_TRIES_AT_ONCE, _SECONDS_UNTIL_ANOTHER = 5, 180


def make_code(
    session: Session, caller: Caller, now: datetime, business_id: int, staff_id: int, asked: ChatCodeIn
) -> ChatCodeOut:
    """A code for one chat, in a role up to the caller's own; the newest code of a person is the only one."""
    must_be_givable(session, caller, business_id, Holder(role=asked.role, staff_id=staff_id))
    code, ends_at = _new_code(), now + LASTS
    stale = or_(ChatCode.staff_id == staff_id, ChatCode.ends_at <= now)
    session.execute(delete(ChatCode).where(ChatCode.business_id == business_id, stale))
    session.add(
        ChatCode(
            business_id=business_id,
            staff_id=staff_id,
            role=asked.role,
            digest=_digest(caller.settings, business_id, code),
            ends_at=ends_at,
        )
    )
    _record(session, caller, now, business_id, staff_id, "chat_code_made", role=asked.role)
    return ChatCodeOut(code=code, ends_at=ends_at)


def claim(session: Session, caller: Caller, now: datetime, business_id: int, asked: ClaimIn) -> ClaimOut:
    """Link the chat in which a code was said. A wrong one is counted against its address, not raised.

    A chat that is linked stays so, as it does when its code comes a second time.
    """
    language = queries.locale(session, business_id)
    tries = RateLimit(
        f"chat:{business_id}:{asked.channel}:{asked.address}", 1 / _SECONDS_UNTIL_ANOTHER, _TRIES_AT_ONCE
    )
    if spend(session, [tries], now):
        return ClaimOut(outcome="too_many", language=language)
    code = session.scalar(
        select(ChatCode)
        .where(
            ChatCode.business_id == business_id,
            ChatCode.digest == _digest(caller.settings, business_id, asked.code.upper()),
            ChatCode.ends_at > now,
        )
        .with_for_update()
    )
    if code is None or not queries.present(session, business_id, code.staff_id, None):
        known = queries.chat_at(session, business_id, asked.channel, asked.address)
        return ClaimOut(outcome="linked" if known else "unknown", language=language)
    chat = _linked(session, code, asked, now)
    session.delete(code)
    _record(session, caller, now, business_id, chat.staff_id, "chat_linked", chat_id=chat.id, role=chat.role)
    return ClaimOut(outcome="linked", language=language)


def unlink(
    session: Session, caller: Caller, now: datetime, business_id: int, staff_id: int, chat_id: int
) -> None:
    """Nothing more is told there, and whoever writes there is a customer again; raises ``NotFound``."""
    theirs = (StaffChat.business_id == business_id) & (StaffChat.staff_id == staff_id)
    gone = session.scalar(delete(StaffChat).where(theirs, StaffChat.id == chat_id).returning(StaffChat.id))
    if gone is None:
        raise NotFound("unknown chat")
    _record(session, caller, now, business_id, staff_id, "chat_unlinked", chat_id=chat_id)


def speaker(session: Session, caller: Caller, now: datetime, business_id: int, chat_id: int) -> SpeakerOut:
    chat = queries.chat(session, chat_id)
    if chat is None or chat.business_id != business_id:
        raise NotFound("unknown chat")
    caller.must_be_own_staff(chat.staff_id)
    return SpeakerOut(now=now, **StaffChatOut.model_validate(chat, from_attributes=True).model_dump())


def _linked(session: Session, code: ChatCode, asked: ClaimIn, now: datetime) -> StaffChat:
    """The chat, whosever it was before."""
    chat = queries.chat_at(session, code.business_id, asked.channel, asked.address)
    if chat is None:
        chat = StaffChat(business_id=code.business_id, channel=asked.channel, address=asked.address)
        session.add(chat)
    chat.staff_id, chat.role, chat.linked_at = code.staff_id, code.role, now
    session.flush()
    return chat


def _new_code() -> str:
    """With letters and digits, so that neither a word nor a number is taken for one."""
    while True:
        code = "".join(secrets.choice(_LETTERS + _DIGITS) for _ in range(_LENGTH))
        if not code.isdigit() and not code.isalpha():
            return code


def _digest(settings: Settings, business_id: int, code: str) -> str:
    """Keyed, for so short a code could be found from a mere hash of it."""
    return hmac.digest(signing_secret(settings), f"chat code {business_id}:{code}".encode(), "sha256").hex()


def _record(
    session: Session,
    caller: Caller,
    now: datetime,
    business_id: int,
    staff_id: int,
    action: str,
    **facts: Any,
) -> None:
    subject = ("staff_member", staff_id)
    record(session, caller, now, business_id=business_id, action=action, subject=subject, **facts)
