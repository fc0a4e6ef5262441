"""How the core speaks outside a conversation: to staff on their page, to customers over their channel."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from scheduler_core.outbox import outgoing
from scheduler_core.outbox.records import Plan
from scheduler_core.outbox.words import words

DESK = "desk"
#: How the kinds of what is told to staff begin.
TO_STAFF = "staff_"


def tell_staff(
    session: Session,
    *,
    business_id: int,
    address: str,
    kind: str,
    idem_key: str,
    language: str,
    facts: dict[str, Any],
    now: datetime,
    channel: str = DESK,
) -> bool:
    """Notify one staff member in the caller's transaction; ``False``: ``idem_key`` was told already.

    On channel ``desk`` the row is the notice: the staff's page reads it, nobody has to send it.
    """
    plan = Plan(words(language, kind, **facts))
    notice = outgoing.ToSay(business_id, channel, address, plan, kind, idem_key, facts)
    if channel != DESK:
        return outgoing.say(session, notice, now)
    return outgoing.write_down(session, notice, now, "sent") is not None


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
) -> bool:
    """Queue a message to a customer in the caller's transaction; the caller has checked that they want it.

    ``now`` may be later than now: then it goes at that time, and what is said meanwhile does not wait for it.
    ``facts``: what the text says, by name, for a channel that takes only wordings of its own.
    """
    known = (facts or {}) | ({outgoing.WRITTEN_IN: plan.language} if plan.language else {})
    message = outgoing.ToSay(business_id, channel, address, plan, kind, idem_key, known)
    return outgoing.say(session, message, now)
