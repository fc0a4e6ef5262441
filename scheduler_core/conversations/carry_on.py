"""What somebody began to arrange on one channel goes on where they write next.

A draft is in one conversation at a time: it moves with the time held for it, and leaves nothing to tap behind.
"""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, aliased

from scheduler_core.availability.models import Hold
from scheduler_core.availability.reserve import release
from scheduler_core.conversations.models import Conversation, Draft

_FRESH = timedelta(days=1)
"""What lies longer is begun anew rather than brought up again."""


def arranged_elsewhere(session: Session, now: datetime, here: Conversation) -> int | None:
    """The customer's other conversation in which something is being arranged, while here nothing is."""
    own, other, theirs = aliased(Draft), aliased(Conversation), aliased(Draft)
    busy_here = select(own.conversation_id).where(own.conversation_id == here.id, own.summary.is_not(None))
    return session.scalar(
        select(other.id)
        .join(theirs, theirs.conversation_id == other.id)
        .where(
            other.business_id == here.business_id,
            other.customer_id == here.customer_id,
            other.id != here.id,
            theirs.summary.is_not(None),
            theirs.updated_at > now - _FRESH,
            ~busy_here.exists(),
        )
        .order_by(theirs.updated_at.desc())
        .limit(1)
    )


def carry_on(session: Session, now: datetime, here: Conversation) -> None:
    """Bring the draft here, if there is one elsewhere; versions rise on both sides, so that old buttons are old."""
    there = arranged_elsewhere(session, now, here)
    if there is None:
        return
    source = session.get_one(Draft, there, with_for_update=True)
    own = session.get(Draft, here.id, with_for_update=True)
    if source.summary is None:
        return
    if own is None:
        own = Draft(conversation_id=here.id, version=0)
        session.add(own)
    own.version, own.state, own.summary = own.version + 1, source.state, source.summary
    own.turn_id, own.plan, own.updated_at = None, None, now
    source.version, source.state, source.summary = source.version + 1, {}, None
    source.turn_id, source.plan = None, None
    for held in session.scalars(select(Hold.id).where(Hold.conversation_id == here.id)).all():
        release(session, here.business_id, held)
    session.execute(update(Hold).where(Hold.conversation_id == there).values(conversation_id=here.id))
    session.flush()
