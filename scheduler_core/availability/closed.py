"""Why no visit can start at a wished time, as a stable code with facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from scheduler_core.availability.board import Board, Person, Place
from scheduler_core.availability.slots import (
    MINUTES_PER_DAY,
    Interval,
    day_of,
    instant_of,
    intersect,
    merge,
    on_grid,
    starts,
    wall,
)

PAST, TOO_SOON, TOO_FAR = "past", "too_soon", "too_far"
CLOSED_DAY, OUTSIDE_HOURS, PERSON_AWAY = "closed_day", "outside_hours", "person_away"
OFF_GRID, TAKEN = "off_grid", "taken"


@dataclass(frozen=True, slots=True)
class Closed:
    """``facts`` are JSON values: local day, opening windows of that day, who was asked for."""

    code: str
    facts: dict[str, Any]


def reason(board: Board, wish: Interval, now: int, staff_id: int | None) -> Closed:
    """Why nothing starts within ``wish`` (minutes); ``now`` is the present minute, rounded up."""
    low, high = max(wish[0], board.earliest), min(wish[1], board.latest + 1)
    if wish[1] <= now:
        return Closed(PAST, _facts(board, wish, staff_id))
    if wish[0] > board.latest:
        return Closed(TOO_FAR, {**_facts(board, wish, staff_id), "latest": _iso(board.latest)})
    if low >= high:
        return Closed(TOO_SOON, {**_facts(board, wish, staff_id), "earliest": _iso(board.earliest)})
    facts = _facts(board, (low, high), staff_id)
    if not facts["windows"]:
        return Closed(CLOSED_DAY, facts)
    openings = [
        hours for place in board.places for hours in _fitting(board, board.opening(place), (low, high))
    ]
    if not openings:
        return Closed(OUTSIDE_HOURS, facts)
    if staff_id is not None and not _at_work(board, (low, high)):
        return Closed(PERSON_AWAY, facts)
    zone = board.places[0].zone
    if not any(True for _ in on_grid(openings, zone, board.grid)):
        return Closed(OFF_GRID, {**facts, "grid_minutes": board.grid})
    return Closed(TAKEN, facts)


def _fitting(board: Board, hours: list[Interval], wish: Interval) -> list[Interval]:
    """The starts within the wish from which a whole visit fits into ``hours``."""
    return intersect(starts(hours, (), board.visit), [wish])


def _at_work(board: Board, wish: Interval) -> bool:
    return any(
        _fitting(board, board.working(person, place), wish)
        for person in board.people
        for place in board.places
    )


def _facts(board: Board, wish: Interval, staff_id: int | None) -> dict[str, Any]:
    if not board.places:
        return {"windows": [], "staff_id": staff_id}
    place = board.places[0]
    day, last_day = wall(place.zone, wish[0])[0], wall(place.zone, wish[1] - 1)[0]
    facts: dict[str, Any] = {
        "day": day_of(day).isoformat(),
        "last_day": day_of(last_day).isoformat(),
        "windows": _windows(board, day, last_day),
        "staff_id": staff_id,
        "location_id": place.id if len(board.places) == 1 else None,
    }
    if staff_id is not None:
        facts["works_weekdays"] = _weekdays(board.people, board.places)
    return facts


def _windows(board: Board, day: int, last_day: int) -> list[list[str]]:
    """The wall-clock opening windows, any place, of the first day of the wish on which one is open."""
    for wanted in range(day, min(last_day, day + 31) + 1):
        found = merge(pair for place in board.places for pair in _windows_of(board, place, wanted))
        if found:
            return [[_clock(opens), _clock(closes)] for opens, closes in found]
    return []


def _windows_of(board: Board, place: Place, day: int) -> list[tuple[int, int]]:
    found = []
    for start, end in board.opening(place):
        (start_day, opens), (end_day, closes) = wall(place.zone, start), wall(place.zone, end - 1)
        if start_day == day:
            found.append((opens, closes + 1 + (end_day - day) * MINUTES_PER_DAY))
    return found


def _weekdays(people: Sequence[Person], places: Sequence[Place]) -> list[int]:
    known = {place.id for place in places}
    return sorted(
        {
            rule.weekday
            for person in people
            for at, rules in person.rules.items()
            if at in known
            for rule in rules
        }
    )


def _clock(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours % 24 if hours != 24 else 24:02}:{rest:02}"


def _iso(minute: int) -> str:
    return instant_of(minute).astimezone(UTC).isoformat().replace("+00:00", "Z")
