"""What two wishes have in common: a later one narrows the earlier, or leaves nothing of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time, timedelta

from actions.when.constraint import Wish

_DAY = timedelta(days=1)


def distinct(wishes: Iterable[Wish]) -> tuple[Wish, ...]:
    """Each once, in order; what is both a must and a preference is a must."""
    found: dict[Wish, Wish] = {}
    for wish in wishes:
        plain = replace(wish, soft=False) if wish.preferred else wish
        key = replace(plain, rolls=None)
        found[key] = replace(found[key], soft=plain.soft) if key in found else wish
    return tuple(found.values())


def narrowed(wish: Wish, earlier: Wish) -> Wish:
    """The wish inside an open window or run of days that was said before; itself where they do not meet."""
    return _narrowed_days(_narrowed_clock(wish, earlier), earlier)


def apart(wish: Wish, earlier: Wish) -> bool:
    """Whether `wish` leaves nothing of an earlier window or run of days. A single day or minute is exchanged."""
    if _is_wide(earlier) and wish.has_day and not _days_meet(wish, earlier):
        return True
    window = earlier.has_time and not earlier.exact and earlier.near is None
    return window and wish.has_time and not _clocks_meet(wish, earlier)


def covers(out: Wish, wish: Wish) -> bool:
    """Whether ruling out `out` leaves nothing of `wish`."""
    return _covers_days(out, wish) and (not out.has_time or covers_clock(out, wish))


def covers_clock(out: Wish, wish: Wish) -> bool:
    if not out.has_time or not wish.has_time:
        return False
    if out.exact or wish.exact:
        begin = wish.near or wish.time_from or time()
        return out.time_from == begin if out.exact else _has(out, begin)
    return (out.time_from or time()) <= (wish.time_from or time()) and _end(wish) <= _end(out)


def all_ruled_out(wish: Wish, exclude: tuple[Wish, ...]) -> bool:
    """Whether a run of days is ruled out day by day."""
    if wish.date_from is None or wish.date_to is None or not _is_wide(wish):
        return False
    days = (wish.date_from + n * _DAY for n in range(min((wish.date_to - wish.date_from).days, 100)))
    singles = [
        replace(wish, date_from=day, date_to=day + _DAY, weekdays=()) for day in days if _on(wish, day)
    ]
    return bool(singles) and all(any(covers(out, single) for out in exclude) for single in singles)


def _narrowed_clock(wish: Wish, earlier: Wish) -> Wish:
    """ "After 3" in "the afternoon", "before 5" after "from 2": only what is open on one side is completed."""
    if not (wish.has_time and earlier.has_time) or wish.exact or earlier.exact or wish.near or earlier.near:
        return wish
    if not (_is_open(wish) or _is_open(earlier)) or not _clocks_meet(wish, earlier):
        return wish
    if _is_open(wish) and _is_open(earlier) and (wish.time_from is None) == (earlier.time_from is None):
        return wish
    starts = [clock for clock in (wish.time_from, earlier.time_from) if clock]
    ends = [clock for clock in (wish.time_to, earlier.time_to) if clock]
    return replace(wish, time_from=max(starts, default=None), time_to=min(ends, default=None))


def _narrowed_days(wish: Wish, earlier: Wish) -> Wish:
    """ "Weekdays" and then "next week"; "after Friday" and then "before the 20th"."""
    if not wish.has_day or not earlier.has_day or not _is_wide(wish) or not _is_wide(earlier):
        return wish
    open_ended = wish.date_from is None or wish.date_to is None
    both_open = open_ended and (earlier.date_from is None or earlier.date_to is None)
    if both_open and (wish.date_from is None) == (earlier.date_from is None) and not wish.weekdays:
        return replace(wish, weekdays=wish.weekdays or earlier.weekdays)
    if not _days_meet(wish, earlier):
        return wish
    weekdays = wish.weekdays or earlier.weekdays
    if not open_ended:
        return replace(wish, weekdays=weekdays)
    start, end = _common(wish, earlier)
    return replace(wish, date_from=start, date_to=end, weekdays=weekdays)


def _common(wish: Wish, other: Wish) -> tuple[date | None, date | None]:
    starts = [day for day in (wish.date_from, other.date_from) if day]
    ends = [day for day in (wish.date_to, other.date_to) if day]
    return max(starts, default=None), min(ends, default=None)


def _days_meet(wish: Wish, other: Wish) -> bool:
    start, end = _common(wish, other)
    if start and end:
        days = (start + n * _DAY for n in range(min((end - start).days, 14)))
        return any(_on(wish, day) and _on(other, day) for day in days)
    return not wish.weekdays or not other.weekdays or bool(set(wish.weekdays) & set(other.weekdays))


def _on(wish: Wish, day: date) -> bool:
    return not wish.weekdays or day.weekday() in wish.weekdays


def _clocks_meet(wish: Wish, other: Wish) -> bool:
    if wish.exact:
        return _has(other, wish.time_from or time())
    start = max(wish.time_from or time(), other.time_from or time())
    return start < min(_end(wish), _end(other))


def _has(window: Wish, clock: time) -> bool:
    return (window.time_from or time()) <= clock < _end(window)


def _end(wish: Wish) -> time:
    return wish.time_to or time.max


def _covers_days(out: Wish, wish: Wish) -> bool:
    if not out.has_day:
        return True
    if wish.weekdays and out.date_from is None and out.date_to is None:
        return set(wish.weekdays) <= set(out.weekdays)
    if wish.date_from is None or wish.date_to is None:
        return out.date_to is None and bool(
            out.date_from and wish.date_from and out.date_from <= wish.date_from
        )
    if out.weekdays and not (wish.date_to - wish.date_from == _DAY and _on(out, wish.date_from)):
        return False
    return (out.date_from or date.min) <= wish.date_from and wish.date_to <= (out.date_to or date.max)


def _is_open(wish: Wish) -> bool:
    return (wish.time_from is None) != (wish.time_to is None)


def _is_wide(wish: Wish) -> bool:
    """Several days, or all of some weekdays."""
    if wish.date_from and wish.date_to and wish.date_to - wish.date_from <= _DAY:
        return False
    return wish.has_day
