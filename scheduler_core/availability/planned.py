"""A decided visit: when, where, with whom, what it takes and at what price; not yet anybody's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from scheduler_core.availability import fairness
from scheduler_core.availability.case import Case
from scheduler_core.availability.diary import Spot
from scheduler_core.availability.shape import Shape
from scheduler_core.availability.slots import instant_of
from scheduler_core.businesses.policy import Policy
from scheduler_core.errors import SlotTaken


@dataclass(frozen=True, slots=True)
class PlannedItem:
    service_id: int
    staff_id: int
    start: datetime
    end: datetime
    price_minor: int


@dataclass(frozen=True, slots=True)
class Take:
    """[start, end) of one unit of a resource."""

    resource_id: int
    unit: int
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """``seats`` above 1: a class; ``class_id``: the one to join, ``None``: it is opened."""

    business_id: int
    start: datetime
    end: datetime
    zone: str
    location_id: int
    items: tuple[PlannedItem, ...]
    takes: tuple[Take, ...]
    policy: Policy
    seats: int = 1
    class_id: int | None = None

    @property
    def staff_id(self) -> int:
        return self.items[0].staff_id

    @property
    def service_id(self) -> int:
        return self.items[0].service_id

    @property
    def price_minor(self) -> int:
        return sum(item.price_minor for item in self.items)

    @property
    def resource_ids(self) -> set[int]:
        return {take.resource_id for take in self.takes}


def plan_of(case: Case, spot: Spot) -> PlannedVisit:
    """The visit at a spot of the case's board."""
    board, blueprint = case.board, case.blueprint
    place = blueprint.places[spot.location_id]
    first = blueprint.services[case.question.service_ids[0]]
    people: list[int] = [spot.staff_id]
    takes: tuple[Take, ...] = ()
    if spot.class_id is None:
        chosen = _chosen(case, spot)
        people = [blueprint.by_resource[key].id for key, _ in chosen[: len(board.shape.people)]]
        takes = tuple(_takes(board.shape, chosen, spot.start))
    return PlannedVisit(
        business_id=blueprint.business_id,
        start=instant_of(spot.start),
        end=instant_of(spot.end),
        zone=place.zone,
        location_id=place.id,
        items=tuple(
            PlannedItem(
                item.service_id,
                people[item.part],
                instant_of(spot.start + item.start),
                instant_of(spot.start + item.end if spot.class_id is None else spot.end),
                item.price_minor,
            )
            for item in board.shape.items
        ),
        takes=takes,
        policy=board.shape.policy,
        seats=first.capacity,
        class_id=spot.class_id,
    )


def _chosen(case: Case, spot: Spot) -> Sequence[tuple[int, int]]:
    """(resource id, unit) for each requirement, those whose turn it is before others.

    Raises ``SlotTaken`` when there are none: a visit that takes nothing would be in nobody's way.
    """
    board, place = case.board, case.blueprint.places[spot.location_id]
    lead = case.blueprint.people[spot.staff_id].resource_id
    turns = fairness.order(board, spot.start, place.zone)
    chosen = board.assignment(place, spot.start, lead, turns) or board.assignment(place, spot.start, lead)
    if not chosen:
        raise SlotTaken()
    return chosen


def _takes(shape: Shape, chosen: Sequence[tuple[int, int]], start: int) -> Iterator[Take]:
    for (key, unit), requirement in zip(chosen, shape.requirements, strict=True):
        for low, high in requirement.taken:
            yield Take(key, unit, instant_of(start + low), instant_of(start + high))
