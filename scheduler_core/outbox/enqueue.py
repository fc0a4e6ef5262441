"""How the core speaks outside a conversation: to staff on their page and in their chats, and to customers."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from scheduler_core.outbox import outgoing
from scheduler_core.outbox.records import Choice, File, Plan
from scheduler_core.outbox.words import words
from scheduler_core.permissions.models import StaffChat
from scheduler_core.permissions.once import CHAT
from scheduler_core.permissions.queries import chats_of

DESK = "desk"
Buttons = Callable[[StaffChat], Sequence[Choice]]
"""What can be tapped under a notice in a chat of staff."""


def tell_staff(
    session: Session,
    *,
    business_id: int,
    staff_id: int,
    kind: str,
    idem_key: str,
    language: str,
    facts: dict[str, Any],
    now: datetime,
    buttons: Buttons = lambda _: (),
    files: Sequence[File] = (),
) -> bool:
    """Notify one staff member in the caller's transaction; ``False``: ``idem_key`` was told already.

    The row of channel ``desk`` is the notice on their page, which nobody has to send. Their chats are told too, with
    the ``files`` that it is about.
    """
    on_page = outgoing.ToSay(
        business_id, DESK, str(staff_id), Plan(words(language, kind, **facts)), kind, idem_key, facts
    )
    if outgoing.write_down(session, on_page, now, "sent") is None:
        return False
    tell_chats(
        session,
        business_id=business_id,
        staff_id=staff_id,
        kind=kind,
        idem_key=idem_key,
        language=language,
        facts=facts,
        now=now,
        buttons=buttons,
        files=files,
    )
    return True


def tell_chats(
    session: Session,
    *,
    business_id: int,
    staff_id: int,
    kind: str,
    idem_key: str,
    language: str,
    facts: dict[str, Any],
    now: datetime,
    buttons: Buttons = lambda _: (),
    files: Sequence[File] = (),
) -> None:
    """Every chat of theirs, but for the one in which they have just done what it is about; nothing on the page."""
    for chat in chats_of(session, business_id, staff_id):
        if chat.id != session.info.get(CHAT):
            tell_chat(
                session, chat, kind, f"{idem_key}:{chat.id}", language, facts, now, buttons(chat), files
            )


def tell_chat(
    session: Session,
    chat: StaffChat,
    kind: str,
    idem_key: str,
    language: str,
    facts: dict[str, Any],
    now: datetime,
    buttons: Sequence[Choice] = (),
    files: Sequence[File] = (),
) -> bool:
    """One chat; ``now`` may be later than now: then it is told at that time, unless it is taken back before."""
    plan = Plan(words(language, kind, **facts), tuple(buttons), files=tuple(files))
    known = facts | {outgoing.WRITTEN_IN: language.replace("_", "-").partition("-")[0].lower()}
    message = outgoing.ToSay(chat.business_id, chat.channel, chat.address, plan, kind, idem_key, known)
    return outgoing.say(session, message, now)


def tell_customer(
    session: Session,
    *,
    business_id: int,
    channel: str,
    address: str,
    plan: Plan,
    kind: str,
    idem_key: str,
    now: datetime,
    facts: dict[str, Any] | None = None,
    visit: tuple[int, int] | None = None,
) -> bool:
    """Queue a message to a customer in the caller's transaction; the caller has checked that they want it.

    ``now`` may be later than now: then it goes at that time, and what is said meanwhile does not wait for it.
    ``facts``: what the text says, by name, for a channel that takes only wordings of its own. ``visit``: the id and
    version of what it is about.
    """
    known = (facts or {}) | ({outgoing.WRITTEN_IN: plan.language} if plan.language else {})
    message = outgoing.ToSay(business_id, channel, address, plan, kind, idem_key, known, visit)
    return outgoing.say(session, message, now)
