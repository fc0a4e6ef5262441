"""What a visit of one or several services takes, of whom and of what, as minutes around its start; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from scheduler_core.availability.blueprint import Blueprint, ServiceRules
from scheduler_core.availability.slots import Interval, merge, subtract
from scheduler_core.businesses.policy import Policy
from scheduler_core.db.guards import LONGEST_RESERVATION
from scheduler_core.errors import RefusedByPolicy

Spans = tuple[Interval, ...]
_LONGEST = LONGEST_RESERVATION // timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Requirement:
    """One of ``candidates`` (resource ids): free for ``taken``; if a person, at work for ``working``."""

    candidates: tuple[int, ...]
    working: Spans
    taken: Spans


@dataclass(frozen=True, slots=True)
class Item:
    """A service within the visit: [start, end) minutes after its start; ``part``: whose person does it."""

    service_id: int
    start: int
    end: int
    price_minor: int
    part: int


@dataclass(frozen=True, slots=True)
class Shape:
    """``people`` and ``things`` are all required; ``around`` is the visit with its buffers, if hours must hold it."""

    items: tuple[Item, ...]
    people: tuple[Requirement, ...]
    things: tuple[Requirement, ...]
    minutes: int
    around: Interval
    policy: Policy

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        return self.people + self.things

    @property
    def reach(self) -> Interval:
        """The minutes before and after the start that any of it touches."""
        spans = [span for each in self.requirements for span in each.taken] + [(0, self.minutes)]
        return min(low for low, _ in spans), max(high for _, high in spans)


def shape_of(
    blueprint: Blueprint,
    service_ids: Sequence[int],
    staff_id: int | None,
    agreed: Sequence[int] = (),
    not_with: Sequence[int] = (),
) -> Shape:
    """One person does all when somebody can, or the named one must; else each service has its own.

    Raises ``NotFound``, or ``RefusedByPolicy`` when the services do not go together or the person does not do them."""
    if agreed:
        pairs = zip(service_ids, agreed, strict=True)
        services = [blueprint.agreed(key, minutes) for key, minutes in pairs]
    else:
        services = [blueprint.service(key) for key in service_ids]
        _must_go_together(services)
    policy = services[0].policy
    parts = _parts(blueprint, services, staff_id, not_with)
    offsets = [sum(each.minutes for each in services[:index]) for index in range(len(services))]
    items, people = [], []
    for number, (members, candidates) in enumerate(parts):
        spans = [(offsets[index], services[index]) for index in members]
        people.append(_person(blueprint, spans, candidates, policy))
        items += [Item(each.id, at, at + each.minutes, each.price_minor, number) for at, each in spans]
    minutes = sum(each.minutes for each in services)
    before, after = services[0].before, services[-1].after
    if before + minutes + after > _LONGEST:
        raise RefusedByPolicy("too_long", minutes=minutes)
    return Shape(
        items=tuple(items),
        people=tuple(people),
        things=tuple(_needs(services, offsets)),
        minutes=minutes,
        around=(0, minutes) if policy.buffers_beyond_hours else (-before, minutes + after),
        policy=policy,
    )


def _must_go_together(services: Sequence[ServiceRules]) -> None:
    first, rest = services[0], services[1:]
    if first.is_addon:
        raise RefusedByPolicy("addon_alone", service_id=first.id)
    offered = {key for each in services for key in each.addons}
    for each in rest:
        if each.is_addon and each.id not in offered:
            raise RefusedByPolicy("addon_not_offered", service_id=each.id)
    if rest and any(each.capacity > 1 for each in services):
        raise RefusedByPolicy("class_alone", service_id=next(s.id for s in services if s.capacity > 1))


def _parts(
    blueprint: Blueprint, services: Sequence[ServiceRules], staff_id: int | None, not_with: Sequence[int]
) -> list[tuple[list[int], set[int]]]:
    """(indexes of services, ids of staff who could do them), in order."""
    everything = list(range(len(services)))
    offering = [blueprint.offering(each).difference(not_with) for each in services]
    if staff_id is not None:
        blueprint.must_offer(staff_id, services[0])
        if all(staff_id in each for each in offering):
            return [(everything, {staff_id})]
        offering[0] = {staff_id}
    common = set.intersection(*offering)
    if common or len(services) == 1:
        return [(everything, common)]
    parts: list[tuple[list[int], set[int]]] = []
    for index, (service, who) in enumerate(zip(services, offering, strict=True)):
        goes_with = [p for p in parts if any(service.id in services[at].addons for at in p[0])]
        if service.names_nobody and goes_with:
            goes_with[-1][0].append(index)
        else:
            parts.append(([index], who))
    return parts


def _person(
    blueprint: Blueprint, spans: Sequence[tuple[int, ServiceRules]], candidates: Iterable[int], policy: Policy
) -> Requirement:
    busy = merge(piece for at, service in spans for piece in _pieces(at, service))
    taken = _widened(busy, spans[0][1].before, spans[-1][1].after)
    working = tuple(busy) if policy.buffers_beyond_hours else taken
    resources = sorted(blueprint.people[key].resource_id for key in candidates)
    return Requirement(tuple(resources), working, taken)


def _pieces(at: int, service: ServiceRules) -> list[Interval]:
    """When the person is needed: the service without its gaps."""
    whole = [(at, at + service.minutes)]
    return subtract(whole, [(at + start, at + start + length) for start, length in service.gaps])


def _needs(services: Sequence[ServiceRules], offsets: Sequence[int]) -> Iterable[Requirement]:
    """Things are kept during gaps; buffers count before the first service and after the last."""
    last = len(services) - 1
    for index, (at, service) in enumerate(zip(offsets, services, strict=True)):
        before, after = service.before if index == 0 else 0, service.after if index == last else 0
        whole = (at, at + service.minutes)
        for _, group in sorted(service.needs.items()):
            yield Requirement(tuple(group), (whole,), _widened([whole], before, after))


def _widened(spans: Sequence[Interval], before: int, after: int) -> Spans:
    first, last = spans[0], spans[-1]
    if len(spans) == 1:
        return ((first[0] - before, first[1] + after),)
    return ((first[0] - before, first[1]), *spans[1:-1], (last[0], last[1] + after))
