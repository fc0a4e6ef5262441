"""Who is chosen when anybody will do: the fewest visits that day, or the longest idle; pure."""

from bisect import bisect_left
from collections.abc import Iterable

from scheduler_core.availability.board import Board
from scheduler_core.availability.diary import Spot
from scheduler_core.availability.slots import MINUTES_PER_DAY, Interval, day_span, wall

#: Who has had no visit for so long has been idle for ever: as far back as both a search and a booking look.
IDLE_DAYS = 14

_NEVER = -(1 << 40)


def choose(board: Board, spots: Iterable[Spot]) -> Spot | None:
    """One of the spots of a minute; a class that meets already comes before a new one, so that classes fill."""
    return min(spots, key=lambda spot: (spot.class_id is None, *_key(board, spot)), default=None)


def order(board: Board, minute: int, zone: str) -> list[int]:
    """All candidates' resource ids, the one whose turn it is first."""
    everybody = {key for each in board.shape.people for key in each.candidates}
    return sorted(everybody, key=lambda key: (*_turn(board, key, minute, zone), key))


def _key(board: Board, spot: Spot) -> tuple[int, int, int, int]:
    person = board.hours.blueprint.people[spot.staff_id]
    zone = board.hours.blueprint.places[spot.location_id].zone
    return *_turn(board, person.resource_id, spot.start, zone), spot.staff_id, spot.location_id


def _turn(board: Board, resource_id: int, minute: int, zone: str) -> tuple[int, int]:
    spoken = board.spoken.get(resource_id)
    visits: tuple[Interval, ...] = spoken.units[0] if spoken else ()
    low, high = day_span(zone, wall(zone, minute)[0])
    at = bisect_left(visits, (minute, minute))
    count = bisect_left(visits, (high, high)) - bisect_left(visits, (low, low))
    fewest_first = board.shape.policy.assignment == "fewest"
    since = low if fewest_first else minute - IDLE_DAYS * MINUTES_PER_DAY
    last_end = visits[at - 1][1] if at and visits[at - 1][1] > since else _NEVER
    return (count, last_end) if fewest_first else (last_end, count)
