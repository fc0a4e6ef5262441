"""Look for bookable times: the customer's wishes in order, else why not and what is near."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from scheduler_core.availability import ranking
from scheduler_core.availability.board import Board, Spot
from scheduler_core.availability.closed import Closed, reason
from scheduler_core.availability.queries import Question, Rules, board_of, rules_of
from scheduler_core.availability.slots import MINUTES_PER_DAY, Interval, minute_from, wall

_AROUND = 14 * MINUTES_PER_DAY


@dataclass(frozen=True, slots=True)
class Wanted:
    """Ranges for the start, in order, in minutes; none: as soon as may be. ``shown`` are not named again."""

    question: Question
    wishes: Sequence[Interval] = ()
    limit: int = 3
    after: int | None = None
    shown: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """``wish`` is the index of the wish that the spots are from."""

    spots: list[Spot] = field(default_factory=list)
    wish: int | None = None
    closed: Closed | None = None
    alternatives: list[Spot] = field(default_factory=list)
    duration: int = 0


def search(session: Session, wanted: Wanted, now: datetime) -> Found:
    """Three queries, except that a diary full for a fortnight is read once more, to the horizon."""
    rules = rules_of(session, wanted.question, now)
    low, high = _first_look(wanted, rules)
    board = board_of(session, wanted.question, rules, low, high, now)
    found = _look(board, wanted, now)
    if not found.spots and not found.alternatives and (low, high) != (rules.earliest, rules.latest + 1):
        board = board_of(session, wanted.question, rules, rules.earliest, rules.latest + 1, now)
        found = _look(board, wanted, now)
    return found


def _first_look(wanted: Wanted, rules: Rules) -> Interval:
    """The wishes with a fortnight around them, within what the policies allow."""
    first, end = rules.earliest, rules.latest + 1
    if not wanted.wishes:
        start = max(first, min(wanted.after or first, end))
        return start, min(end, start + _AROUND)
    low = min(wish[0] for wish in wanted.wishes) - _AROUND
    high = max(wish[1] for wish in wanted.wishes) + _AROUND
    low = max(first, min(low, end - 2 * _AROUND))
    return low, max(min(high, end), min(end, low + _AROUND))


def _look(board: Board, wanted: Wanted, now: datetime) -> Found:
    zone = board.places[0].zone
    choose = _Chooser(board, wanted)
    for index, wish in enumerate(wanted.wishes):
        times = choose.times(*wish)
        if times:
            return choose.found(ranking.spread(times, zone, wanted.limit), wish=index)
    times = choose.times(board.low, board.high)
    if not wanted.wishes:
        return choose.found(ranking.soonest(times, zone, wanted.limit))
    first = wanted.wishes[0]
    closed = reason(board, first, minute_from(now), wanted.question.staff_id)
    near = ranking.nearest(times, first, zone, wanted.limit)
    return Found(closed=closed, alternatives=choose.spots(near), duration=board.visit.duration)


class _Chooser:
    """Names one spot for a time: of those free then, who has the fewest bookings that day."""

    def __init__(self, board: Board, wanted: Wanted) -> None:
        self._board = board
        self._wanted = wanted
        self._spots: dict[int, list[Spot]] = {}

    def times(self, low: int, high: int) -> list[int]:
        if self._wanted.after is not None:
            low = max(low, self._wanted.after + 1)
        found = self._board.spots(low, high)
        self._spots.update(found)
        return [minute for minute in found if minute not in self._wanted.shown]

    def spots(self, times: Sequence[int]) -> list[Spot]:
        load = self._board.load()
        zone = self._board.places[0].zone
        return [
            min(self._spots[t], key=lambda s: (load.get((s.staff_id, wall(zone, s.start)[0]), 0), s.staff_id))
            for t in times
        ]

    def found(self, times: Sequence[int], wish: int | None = None) -> Found:
        return Found(spots=self.spots(times), wish=wish, duration=self._board.visit.duration)
