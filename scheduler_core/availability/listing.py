"""List every bookable start in a range, with everybody who could take it: what a calendar of free times shows."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from scheduler_core.availability import bits
from scheduler_core.availability.asking import whole_case
from scheduler_core.availability.diary import Spot
from scheduler_core.availability.enquiry import Enquiry

#: Starts that are worked out at a time: enough for most pages, not too many for a crowd.
_AT_A_TIME = 48


@dataclass(frozen=True, slots=True)
class Listing:
    """Spots by start, soonest first; ``next``: where the rest begins, in minutes since 1970."""

    spots: list[Spot]
    zones: dict[int, str]
    next: int | None


def listing(session: Session, question: Enquiry, low: int, high: int, limit: int, now: datetime) -> Listing:
    """Up to ``limit`` spots that start within [low, high), and the last start whole; at most three questions."""
    board = whole_case(session, question, now, low).board
    within, found = board.window.span(low, high), 0
    for place in board.places:
        found |= board.starts(place) & within
    times = bits.minutes(found, board.window.base)
    spots: list[Spot] = []
    rest: int | None = None
    for begin in range(0, len(times), _AT_A_TIME):
        chunk = times[begin : begin + _AT_A_TIME]
        for minute, free in board.spots(chunk[0], chunk[-1] + 1).items():
            if len(spots) >= limit:
                rest = minute
                break
            spots += free
        if rest is not None:
            break
    return Listing(spots, {place.id: place.zone for place in board.places}, rest)
