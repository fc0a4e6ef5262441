"""Keep a slot for the minutes that somebody needs to say yes; it runs out by itself."""

from datetime import datetime, timedelta

from sqlalchemy import Integer, column, select, table
from sqlalchemy.orm import Session

from scheduler_core.availability.claim import claim
from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.models import Hold
from scheduler_core.availability.planned import PlannedVisit
from scheduler_core.availability.reserve import release, reserve, resources_of

#: By its name, as conversations stand above this room; locked, so that two taps at once come one after the other.
_CONVERSATION = table("conversation", column("id", Integer))


def hold(
    session: Session, question: Enquiry, conversation_id: int, start: datetime, now: datetime
) -> tuple[Hold, PlannedVisit]:
    """Hold ``start`` for the conversation, giving up what it held before; raises as ``decide`` does."""
    thread = select(_CONVERSATION.c.id).where(_CONVERSATION.c.id == conversation_id)
    session.execute(thread.with_for_update(key_share=True))
    before = session.scalar(
        select(Hold.id).where(
            Hold.business_id == question.business_id, Hold.conversation_id == conversation_id
        )
    )
    plan = claim(session, question, start, now, also_lock=resources_of(session, hold_id=before))
    if before is not None:
        release(session, question.business_id, before, joining=plan.class_id)
    kept = Hold(
        business_id=question.business_id,
        conversation_id=conversation_id,
        expires_at=now + timedelta(minutes=plan.policy.hold_minutes),
    )
    session.add(kept)
    session.flush()
    reserve(session, plan, now, hold=kept, beside_appointment_id=question.own_appointment_id)
    return kept, plan
