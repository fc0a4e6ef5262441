"""The one answer to "when could this visit start": asked to list times, and asked again to book one.

Pure. Every resource is a set of minutes; a visit may start where all that it requires is free at once.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_

from scheduler_core.availability import bits
from scheduler_core.availability.assignment import assign, overlap
from scheduler_core.availability.blueprint import Blueprint, Place
from scheduler_core.availability.diary import Spoken, Spot, Window
from scheduler_core.availability.shape import Requirement, Shape, Spans
from scheduler_core.availability.slots import MINUTES_PER_DAY, merge

#: For each resource; a month of one shape takes a few kilobytes.
_SHAPES_REMEMBERED = 24


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and last minute at which a visit may start, and the minutes at which a limit forbids it."""

    earliest: int
    latest: int
    forbidden: int = 0


class WorkingHours:
    """When people are at work, as minutes of a window; what is worked out once stays for this blueprint."""

    def __init__(self, blueprint: Blueprint, window: Window) -> None:
        self.blueprint = blueprint
        self.window = window
        self.everything = bits.span(0, window.days * MINUTES_PER_DAY)
        self._open: dict[int, int] = {}
        self._working: dict[tuple[int, int], int] = {}
        self._same: dict[object, int] = {}

    def open(self, place: Place) -> int:
        if place.id not in self._open:
            low, high = self.window.base, self.window.end
            self._open[place.id] = self.window.bits(place.open(low, high))
        return self._open[place.id]

    def working(self, resource_id: int, place: Place) -> int:
        """People who keep the same hours are worked out once."""
        key = (resource_id, place.id)
        if key not in self._working:
            person = self.blueprint.by_resource[resource_id]
            alike = (
                place.id,
                person.zone,
                tuple(person.rules.get(place.id, ())),
                tuple(person.breaks),
                tuple((at, tuple(dated)) for at, dated in sorted(person.dated.items())),
            )
            if alike not in self._same:
                hours = person.at_work(place, self.window.base, self.window.end)
                self._same[alike] = self.window.bits(hours)
            self._working[key] = self._same[alike]
        return self._working[key]

    def visiting(self, place: Place) -> int:
        """When customers may be there: while it is open, or somebody works there against a holiday."""
        keepers = [
            person.resource_id
            for person in self.blueprint.people.values()
            if any(place.is_shut(each.day) for each in person.dated.get(place.id, ()))
        ]
        return reduce(or_, (self.working(key, place) for key in keepers), self.open(place))


@dataclass
class Board:
    """All that decides whether a visit of ``shape`` can start, within a window.

    ``sessions``: the class's meetings with a seat left, ``full`` those without; ``opens_sessions``: a booking may open
    one, as every booking does that is not of a class.
    """

    shape: Shape
    hours: WorkingHours
    places: Sequence[Place]
    spoken: Mapping[int, Spoken]
    bounds: Bounds
    sessions: Sequence[Spot] = ()
    opens_sessions: bool = True
    full: Sequence[Spot] = ()
    _opened: dict[int, int] = field(default_factory=dict)

    @property
    def window(self) -> Window:
        return self.hours.window

    def starts(self, place: Place) -> int:
        """The minutes at which the visit may start there, policies included."""
        joined = {spot.start for spot in self.sessions if spot.location_id == place.id}
        meeting = self.window.bits((start, start + 1) for start in joined) if joined else 0
        return self._openings(place) | self._allowed(meeting)

    def _openings(self, place: Place) -> int:
        """The starts that need nothing that is there already: every start, but for a class that meets."""
        if place.id not in self._opened:
            found = self._allowed(self.possible(place)) if self.opens_sessions else 0
            self._opened[place.id] = self._checked(found, place) if found and self._contested() else found
        return self._opened[place.id]

    def grid(self, place: Place) -> int:
        """The minutes on which the policy lets visits start."""
        return bits.grid(place.zone, self.shape.policy.grid_minutes, self.window.base, self.window.days)

    def possible(self, place: Place) -> int:
        """The starts at which all requirements are met there one by one, whatever the limits say."""
        found = bits.fits(self.hours.visiting(place), *self.shape.around) & self.grid(place)
        return reduce(and_, (self.anyone(each, place) for each in self.shape.requirements), found)

    def anyone(self, requirement: Requirement, place: Place) -> int:
        """The starts at which at least one candidate meets the requirement."""
        return reduce(or_, (self.one(key, requirement, place) for key in requirement.candidates), 0)

    def one(self, resource_id: int, requirement: Requirement, place: Place) -> int:
        """The starts at which this candidate meets it, with any of its units."""
        return reduce(or_, self._units(resource_id, requirement, place), 0)

    def at_work(self, resource_id: int, requirement: Requirement, place: Place) -> int:
        """The starts for which a person keeps the hours, free or not; all, for a thing."""
        if resource_id not in self.hours.blueprint.by_resource:
            return self.hours.everything
        return _fits_all(self.hours.working(resource_id, place), requirement.working)

    def blocked(self, resource_id: int, requirement: Requirement) -> int:
        """The starts for which a block of the resource is in the way."""
        if resource_id not in self.spoken:
            return 0
        free = self.hours.everything & ~self.window.bits(merge(self.spoken[resource_id].blocks))
        return self.hours.everything & ~_fits_all(free, requirement.taken)

    def spots(self, low: int, high: int) -> dict[int, list[Spot]]:
        """By minute, soonest first: everybody with whom the visit could start within [low, high), anywhere."""
        low, high = max(low, self.window.base), min(high, self.window.end)
        if low >= high:
            return {}
        found = defaultdict[int, list[Spot]](list)
        first, end = low - self.window.base, high - self.window.base
        lead, contested = self.shape.people[0], self._contested()
        for place in self.places:
            for spot in self.sessions:
                if spot.location_id == place.id and bits.has(
                    self.starts(place), spot.start - self.window.base
                ):
                    found[spot.start].append(spot)
            opened = bits.part(self._openings(place), first, end)
            for key in lead.candidates if opened else ():
                person = self.hours.blueprint.by_resource[key]
                free = bits.part(self.one(key, lead, place), first, end) & opened
                for minute in bits.minutes(free, low) if free else ():
                    if not contested or self.assignment(place, minute, key):
                        found[minute].append(Spot(minute, minute + self.shape.minutes, person.id, place.id))
        return {minute: found[minute] for minute in sorted(found) if low <= minute < high}

    def assignment(
        self, place: Place, minute: int, lead: int, prefer: Sequence[int] = ()
    ) -> list[tuple[int, int]]:
        """(resource id, unit) for each requirement, the first being ``lead``; empty: impossible.

        ``prefer``: resource ids in the order in which they should be chosen.
        """
        rank = {key: number for number, key in enumerate(prefer)}
        index = minute - self.window.base
        options = [
            [
                (key, unit)
                for key in sorted(each.candidates, key=lambda key: (rank.get(key, 0), key))
                if number or key == lead
                for unit, fit in enumerate(self._units(key, each, place))
                if bits.has(fit, index)
            ]
            for number, each in enumerate(self.shape.requirements)
        ]
        return assign(options, [each.taken for each in self.shape.requirements])

    def _units(self, resource_id: int, requirement: Requirement, place: Place) -> tuple[int, ...]:
        """The starts at which this candidate meets a requirement, by unit."""
        if not self._usable(resource_id, place):
            return ()
        known = self.spoken[resource_id]
        key = (requirement.working, requirement.taken, place.id, self.window, self.hours.blueprint.revision)
        fitting = known.fitting.get(key)
        if fitting is None:
            if len(known.fitting) >= _SHAPES_REMEMBERED:
                known.fitting.clear()
            at_work = self.at_work(resource_id, requirement, place)
            fitting = tuple(
                at_work & _fits_all(self.hours.everything & ~taken, requirement.taken)
                for taken in known.taken(self.window)
            )
            known.fitting[key] = fitting
        return fitting

    def _contested(self) -> bool:
        """Could two requirements want the same thing at the same time? Then each start has to be worked out."""
        all_of = self.shape.requirements
        return any(
            set(one.candidates) & set(other.candidates) and overlap(one.taken, other.taken)
            for position, one in enumerate(all_of)
            for other in all_of[:position]
        )

    def _checked(self, found: int, place: Place) -> int:
        lead = self.shape.people[0].candidates
        kept = (
            minute
            for minute in bits.minutes(found, self.window.base)
            if any(self.assignment(place, minute, key) for key in lead)
        )
        return self.window.bits((minute, minute + 1) for minute in kept)

    def _allowed(self, found: int) -> int:
        allowed = self.window.span(self.bounds.earliest, self.bounds.latest + 1)
        return found & allowed & ~self.bounds.forbidden

    def _usable(self, resource_id: int, place: Place) -> bool:
        thing = self.hours.blueprint.things.get(resource_id)
        return resource_id in self.spoken and (thing is None or thing.location_id in (None, place.id))


def _fits_all(free: int, spans: Spans) -> int:
    return reduce(and_, (bits.fits(free, low, high) for low, high in spans))
