"""Look for bookable times: the customer's wishes in order, else why not and what is near."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from scheduler_core.availability import bits, fairness, ranking
from scheduler_core.availability.asking import whole_case
from scheduler_core.availability.case import Case
from scheduler_core.availability.closed import Closed, reason
from scheduler_core.availability.diary import Spot
from scheduler_core.availability.question import Question
from scheduler_core.availability.slots import Interval, minute_nearest, minutes_at

AMBIGUOUS_TIME, NO_SUCH_TIME = "ambiguous_time", "no_such_time"


@dataclass(frozen=True, slots=True)
class WallWish:
    """A start as somebody's clock shows it: day number and minute, at the place where the visit would be."""

    day: int
    minute: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Ranges for the start, in order, in minutes; none: as soon as may be. ``shown`` are not named again."""

    question: Question
    wishes: Sequence[Interval | WallWish] = ()
    limit: int = 3
    after: int | None = None
    shown: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """``wish`` is the index of the wish that the spots are from; ``zones`` names each location's."""

    spots: list[Spot] = field(default_factory=list)
    wish: int | None = None
    closed: Closed | None = None
    alternatives: list[Spot] = field(default_factory=list)
    duration: int = 0
    zones: dict[int, str] = field(default_factory=dict)


def search(session: Session, wanted: Wanted, now: datetime) -> Found:
    """At most three questions to the database, whatever the number of people."""
    case = whole_case(session, wanted.question, now)
    if not case.board.places:
        return Found()
    return _Search(case, wanted).found(now)


class _Search:
    """One look at a board."""

    def __init__(self, case: Case, wanted: Wanted) -> None:
        self._case = case
        self._wanted = wanted
        self._zone = case.board.places[0].zone
        every = 0
        for place in case.board.places:
            every |= case.board.starts(place)
        self._base = case.board.window.base
        self._all = every

    def found(self, now: datetime) -> Found:
        wishes = [self._interval(wish) for wish in self._wanted.wishes]
        for index, wish in enumerate(wishes):
            if isinstance(wish, Closed):
                return self._unclear(wish, self._wanted.wishes[index])
            times = self._times(wish)
            if times:
                return self._answer(ranking.spread(times, self._zone, self._wanted.limit), wish=index)
        times = self._times(None)
        if not wishes:
            return self._answer(ranking.soonest(times, self._zone, self._wanted.limit))
        first = next(wish for wish in wishes if not isinstance(wish, Closed))
        near = ranking.nearest(times, first, self._zone, self._wanted.limit)
        return self._answer(closed=reason(self._case, first, now), alternatives=near)

    def _interval(self, wish: Interval | WallWish) -> Interval | Closed:
        if not isinstance(wish, WallWish):
            return wish
        meant = minutes_at(self._zone, wish.day, wish.minute)
        if len(meant) == 1:
            return meant[0], meant[0] + 1
        return Closed(AMBIGUOUS_TIME if meant else NO_SUCH_TIME, {"zone": self._zone})

    def _unclear(self, closed: Closed, wish: Interval | WallWish) -> Found:
        """A wall time that a clock shows twice, or never: the times that may be meant, or the nearest ones."""
        assert isinstance(wish, WallWish)
        meant = minutes_at(self._zone, wish.day, wish.minute)
        if meant:
            free = [minute for minute in meant if bits.has(self._all, minute - self._base)]
            return self._answer(closed=closed, alternatives=free)
        close = minute_nearest(self._zone, wish.day, wish.minute)
        nearest = sorted(self._times(None), key=lambda minute: (abs(minute - close), minute))[:2]
        return self._answer(closed=closed, alternatives=sorted(nearest))

    def _times(self, wish: Interval | None) -> list[int]:
        low, high = wish or (self._base, self._case.board.window.end)
        if self._wanted.after is not None:
            low = max(low, self._wanted.after + 1)
        within = bits.span(max(low - self._base, 0), max(high - self._base, 0))
        found = bits.minutes(self._all & within, self._base)
        return [minute for minute in found if minute not in self._wanted.shown]

    def _answer(
        self,
        times: Iterable[int] = (),
        wish: int | None = None,
        closed: Closed | None = None,
        alternatives: Iterable[int] = (),
    ) -> Found:
        board = self._case.board
        return Found(
            spots=self._spots(times),
            wish=wish,
            closed=closed,
            alternatives=self._spots(alternatives),
            duration=board.shape.minutes,
            zones={place.id: place.zone for place in board.places},
        )

    def _spots(self, times: Iterable[int]) -> list[Spot]:
        board = self._case.board
        chosen = (fairness.choose(board, board.spots(minute, minute + 1).get(minute, ())) for minute in times)
        return [spot for spot in chosen if spot is not None]
