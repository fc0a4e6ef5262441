"""Tell the staff that somebody wants a person, wrote to the one who took over, or could not be answered or reached."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from scheduler_core.businesses.queries import business, noticed_staff
from scheduler_core.conversations.holder import about, bring, silence, to_reply
from scheduler_core.conversations.models import Conversation, Draft
from scheduler_core.conversations.queries import to_change
from scheduler_core.conversations.schemas import HandoffIn, UnansweredIn, WroteIn
from scheduler_core.outbox.enqueue import tell_chats, tell_staff
from scheduler_core.outbox.feed import transcript
from scheduler_core.outbox.models import OutboundMessage, ShutAddress
from scheduler_core.outbox.records import File, thread_of
from scheduler_core.outbox.words import reason, words
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller

_LINES_TOLD, _LONGEST_LINE = 6, 200


def hand_off(
    session: Session,
    caller: Caller,
    now: datetime,
    business_id: int,
    conversation_id: int,
    asked: HandoffIn,
) -> None:
    """One notice for each who is told of such things, with what was said last and what is being arranged."""
    found = to_change(session, business_id, conversation_id)
    if found.waiting_since is None or now - found.waiting_since > silence(session, business_id):
        found.waiting_since = now
    matter = f"{conversation_id}:{asked.about}:{found.waiting_since.isoformat()}"
    facts = {"reason": asked.reason or "no reason given", "details": _details(session, found)}
    tell_team(session, found, "staff_handoff", facts, matter, now)
    record(
        session,
        caller,
        now,
        business_id=business_id,
        action="handed_off",
        subject=("conversation", conversation_id),
        customer_id=found.customer_id,
    )


def customer_wrote(
    session: Session, now: datetime, business_id: int, conversation_id: int, asked: WroteIn
) -> None:
    """Whoever took over in their chat reads it there; else staff hear of it once after each of their words."""
    found = to_change(session, business_id, conversation_id)
    if found.silent_until is None or not found.is_handed_over(now):
        return
    matter = f"{conversation_id}:wrote:{found.silent_until.isoformat()}"
    if not bring(session, now, found, asked.text, asked.turn_id or matter):
        tell_team(session, found, "staff_wrote", {"text": asked.text[:_LONGEST_LINE]}, matter, now)


def went_unanswered(
    session: Session, now: datetime, business_id: int, conversation_id: int, asked: UnansweredIn
) -> None:
    """A turn that nobody answers any more is told to those who are told of such things, once."""
    found = to_change(session, business_id, conversation_id)
    facts = {"text": asked.text[:_LONGEST_LINE]}
    tell_team(session, found, "staff_unanswered", facts, f"{conversation_id}:unanswered:{asked.turn_id}", now)


def tell_unsent(session: Session, message: OutboundMessage, found: Conversation, now: datetime) -> None:
    """What a customer was to be told and was not is told to staff, once, with the reason."""
    language = business(session, found.business_id).locale
    facts = {"text": message.text[:_LONGEST_LINE], "code": reason(language, message.error)}
    tell_team(session, found, "staff_unsent", facts, f"unsent:{message.again_of or message.id}", now)


def tell_stopped(session: Session, stopped: ShutAddress, now: datetime) -> None:
    """That a channel reaches nobody in a whole country is told to staff, once each time that it begins."""
    language = business(session, stopped.business_id).locale
    for staff_id in noticed_staff(session, stopped.business_id):
        tell_staff(
            session,
            business_id=stopped.business_id,
            staff_id=staff_id,
            kind="staff_stopped",
            idem_key=f"staff_stopped:{stopped.id}:{stopped.since.isoformat()}:{staff_id}",
            language=language,
            facts={"channel": stopped.channel, "code": reason(language, stopped.code)},
            now=now,
        )


def _details(session: Session, found: Conversation) -> str:
    """On lines of their own: what is being arranged, and the end of the transcript."""
    language = business(session, found.business_id).locale
    draft = session.get(Draft, found.id)
    lines = []
    if draft and draft.summary:
        lines.append(words(language, "staff_handoff_arranging", summary=draft.summary))
    thread = thread_of(found.channel, found.address)
    for said in transcript(session, found.business_id, thread, _LINES_TOLD):
        lines.append(words(language, f"said_by_{said.who}", text=said.text[:_LONGEST_LINE]))
    return "".join(f"\n{line}" for line in lines)


def tell_team(
    session: Session,
    found: Conversation,
    kind: str,
    facts: dict[str, Any],
    matter: str,
    now: datetime,
    files: Sequence[File] = (),
) -> None:
    """Whoever is told of such things, about a conversation; ``matter`` is told once."""
    digest = sha256(f"{found.business_id}:{matter}".encode()).hexdigest()
    language = business(session, found.business_id).locale
    noticed = noticed_staff(session, found.business_id)
    speaks = found.taken_by_staff_id if found.is_handed_over(now) else None
    for staff_id in dict.fromkeys([*noticed, *([speaks] if speaks else [])]):
        tell = tell_staff if staff_id in noticed else tell_chats
        tell(
            session,
            business_id=found.business_id,
            staff_id=staff_id,
            kind=kind,
            idem_key=f"{kind}:{digest}:{staff_id}",
            language=language,
            facts={**about(session, found), **facts},
            now=now,
            buttons=to_reply(language, found),
            files=files,
        )
