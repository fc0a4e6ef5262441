"""Who can no longer start on time because of those before them, from person to person and room to room; pure.

A visit that takes longer delays whoever needs the same people and things next; buffers and free time absorb it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from scheduler_core.availability.slots import Interval


@dataclass(frozen=True, slots=True)
class Stretch:
    """[start, end) minutes for which a visit, or a class (by its negative id), needs one unit of a resource."""

    visit: int
    unit: tuple[int, int]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Delays:
    """``starts``: by how many minutes each visit can start late; ``moved``: what is needed later than planned."""

    starts: dict[int, int]
    moved: list[Stretch]


def delays(
    stretches: Iterable[Stretch], late_by: Mapping[int, int], away: Mapping[int, Interval] | None = None
) -> Delays:
    """How late everything is, from one to the next.

    ``late_by``: those that have begun, with the minutes by which they did. They wait for nobody any more, but what
    made them late is carried on. ``away``: from when to when somebody is not there yet, by their resource.
    """
    missing = away or {}
    free: dict[tuple[int, int], int] = {}
    behind: dict[int, int] = {}
    found = Delays({}, [])
    in_order = sorted(stretches, key=lambda each: (each.start, each.visit))
    for (start, visit), group in groupby(in_order, key=lambda each: (each.start, each.visit)):
        needed = list(group)
        ready = (_there(missing.get(each.unit[0]), start, free.get(each.unit, start)) for each in needed)
        waits = max(ready) - start
        delay = max(behind.get(visit, 0), waits)
        behind[visit] = min(delay, late_by.get(visit, delay))
        found.starts.setdefault(visit, behind[visit])
        for each in needed:
            free[each.unit] = each.end + behind[visit]
            if behind[visit]:
                found.moved.append(Stretch(visit, each.unit, start + behind[visit], free[each.unit]))
    return found


def _there(missing: Interval | None, start: int, free: int) -> int:
    """When somebody who is free then, but may not be there, can begin what starts at ``start``."""
    if missing is None or not missing[0] <= start < missing[1]:
        return free
    return max(free, missing[1])
