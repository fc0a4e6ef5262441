"""May this very visit be booked? The same board that lists times answers, so the two can never disagree."""

from datetime import datetime

from sqlalchemy.orm import Session

from scheduler_core.availability import fairness
from scheduler_core.availability.asking import case_at
from scheduler_core.availability.case import Case
from scheduler_core.availability.closed import RESOURCE_BUSY, TAKEN, reason
from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.planned import PlannedVisit, plan_of
from scheduler_core.availability.slots import minute_from, minute_of
from scheduler_core.errors import RefusedByPolicy, SlotTaken


def decide(session: Session, question: Enquiry, start: datetime, now: datetime) -> PlannedVisit:
    """The visit at ``start``, with the person and the place asked for or those whose turn it is.

    Raises ``SlotTaken`` when others have it, ``RefusedByPolicy`` with a closed code when the rules forbid it.
    """
    return plan_at(case_at(session, question, minute_of(start), now), start, now)


def plan_at(case: Case, start: datetime, now: datetime) -> PlannedVisit:
    """The visit at the start that a case was read for; raises as ``decide`` does."""
    low, high = minute_of(start), minute_from(start)
    if low != high:
        raise RefusedByPolicy("off_grid", grid_minutes=case.board.shape.policy.grid_minutes)
    spot = fairness.choose(case.board, case.board.spots(low, low + 1).get(low, ()))
    if spot is not None:
        return plan_of(case, spot)
    closed = reason(case, (low, low + 1), now)
    if closed.code in (TAKEN, RESOURCE_BUSY):
        raise SlotTaken()
    raise RefusedByPolicy(closed.code, **closed.facts)
