"""Who and what takes which part of a visit, when several parts could want the same: a matching, pure."""

from collections import defaultdict
from collections.abc import Sequence

from scheduler_core.availability.shape import Spans

#: A resource and one of its units.
Unit = tuple[int, int]


def assign(options: Sequence[Sequence[Unit]], spans: Sequence[Spans]) -> list[Unit]:
    """For each requirement one of its options, none used twice at a time; empty when that cannot be.

    The first option that is free is taken; one in use is freed along an augmenting path, so the time grows with the
    number of options, not with their combinations. Of requirements that do not all overlap one another, an arrangement
    for which two would have to give way at once is not found.
    """
    chosen: dict[int, Unit] = {}
    holders: dict[Unit, set[int]] = defaultdict(set)
    rivals = [
        {other for other, theirs in enumerate(spans) if other != number and overlap(own, theirs)}
        for number, own in enumerate(spans)
    ]

    def take(number: int, unit: Unit) -> bool:
        if number in chosen:
            holders[chosen[number]].discard(number)
        chosen[number] = unit
        holders[unit].add(number)
        return True

    def settle(number: int, tried: set[Unit]) -> bool:
        for unit in options[number]:
            if unit not in tried and not holders[unit] & rivals[number]:
                return take(number, unit)
        for unit in options[number]:
            in_the_way = holders[unit] & rivals[number]
            if unit not in tried and len(in_the_way) == 1:
                tried.add(unit)
                if settle(min(in_the_way), tried):
                    return take(number, unit)
        return False

    if all(settle(number, set()) for number in range(len(spans))):
        return [chosen[number] for number in range(len(spans))]
    return []


def overlap(ones: Spans, others: Spans) -> bool:
    return any(a < d and c < b for a, b in ones for c, d in others)
