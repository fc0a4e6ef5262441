"""Does a visit still fit the rules of its business? Which flags it deserves, each with its facts; pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scheduler_core.availability import bits
from scheduler_core.availability.blueprint import Place
from scheduler_core.availability.board import WorkingHours
from scheduler_core.availability.slots import MINUTES_PER_DAY, Interval, subtract, wall

OUTSIDE_HOURS, CLOSED = "outside_hours", "closed"
PERSON_AWAY, RESOURCE_BLOCKED = "person_away", "resource_blocked"
KINDS = (OUTSIDE_HOURS, CLOSED, PERSON_AWAY, RESOURCE_BLOCKED)

Flags = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Item:
    """[start, end) minutes of one service by one person."""

    service_id: int
    staff_id: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Visit:
    """``things``: what it has reserved besides people, as far as that could be blocked or gone."""

    id: int
    location_id: int
    start: int
    end: int
    items: Sequence[Item]
    things: Sequence[int] = ()


@dataclass
class Rules:
    """Hours and blocks (by resource) over all of the visits' time; what is worked out once is kept."""

    hours: WorkingHours
    blocks: Mapping[int, Sequence[Interval]]
    _visiting: dict[int, int] = field(default_factory=dict)

    def flags_of(self, visit: Visit) -> Flags:
        """By kind; none: the visit fits."""
        return {**self._outside(visit), **self._away(visit), **self._blocked(visit)}

    def _outside(self, visit: Visit) -> Flags:
        """The hours do not hold it: because its day is closed, or for some other reason."""
        place = self.hours.blueprint.places.get(visit.location_id)
        if place is None:
            return {CLOSED: {"location_id": visit.location_id}}
        absent = [item.staff_id for item in visit.items if not self._works(item, place)]
        held = self._holds(self._open(place), [(visit.start, visit.end)])
        if held and not absent:
            return {}
        if self._shut(place, visit):
            return {CLOSED: {"location_id": place.id}}
        return {OUTSIDE_HOURS: {"staff_id": absent[0]} if held else {"location_id": place.id}}

    def _works(self, item: Item, place: Place) -> bool:
        """Who has left has no hours; that is another flag."""
        person = self.hours.blueprint.people.get(item.staff_id)
        return person is None or self._holds(
            self.hours.working(person.resource_id, place), self._needed(item)
        )

    def _away(self, visit: Visit) -> Flags:
        for item in visit.items:
            person = self.hours.blueprint.people.get(item.staff_id)
            if person is None or self._is_blocked(person.resource_id, self._needed(item)):
                return {PERSON_AWAY: {"staff_id": item.staff_id}}
        return {}

    def _blocked(self, visit: Visit) -> Flags:
        for key in visit.things:
            gone = key not in self.hours.blueprint.things
            if gone or self._is_blocked(key, [(visit.start, visit.end)]):
                return {RESOURCE_BLOCKED: {"resource_id": key}}
        return {}

    def _is_blocked(self, resource_id: int, spans: Iterable[Interval]) -> bool:
        blocks = self.blocks.get(resource_id, ())
        return any(low < end and start < high for start, end in spans for low, high in blocks)

    def _needed(self, item: Item) -> list[Interval]:
        """When the person is needed: not during the gaps of the service, if it is still as it was."""
        service = self.hours.blueprint.services.get(item.service_id)
        gaps = service.gaps if service and service.minutes == item.end - item.start else []
        pauses = [(item.start + start, item.start + start + length) for start, length in gaps]
        return subtract([(item.start, item.end)], pauses)

    def _open(self, place: Place) -> int:
        if place.id not in self._visiting:
            self._visiting[place.id] = self.hours.visiting(place)
        return self._visiting[place.id]

    def _holds(self, minutes: int, spans: Iterable[Interval]) -> bool:
        base = self.hours.window.base
        return all(not bits.span(0, end - start) & ~(minutes >> (start - base)) for start, end in spans)

    def _shut(self, place: Place, visit: Visit) -> bool:
        """Does a closure or a holiday lie over it?"""
        if any(low < visit.end and visit.start < high for low, high in place.closed):
            return True
        first, last = wall(place.zone, visit.start)[0], wall(place.zone, visit.end - 1)[0]
        return any(place.is_shut(day) for day in range(first, last + 1))


def reach(visits: Iterable[Visit]) -> Interval:
    """The first and the last minute of any of them."""
    spans = [(visit.start, visit.end) for visit in visits] or [(0, MINUTES_PER_DAY)]
    return min(start for start, _ in spans), max(end for _, end in spans)
