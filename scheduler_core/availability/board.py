"""The one answer to "who could start this service when": asked to list times, and asked again to book one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scheduler_core.availability.slots import (
    MINUTES_PER_DAY,
    Interval,
    Rule,
    Visit,
    intersect,
    merge,
    on_grid,
    starts,
    subtract,
    wall,
    windows,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A location's zone and opening rules, and the times it is closed for once."""

    id: int
    zone: str
    opening: tuple[Rule, ...]
    closed: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Who can do the service: their hours by location, when they are away, and what is reserved already."""

    id: int
    resource_id: int
    rules: Mapping[int, tuple[Rule, ...]]
    away: tuple[Interval, ...] = ()
    busy: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class Spot:
    """A bookable start: a minute, a person and a place."""

    start: int
    staff_id: int
    location_id: int


@dataclass(frozen=True)
class Board:
    """All that decides whether a time can be booked, between ``low`` and ``high``.

    ``earliest`` and ``latest`` are the first and last minute at which a visit may start by the policies.
    """

    visit: Visit
    grid: int
    earliest: int
    latest: int
    low: int
    high: int
    places: Sequence[Place]
    people: Sequence[Person]
    _opening: dict[int, list[Interval]] = field(default_factory=dict)
    _working: dict[tuple[int, int], list[Interval]] = field(default_factory=dict)
    _starts: dict[tuple[int, int], list[Interval]] = field(default_factory=dict)

    def opening(self, place: Place) -> list[Interval]:
        """When the place is open, closures taken out."""
        if place.id not in self._opening:
            self._opening[place.id] = subtract(windows(place.opening, place.zone, *self._reach), place.closed)
        return self._opening[place.id]

    def working(self, person: Person, place: Place) -> list[Interval]:
        """When the person is at work in the open place."""
        key = (person.id, place.id)
        if key not in self._working:
            hours = windows(person.rules.get(place.id, ()), place.zone, *self._reach)
            self._working[key] = intersect(subtract(hours, person.away), self.opening(place))
        return self._working[key]

    def spots(self, low: int, high: int) -> dict[int, list[Spot]]:
        """Every bookable start within [low, high), by minute, soonest first, with all who could take it."""
        within = [(max(low, self.earliest, self.low), min(high, self.latest + 1, self.high))]
        found: dict[int, list[Spot]] = defaultdict(list)
        for place in self.places:
            for person in self.people:
                allowed = intersect(self._starts_of(person, place), within)
                for minute in on_grid(allowed, place.zone, self.grid):
                    found[minute].append(Spot(minute, person.id, place.id))
        return dict(sorted(found.items()))

    def load(self) -> dict[tuple[int, int], int]:
        """How many reservations a person has on a day, by (person, day number)."""
        counts: dict[tuple[int, int], int] = defaultdict(int)
        zone = self.places[0].zone if self.places else "UTC"
        for person in self.people:
            for start, _ in person.busy:
                counts[person.id, wall(zone, start)[0]] += 1
        return counts

    def _starts_of(self, person: Person, place: Place) -> list[Interval]:
        key = (person.id, place.id)
        if key not in self._starts:
            self._starts[key] = starts(self.working(person, place), merge(person.busy), self.visit)
        return self._starts[key]

    @property
    def _reach(self) -> tuple[int, int]:
        """Whole days around [low, high), so that no opening window is cut where it matters."""
        day = MINUTES_PER_DAY
        return (self.low // day - 2) * day, (self.high // day + 3) * day
