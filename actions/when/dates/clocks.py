"""From clocks as said to times of day: opening hours and the window decide between morning and evening."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import time

from actions.when.calendar.arithmetic import since_midnight
from actions.when.constraint import Opening, Wish
from actions.when.nodes import Clock, Span

_USUAL = (480, 1200)
"""Where nothing is known, a bare hour lies between 8:00 and 20:00."""
_HALF_HOUR = 30
_HALF_DAY, _FULL_DAY = 720, 1440


def clock_readings(span: Span, part: Span | None, weekdays: Iterable[int], opening: Opening) -> list[Wish]:
    """The readings of a window, the likelier first; each a Wish without a day.

    `part` is the part of the day said beside it ("tomorrow morning at 9"); `weekdays` the days it may be.
    """
    hours = _hours(weekdays, opening)
    half = span.half or (part.half if part else None)
    if span.edge:
        return [_edge(span, hours)]
    if span.daypart and span.start and not span.exact:
        return [_daypart(span, hours)]
    if span.start and span.end:
        return [_window(span.start, span.end, half, hours, span)]
    known = span.start or span.end
    if known is None:
        return [Wish()]
    found = [_at(span, minutes) for minutes in _readings(known, half, hours)]
    if part and not span.exact and not span.around:
        found = [_narrowed(wish, clock_readings(part, None, weekdays, opening)[0]) for wish in found]
    return found


def _narrowed(wish: Wish, part: Wish) -> Wish:
    """ "In the morning, not before 10"."""
    starts = [clock for clock in (wish.time_from, part.time_from) if clock]
    ends = [clock for clock in (wish.time_to, part.time_to) if clock]
    start, end = max(starts, default=None), min(ends, default=None)
    if start and end and start >= end:
        return wish
    return replace(wish, time_from=start, time_to=end, daypart=part.daypart)


def _readings(clock: Clock, half: str | None, hours: list[tuple[int, int]]) -> list[int]:
    if half is not None:
        clock = clock.as_half(half) or clock
    if not clock.either:
        return [clock.minutes]
    both = [clock.minutes % _HALF_DAY, clock.minutes % _HALF_DAY + _HALF_DAY]
    fitting = [m for m in both if any(start <= m < end for start, end in hours)]
    if fitting:
        return sorted(fitting, key=_unusual)
    return [min(both, key=_unusual)]


def _unusual(minutes: int) -> bool:
    return not _USUAL[0] <= minutes < _USUAL[1]


def _window(start: Clock, end: Clock, half: str | None, hours: list[tuple[int, int]], span: Span) -> Wish:
    if half is not None:
        start = start.as_half(half) or start
    if not start.either:
        first = start.minutes
        last = _next_after(end, first)
    elif not end.either:
        last = end.minutes or _FULL_DAY
        later = [m for m in _both(start) if m < last]
        first = max(later) if later else start.minutes % _HALF_DAY
    else:
        pairs = [(m, _next_after(end, m)) for m in _both(start)]
        fitting = [p for p in pairs if any(s <= p[0] < e for s, e in hours)] or pairs
        first, last = min(fitting, key=lambda pair: (_unusual(pair[0]), pair[0]))
    return Wish(time_from=_time(first), time_to=_time(last), soft=span.soft)


def _both(clock: Clock) -> list[int]:
    return [clock.minutes % _HALF_DAY, clock.minutes % _HALF_DAY + _HALF_DAY]


def _next_after(clock: Clock, minutes: int) -> int:
    if not clock.either:
        return clock.minutes or _FULL_DAY
    later = [m for m in (*_both(clock), clock.minutes % _HALF_DAY + _FULL_DAY) if m > minutes]
    return min(later)


def _at(span: Span, minutes: int) -> Wish:
    clock = _time(minutes)
    if span.exact:
        return Wish(time_from=clock, exact=True, soft=span.soft)
    if span.around:
        first, last = max(0, minutes - _HALF_HOUR), minutes + _HALF_HOUR
        return Wish(time_from=_time(first), time_to=_time(last), near=clock, soft=True)
    if span.start is not None:
        return Wish(time_from=clock, soft=span.soft)
    return Wish(time_to=clock, soft=span.soft)


def _daypart(span: Span, hours: list[tuple[int, int]]) -> Wish:
    """A morning begins when the business opens, if that is earlier."""
    start = span.start.minutes if span.start else 0
    if hours and span.daypart in ("morning", "early_morning"):
        start = min(start, min(opens for opens, _ in hours))
    end = span.end.minutes if span.end else None
    return Wish(time_from=_time(start), time_to=_time(end), daypart=span.daypart, soft=span.soft)


def _edge(span: Span, hours: list[tuple[int, int]]) -> Wish:
    """ "First thing" is the first hour of opening, "end of the day" the last two."""
    if span.edge == "opening":
        opens = min((start for start, _ in hours), default=_USUAL[0])
        return Wish(time_from=_time(opens), time_to=_time(opens + 60), daypart=span.daypart)
    closes = max((end for _, end in hours), default=1080)
    return Wish(time_from=_time(closes - 120), time_to=_time(closes), daypart=span.daypart)


def _hours(weekdays: Iterable[int], opening: Opening) -> list[tuple[int, int]]:
    """Opening windows in minutes of those days; of the whole week when they are closed or not known."""
    chosen = [window for day in weekdays for window in opening.get(day, [])]
    chosen = chosen or [window for windows in opening.values() for window in windows]
    return sorted({(since_midnight(start), since_midnight(end) or _FULL_DAY) for start, end in chosen})


def _time(minutes: int | None) -> time | None:
    """`None` for the end of the day."""
    if minutes is None or minutes >= _FULL_DAY:
        return None
    return time(minutes // 60, minutes % 60)


def exact_at(clock: time) -> Span:
    return Span(Clock(clock.hour * 60 + clock.minute), exact=True)
