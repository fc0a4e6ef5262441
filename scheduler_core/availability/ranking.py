"""Which few of many bookable times to name first, pure: spread over a wish, or nearest to one that failed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from scheduler_core.availability.slots import Interval, wall

_NOON = 12 * 60 + 30
_FAR_APART = 30
_A_DAY_AWAY = 60
_A_DAY_SOONER = 75
_WHOLE_DAY = 20 * 60


def soonest(minutes: Sequence[int], zone: str, limit: int) -> list[int]:
    """The next time, then one in another half of the day, then other days: real choice, still soon."""
    halves: dict[tuple[int, bool], list[int]] = defaultdict(list)
    for minute in minutes:
        day, clock = wall(zone, minute)
        halves[day, clock >= _NOON].append(minute)
    picked: list[int] = []
    days: list[int] = []
    for (day, _), group in halves.items():
        if len(picked) == limit:
            break
        if days.count(day) < 2 and (len(days) < 2 or len(set(days)) > 1 or day not in days):
            picked.append(min(group) if not picked else roundest(group))
            days.append(day)
    return _filled(picked, minutes, limit)


def first(minutes: Sequence[int], limit: int) -> list[int]:
    """The first times of a wish, well apart if that can be."""
    return _filled([], minutes, limit)


def last(minutes: Sequence[int], zone: str, limit: int) -> list[int]:
    """The last times of a wish that is one day; of more days, the last time of each of the first ones."""
    by_day = {wall(zone, minute)[0]: minute for minute in minutes}
    picked = list(by_day.values())[:limit] if len(by_day) > 1 else []
    return _filled(picked, reversed(minutes), limit)


def spread(minutes: Sequence[int], zone: str, limit: int) -> list[int]:
    """Times that cover a wish: over its days when it has several, over the hours when it has one."""
    by_day: dict[int, list[int]] = defaultdict(list)
    for minute in minutes:
        by_day[wall(zone, minute)[0]].append(minute)
    days = list(by_day.values())
    if len(minutes) <= limit:
        return list(minutes)
    if len(days) == 1:
        return _filled(
            [_nearest_round(days[0], target) for target in _targets(days[0], limit)], minutes, limit
        )
    chosen = [days[index] for index in _evenly(len(days), min(limit, len(days)))]
    picked = [
        _nearest_round(group, _targets(group, len(chosen))[position]) for position, group in enumerate(chosen)
    ]
    return _filled(picked, minutes, limit)


def nearest(minutes: Iterable[int], wish: Interval, zone: str, limit: int) -> list[int]:
    """Times near a wish that failed: around it on its day, then at its time on other days."""
    wished_day, low = wall(zone, wish[0])
    high = low if wish[1] - wish[0] >= _WHOLE_DAY else low + (wish[1] - wish[0]) - 1
    by_day: dict[int, list[int]] = defaultdict(list)
    for minute in minutes:
        by_day[wall(zone, minute)[0]].append(minute)

    def gap(minute: int) -> int:
        clock = wall(zone, minute)[1]
        return max(low - clock, clock - high, 0)

    picked = _around(by_day.pop(wished_day, []), gap, lambda m: wall(zone, m)[1] < low, max(1, limit - 1))
    best = {day: min(group, key=lambda m: (gap(m), m)) for day, group in by_day.items()}
    others = sorted(best, key=lambda day: (_distance(day - wished_day) + gap(best[day]), day))
    picked += [best[day] for day in others[: limit - len(picked)]]
    rest = [minute for minute in minutes if minute not in picked] if len(picked) < limit else []
    rest.sort(key=lambda m: (abs(wall(zone, m)[0] - wished_day), gap(m), m))
    return _filled(picked, rest, limit, ordered=False)


def roundest(minutes: Sequence[int]) -> int:
    """The first full hour, else the first half hour, else the first: what a person would propose."""
    return min(minutes, key=lambda minute: (_roughness(minute), minute))


def _around(
    minutes: Sequence[int], gap: Callable[[int], int], is_before: Callable[[int], bool], limit: int
) -> list[int]:
    """The nearest on each side of the wish, then what is near, not next to a time already picked."""
    ranked = sorted(minutes, key=lambda minute: (gap(minute), minute))
    sides = [next((m for m in ranked if is_before(m) is before), None) for before in (True, False)]
    picked = sorted((m for m in sides if m is not None), key=lambda m: (gap(m), m))[:limit]
    return _filled(picked, ranked, limit, ordered=False)


def _filled(picked: list[int], minutes: Iterable[int], limit: int, *, ordered: bool = True) -> list[int]:
    """``picked`` without repeats, made up to ``limit``: with times well apart first, then with any."""
    found = list(dict.fromkeys(picked))
    left = list(minutes)
    for apart in (_FAR_APART, 1):
        for minute in left:
            if len(found) >= limit:
                break
            if all(abs(minute - other) >= apart for other in found):
                found.append(minute)
    return sorted(found[:limit]) if ordered else found[:limit]


def _distance(days: int) -> int:
    """How far another day is, in minutes of the clock; sooner than wished is a little farther."""
    return days * _A_DAY_AWAY if days > 0 else -days * _A_DAY_SOONER


def _targets(minutes: Sequence[int], count: int) -> list[int]:
    first, last = minutes[0], minutes[-1]
    return [first + (last - first) * index // max(1, count - 1) for index in range(count)]


def _evenly(size: int, count: int) -> list[int]:
    return [round(index * (size - 1) / max(1, count - 1)) for index in range(count)]


def _nearest_round(minutes: Sequence[int], target: int) -> int:
    return min(minutes, key=lambda minute: (abs(minute - target) + 10 * _roughness(minute), minute))


def _roughness(minute: int) -> int:
    return 0 if minute % 60 == 0 else 1 if minute % 30 == 0 else 2
