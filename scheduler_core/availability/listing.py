"""List every bookable start in a range, with everybody who could take it: what a calendar of free times shows."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from scheduler_core.availability import bits
from scheduler_core.availability.asking import whole_case
from scheduler_core.availability.diary import Spot
from scheduler_core.availability.question import Question


@dataclass(frozen=True, slots=True)
class Listing:
    """Spots by start, soonest first; ``next``: where the rest begins, in minutes since 1970."""

    spots: list[Spot]
    duration: int
    zones: dict[int, str]
    next: int | None


def listing(session: Session, question: Question, low: int, high: int, limit: int, now: datetime) -> Listing:
    """Up to ``limit`` starts within [low, high); at most three questions to the database."""
    board = whole_case(session, question, now).board
    base, found = board.window.base, 0
    within = bits.span(max(low - base, 0), max(high - base, 0))
    for place in board.places:
        found |= board.starts(place) & within
    times = bits.minutes(found, base)
    end = times[limit] if len(times) > limit else high
    return Listing(
        spots=[spot for spots in board.spots(low, end).values() for spot in spots],
        duration=board.shape.minutes,
        zones={place.id: place.zone for place in board.places},
        next=times[limit] if len(times) > limit else None,
    )
