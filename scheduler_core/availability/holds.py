"""Keep a slot for the minutes that somebody needs to say yes; it runs out by itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from scheduler_core.availability.decide import decide
from scheduler_core.availability.models import Hold
from scheduler_core.availability.queries import Question
from scheduler_core.availability.reserve import lock, reserve, stretch_of


@dataclass(frozen=True, slots=True)
class Held:
    id: int
    expires_at: datetime


def hold(
    session: Session, question: Question, conversation_id: int, staff_id: int, start: datetime, now: datetime
) -> Held:
    """Hold ``start`` for the conversation, giving up what it held before; raises as ``decide`` does."""
    rules = decide(session, question, start, now)
    stretch = stretch_of(session, question.business_id, staff_id, rules.visit, start)
    lock(session, [stretch.resource_id])
    session.execute(
        delete(Hold).where(Hold.business_id == question.business_id, Hold.conversation_id == conversation_id)
    )
    kept = Hold(
        business_id=question.business_id,
        conversation_id=conversation_id,
        expires_at=now + timedelta(minutes=rules.hold_minutes),
    )
    session.add(kept)
    session.flush()
    reserve(
        session,
        question.business_id,
        stretch,
        now,
        hold=kept,
        beside_appointment_id=question.own_appointment_id,
    )
    return Held(kept.id, kept.expires_at)
