"""What a business offers and when, as the engine sees it, pure: read once per revision of the business's rules."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from scheduler_core.availability.slots import (
    Dated,
    Interval,
    Rule,
    intersect,
    merge,
    number_of,
    subtract,
    windows,
)
from scheduler_core.businesses.policy import Policy
from scheduler_core.errors import NotFound, RefusedByPolicy

__all__ = ["Blueprint", "Person", "Place", "ServiceRules", "Thing", "number_of"]


@dataclass(slots=True)
class Place:
    """A location: weekly opening, dates that differ, holidays (day numbers), and times it is closed for once."""

    id: int
    zone: str
    opening: list[Rule] = field(default_factory=list)
    dated: list[Dated] = field(default_factory=list)
    holidays: set[int] = field(default_factory=set)
    closed: list[Interval] = field(default_factory=list)

    def open(self, low: int, high: int) -> list[Interval]:
        """When it is open within [low, high); a date's own hours stand against a holiday."""
        shut = sorted(day for day in self.holidays if self.is_shut(day))
        dated = (*self.dated, *(Dated(day, 0, 0) for day in shut))
        return subtract(windows(tuple(self.opening), self.zone, low, high, dated), self.closed)

    def is_shut(self, day: int) -> bool:
        """Is it a holiday, without hours of its own?"""
        return day in self.holidays and all(each.day != day for each in self.dated)


@dataclass(slots=True)
class Person:
    """Who does the work: weekly hours and dates that differ by location, breaks; in their own zone if they have one."""

    id: int
    resource_id: int
    zone: str | None
    skills: frozenset[str]
    rules: dict[int, list[Rule]] = field(default_factory=dict)
    dated: dict[int, list[Dated]] = field(default_factory=dict)
    breaks: list[Rule] = field(default_factory=list)

    def at_work(self, place: Place, low: int, high: int) -> list[Interval]:
        """When they work there within [low, high).

        A date on which they have hours of their own anywhere replaces their weekday everywhere, and holds on a holiday
        of the place too.
        """
        zone = self.zone or place.zone
        here = self.dated.get(place.id, [])
        elsewhere = {each.day for dated in self.dated.values() for each in dated} - {
            each.day for each in here
        }
        dated = (*here, *(Dated(day, 0, 0) for day in sorted(elsewhere)))
        hours = windows(tuple(self.rules.get(place.id, ())), zone, low, high, dated)
        working = intersect(hours, place.open(low, high))
        extra = tuple(each for each in here if place.is_shut(each.day))
        if extra:
            working = merge([*working, *subtract(windows((), zone, low, high, extra), place.closed)])
        return subtract(working, windows(tuple(self.breaks), zone, low, high)) if self.breaks else working


@dataclass(frozen=True, slots=True)
class Thing:
    """A room, chair, vehicle or tool: how many there are of it, and where; ``None``: anywhere."""

    id: int
    capacity: int
    location_id: int | None


@dataclass(slots=True)
class ServiceRules:
    """A service: its times in minutes, its needs (one of each group), and the policy that holds for it."""

    id: int
    minutes: int
    before: int
    after: int
    price_minor: int
    gaps: list[Interval]
    capacity: int
    on_demand: bool
    is_addon: bool
    is_archived: bool
    skills: frozenset[str]
    own_policy: dict[str, object]
    policy: Policy
    needs: dict[int, list[int]] = field(default_factory=dict)
    addons: set[int] = field(default_factory=set)
    staff: set[int] = field(default_factory=set)

    @property
    def names_nobody(self) -> bool:
        """An add-on that is done by whoever does the service it goes with."""
        return self.is_addon and not self.staff and not self.skills


@dataclass
class Blueprint:
    """All rules of one business at one ``revision``. Of what is archived only services are in it, for visits agreed."""

    business_id: int
    revision: int
    zone: str
    policy: Policy
    places: dict[int, Place] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    things: dict[int, Thing] = field(default_factory=dict)
    services: dict[int, ServiceRules] = field(default_factory=dict)

    @cached_property
    def by_resource(self) -> dict[int, Person]:
        """People by their resource."""
        return {person.resource_id: person for person in self.people.values()}

    @cached_property
    def horizon_days(self) -> int:
        """The farthest that any policy looks ahead."""
        return max([self.policy.horizon_days, *(each.policy.horizon_days for each in self.services.values())])

    @cached_property
    def counts_idleness(self) -> bool:
        """Does any policy choose by who has been idle longest?"""
        policies = [self.policy, *(each.policy for each in self.services.values())]
        return any(policy.assignment == "longest_idle" for policy in policies)

    def service(self, service_id: int) -> ServiceRules:
        """Raises ``NotFound``, for one that is no longer offered too."""
        if service_id not in self.services or self.services[service_id].is_archived:
            raise NotFound("unknown service")
        return self.services[service_id]

    def agreed(self, service_id: int, minutes: int) -> ServiceRules:
        """A service as it was agreed: it may be archived by now, and it keeps its length."""
        found = self.services[service_id]
        if found.minutes == minutes:
            return found
        return replace(found, minutes=minutes, gaps=[gap for gap in found.gaps if sum(gap) < minutes])

    def places_for(self, location_id: int | None) -> list[Place]:
        if location_id is None:
            return [self.places[key] for key in sorted(self.places)]
        if location_id not in self.places:
            raise NotFound("unknown location")
        return [self.places[location_id]]

    def offering(self, service: ServiceRules) -> set[int]:
        """The ids of those who do a service: named for it, or with all of its skills.

        An add-on that names nobody is done by whoever does the service it goes with.
        """
        if service.names_nobody:
            return set(self.people)
        skilled = (
            {p.id for p in self.people.values() if service.skills <= p.skills} if service.skills else set()
        )
        return (service.staff & self.people.keys()) | skilled

    def must_offer(self, staff_id: int, service: ServiceRules) -> None:
        """Raise ``NotFound`` for an unknown person, ``RefusedByPolicy`` for one who does not do the service."""
        if staff_id not in self.people:
            raise NotFound("unknown staff member")
        if staff_id not in self.offering(service):
            raise RefusedByPolicy("not_offered", staff_id=staff_id, service_id=service.id)
