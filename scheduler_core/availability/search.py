"""Look for bookable times: the customer's wishes in order, else why not and what is near."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from scheduler_core.availability import bits, fairness, ranking
from scheduler_core.availability.asking import whole_case
from scheduler_core.availability.case import Case
from scheduler_core.availability.closed import Closed, reason
from scheduler_core.availability.diary import Spot
from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.slots import MINUTES_PER_DAY, Interval, minute_nearest, minutes_at

AMBIGUOUS_TIME, NO_SUCH_TIME = "ambiguous_time", "no_such_time"

#: Days to either side in which times are looked for, until there are enough.
_REACHES = (14, 60, 1000)
_WEEK = 7 * MINUTES_PER_DAY


@dataclass(frozen=True, slots=True)
class WallWish:
    """A start as somebody's clock shows it: day number and minute, at the place where the visit would be."""

    day: int
    minute: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Ranges for the start, in order, in minutes; none: as soon as may be. ``shown`` are not named again.

    ``order``: which times of a wish are named: the "soonest", the "latest", or else some spread over it. ``together``:
    the ranges are one wish.
    """

    question: Enquiry
    wishes: Sequence[Interval | WallWish] = ()
    limit: int = 3
    after: int | None = None
    shown: frozenset[int] = frozenset()
    order: str | None = None
    together: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """``wish`` is the index of the wish that the spots are from; ``zones`` names each location's."""

    spots: list[Spot] = field(default_factory=list)
    wish: int | None = None
    closed: Closed | None = None
    alternatives: list[Spot] = field(default_factory=list)
    zones: dict[int, str] = field(default_factory=dict)


def search(session: Session, wanted: Wanted, now: datetime) -> Found:
    """At most three questions to the database, whatever the number of people."""
    case = whole_case(session, wanted.question, now, _first_minute(wanted))
    return _Search(case, wanted).found(now) if case.board.places else Found()


def _first_minute(wanted: Wanted) -> int | None:
    starts = [wish[0] for wish in wanted.wishes if not isinstance(wish, WallWish)]
    return starts[0] if starts else None


class _Search:
    """One look at a board. A wish is a set of minutes for each place, as each has a wall clock of its own."""

    def __init__(self, case: Case, wanted: Wanted) -> None:
        self._board = case.board
        self._case = case
        self._wanted = wanted
        self._zone = case.told_at.zone
        self._window = case.board.window

    def found(self, now: datetime) -> Found:
        for index, wish in enumerate(self._wanted.wishes):
            meant = minutes_at(self._zone, wish.day, wish.minute) if isinstance(wish, WallWish) else [0]
            if len(meant) != 1:
                assert isinstance(wish, WallWish)
                return self._unclear(wish, meant)
            by_place = self._by_place(wish)
            times = self._times(by_place)
            if times and self._wanted.together:
                return self._of_one_week(times[0], index)
            if times:
                return self._answer(spots=self._spots(self._picked(times), by_place), wish=index)
        return self._near(now) if self._wanted.wishes else self._soonest(now)

    def _of_one_week(self, first: int, index: int) -> Found:
        """Times of all ranges, from the first free one on; ``index``: the range that it is in."""
        week = self._window.span(first, first + _WEEK)
        within = 0
        for wish in self._wanted.wishes:
            within |= 0 if isinstance(wish, WallWish) else self._window.span(*wish) & week
        by_place = dict.fromkeys((place.id for place in self._board.places), within)
        return self._answer(spots=self._spots(self._picked(self._times(by_place)), by_place), wish=index)

    def _picked(self, times: Sequence[int]) -> list[int]:
        match self._wanted.order:
            case "soonest":
                return ranking.first(times, self._wanted.limit)
            case "latest":
                return ranking.last(times, self._zone, self._wanted.limit)
        return ranking.spread(times, self._zone, self._wanted.limit)

    def _soonest(self, now: datetime) -> Found:
        times = self._around(self._board.bounds.earliest)
        if times:
            return self._answer(spots=self._spots(ranking.soonest(times, self._zone, self._wanted.limit)))
        ever = self._board.bounds.earliest, self._board.bounds.latest + 1
        return self._answer(closed=reason(self._case, ever, now))

    def _near(self, now: datetime) -> Found:
        wish = self._wanted.wishes[0]
        if isinstance(wish, WallWish):
            minute = minutes_at(self._zone, wish.day, wish.minute)[0]
            wish = minute, minute + 1
        near = ranking.nearest(self._around(wish[0]), wish, self._zone, self._wanted.limit)
        return self._answer(closed=reason(self._case, wish, now), alternatives=self._spots(near))

    def _unclear(self, wish: WallWish, meant: Sequence[int]) -> Found:
        """A wall time that a clock shows twice, or never: the times that may be meant, or the nearest ones."""
        if meant:
            closed = Closed(AMBIGUOUS_TIME, {"zone": self._zone})
            return self._answer(closed=closed, alternatives=self._spots(meant))
        close = minute_nearest(self._zone, wish.day, wish.minute)
        nearest = sorted(self._around(close), key=lambda minute: (abs(minute - close), minute))[:2]
        closed = Closed(NO_SUCH_TIME, {"zone": self._zone})
        return self._answer(closed=closed, alternatives=self._spots(sorted(nearest)))

    def _by_place(self, wish: Interval | WallWish) -> dict[int, int]:
        if not isinstance(wish, WallWish):
            return dict.fromkeys((place.id for place in self._board.places), self._window.span(*wish))
        return {
            place.id: self._window.bits(
                (minute, minute + 1) for minute in minutes_at(place.zone, wish.day, wish.minute)
            )
            for place in self._board.places
        }

    def _around(self, minute: int) -> list[int]:
        """Bookable times near a minute, looked for farther and farther until there are enough to choose from."""
        bounds, times = self._board.bounds, list[int]()
        minute = min(max(minute, bounds.earliest), bounds.latest)
        for days in _REACHES:
            near = self._window.span(minute - days * MINUTES_PER_DAY, minute + days * MINUTES_PER_DAY)
            times = self._times(dict.fromkeys((place.id for place in self._board.places), near))
            if len(times) >= self._wanted.limit:
                break
        return times

    def _times(self, by_place: Mapping[int, int]) -> list[int]:
        found = 0
        for place in self._board.places:
            found |= self._board.starts(place) & by_place[place.id]
        if self._wanted.after is not None:
            found &= self._window.span(self._wanted.after + 1, self._window.end)
        times = bits.minutes(found, self._window.base)
        return [minute for minute in times if minute not in self._wanted.shown]

    def _spots(self, times: Iterable[int], by_place: Mapping[int, int] | None = None) -> list[Spot]:
        """One spot for each time, of those whose turn it is; within the wish, if one is given."""
        chosen = []
        for minute in times:
            spots = self._board.spots(minute, minute + 1).get(minute, [])
            if by_place is not None:
                index = minute - self._window.base
                spots = [spot for spot in spots if bits.has(by_place[spot.location_id], index)]
            spot = fairness.choose(self._board, spots)
            if spot is not None:
                chosen.append(spot)
        return chosen

    def _answer(
        self,
        spots: Sequence[Spot] = (),
        wish: int | None = None,
        closed: Closed | None = None,
        alternatives: Sequence[Spot] = (),
    ) -> Found:
        zones = {place.id: place.zone for place in self._board.places}
        return Found(list(spots), wish, closed, list(alternatives), zones)
