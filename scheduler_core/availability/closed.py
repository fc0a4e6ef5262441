"""Why no visit can start at a wished time, as a stable code with facts; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from operator import or_
from typing import Any

from scheduler_core.availability import bits
from scheduler_core.availability.blueprint import Place
from scheduler_core.availability.board import Board
from scheduler_core.availability.case import Case
from scheduler_core.availability.slots import (
    MINUTES_PER_DAY,
    Interval,
    day_of,
    day_span,
    instant_of,
    merge,
    minute_from,
    wall,
)

PAST, TOO_SOON, TOO_FAR = "past", "too_soon", "too_far"
CLOSED_DAY, OUTSIDE_HOURS, PERSON_AWAY = "closed_day", "outside_hours", "person_away"
OFF_GRID, RESOURCE_BUSY, TAKEN = "off_grid", "resource_busy", "taken"
NO_CLASS, NOT_OFFERED = "no_class", "not_offered"


@dataclass(frozen=True, slots=True)
class Closed:
    """``facts`` are JSON values: local day, opening windows of that day, who was asked for."""

    code: str
    facts: dict[str, Any]


def reason(case: Case, wish: Interval, now: datetime) -> Closed:
    """Why nothing starts within ``wish`` (minutes); of several reasons the one that no other time that day cures."""
    bounds = case.board.bounds
    low, high = max(wish[0], bounds.earliest), min(wish[1], bounds.latest + 1)
    facts = _facts(case, (low, high) if low < high else wish)
    if wish[1] <= minute_from(now):
        return Closed(PAST, facts)
    if wish[0] > bounds.latest:
        return Closed(TOO_FAR, {**facts, "latest": _iso(bounds.latest)})
    if low >= high:
        return Closed(TOO_SOON, {**facts, "earliest": _iso(bounds.earliest)})
    for limit in case.forbidden:
        if _covers(limit.minutes, (low, high)):
            return Closed(limit.code, facts)
    if not facts["windows"]:
        return Closed(CLOSED_DAY, facts)
    return Closed(
        _obstacle(case.board, (low, high)), {**facts, "grid_minutes": case.board.shape.policy.grid_minutes}
    )


def _obstacle(board: Board, wish: Interval) -> str:
    """The first thing in the way, from the doors to the diary."""
    wished = board.window.span(*wish)

    def somewhere(starts: Iterable[int]) -> bool:
        return bool(reduce(or_, starts, 0) & wished)

    if any(wish[0] <= meeting.start < wish[1] for meeting in board.full):
        return TAKEN
    if not board.opens_sessions:
        return NO_CLASS
    if not all(each.candidates for each in board.shape.people):
        return NOT_OFFERED
    if not somewhere(bits.fits(board.hours.visiting(place), *board.shape.around) for place in board.places):
        return OUTSIDE_HOURS
    if not somewhere(_at_work(board, place) for place in board.places):
        return PERSON_AWAY
    if not somewhere(_at_work(board, place) & board.grid(place) for place in board.places):
        return OFF_GRID
    if board.shape.things and somewhere(
        _people_free(board, place) & board.grid(place) for place in board.places
    ):
        return RESOURCE_BUSY
    return TAKEN


def _at_work(board: Board, place: Place) -> int:
    """The starts for which somebody keeps the hours, free or not; blocked people are away."""
    found = bits.fits(board.hours.visiting(place), *board.shape.around)
    for requirement in board.shape.people:
        found &= reduce(
            or_,
            (
                board.at_work(key, requirement, place) & ~board.blocked(key, requirement)
                for key in requirement.candidates
            ),
            0,
        )
    return found


def _people_free(board: Board, place: Place) -> int:
    found = bits.fits(board.hours.visiting(place), *board.shape.around)
    for requirement in board.shape.people:
        found &= board.anyone(requirement, place)
    return found


def _covers(minutes: Sequence[Interval], wish: Interval) -> bool:
    return any(start <= wish[0] and wish[1] <= end for start, end in merge(minutes))


def _facts(case: Case, wish: Interval) -> dict[str, Any]:
    board, staff_id = case.board, case.question.staff_id
    if not board.places:
        return {"windows": [], "staff_id": staff_id}
    place = case.told_at
    day, last_day = wall(place.zone, wish[0])[0], wall(place.zone, wish[1] - 1)[0]
    facts: dict[str, Any] = {
        "day": day_of(day).isoformat(),
        "last_day": day_of(last_day).isoformat(),
        "windows": _windows(board, day, last_day),
        "staff_id": staff_id,
        "location_id": place.id if len(board.places) == 1 else None,
    }
    if staff_id is not None:
        facts["works_weekdays"] = _weekdays(case, staff_id)
    return facts


def _windows(board: Board, day: int, last_day: int) -> list[list[str]]:
    """The wall-clock opening windows, any place, of the first day of the wish on which one is open."""
    for wanted in range(day, min(last_day, day + 31) + 1):
        found = merge(pair for place in board.places for pair in _windows_of(board, place, wanted))
        if found:
            return [[_clock(opens), _clock(closes)] for opens, closes in found]
    return []


def _windows_of(board: Board, place: Place, day: int) -> list[tuple[int, int]]:
    """When customers may be there on a day; hours that pass midnight belong to both days."""
    midnight, next_midnight = day_span(place.zone, day)
    visiting = board.hours.visiting(place) & board.window.span(midnight - 1, next_midnight + MINUTES_PER_DAY)
    found = []
    for start, end in bits.runs(visiting, board.window.base):
        if start < next_midnight and end > midnight:
            opens = wall(place.zone, max(start, midnight))[1]
            last_day, closes = wall(place.zone, end - 1)
            ends = closes + 1 + (last_day - day) * MINUTES_PER_DAY
            found.append((opens, ends if start > midnight - 1 else min(ends, MINUTES_PER_DAY)))
    return found


def _weekdays(case: Case, staff_id: int) -> list[int]:
    known = {place.id for place in case.board.places}
    rules = case.blueprint.people[staff_id].rules
    return sorted({rule.weekday for at, own in rules.items() if at in known for rule in own})


def _clock(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours % 24 if hours != 24 else 24:02}:{rest:02}"


def _iso(minute: int) -> str:
    return instant_of(minute).astimezone(UTC).isoformat().replace("+00:00", "Z")
