"""Keep a slot for the minutes that somebody needs to say yes; it runs out by itself."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.availability.claim import claim
from scheduler_core.availability.models import Hold
from scheduler_core.availability.plan import Plan
from scheduler_core.availability.question import Question
from scheduler_core.availability.reserve import release, reserve


def hold(
    session: Session, question: Question, conversation_id: int, start: datetime, now: datetime
) -> tuple[Hold, Plan]:
    """Hold ``start`` for the conversation, giving up what it held before; raises as ``decide`` does."""
    plan = claim(session, question, start, now)
    before = select(Hold.id).where(
        Hold.business_id == question.business_id, Hold.conversation_id == conversation_id
    )
    for hold_id in session.scalars(before).all():
        release(session, question.business_id, hold_id)
    kept = Hold(
        business_id=question.business_id,
        conversation_id=conversation_id,
        expires_at=now + timedelta(minutes=plan.policy.hold_minutes),
    )
    session.add(kept)
    session.flush()
    reserve(session, plan, now, hold=kept, beside_appointment_id=question.own_appointment_id)
    return kept, plan
