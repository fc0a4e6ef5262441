"""Who and what takes which part of a visit, when several parts could want the same: a matching, pure."""

from collections import defaultdict
from collections.abc import Sequence

from scheduler_core.availability.shape import Spans

#: A resource and one of its units.
Unit = tuple[int, int]


def assign(options: Sequence[Sequence[Unit]], spans: Sequence[Spans]) -> list[Unit]:
    """For each requirement one of its options, none used twice at a time; empty when that cannot be.

    Earlier options are taken where they may. Requirements that overlap give way along augmenting paths, so the time
    grows with the number of options, not with their combinations.
    """
    chosen: dict[int, Unit] = {}
    holders: dict[Unit, set[int]] = defaultdict(set)
    rivals = [
        {other for other, theirs in enumerate(spans) if other != number and overlap(own, theirs)}
        for number, own in enumerate(spans)
    ]

    def settle(number: int, tried: set[Unit]) -> bool:
        for unit in options[number]:
            if unit in tried:
                continue
            tried.add(unit)
            in_the_way = holders[unit] & rivals[number]
            if not in_the_way or (len(in_the_way) == 1 and settle(min(in_the_way), tried)):
                if number in chosen:
                    holders[chosen[number]].discard(number)
                chosen[number] = unit
                holders[unit].add(number)
                return True
        return False

    if all(settle(number, set()) for number in range(len(spans))):
        return [chosen[number] for number in range(len(spans))]
    return []


def overlap(ones: Spans, others: Spans) -> bool:
    return any(a < d and c < b for a, b in ones for c, d in others)
