"""May this very visit be booked? The same board that lists times answers, so the two can never disagree."""

from datetime import datetime

from sqlalchemy.orm import Session

from scheduler_core.availability.board import Spot
from scheduler_core.availability.closed import TAKEN, reason
from scheduler_core.availability.queries import Question, Rules, board_of, rules_of
from scheduler_core.availability.slots import minute_from, minute_of
from scheduler_core.errors import RefusedByPolicy, SlotTaken


def decide(session: Session, question: Question, start: datetime, now: datetime) -> Rules:
    """Return the rules in force when ``start`` can be booked with exactly the person and place asked for.

    Raises ``SlotTaken`` when others have it, ``RefusedByPolicy`` with a closed code when the rules forbid it.
    """
    if question.staff_id is None or question.location_id is None:
        raise ValueError("a booking names its person and its place")
    rules = rules_of(session, question, now)
    low, high = minute_of(start), minute_from(start)
    if low != high:
        raise RefusedByPolicy("off_grid", grid_minutes=rules.grid)
    board = board_of(session, question, rules, low, low + 1, now)
    wanted = Spot(low, question.staff_id, question.location_id)
    if wanted in board.spots(low, low + 1).get(low, []):
        return rules
    closed = reason(board, (low, low + 1), minute_from(now), question.staff_id)
    if closed.code == TAKEN:
        raise SlotTaken()
    raise RefusedByPolicy(closed.code, **closed.facts)
