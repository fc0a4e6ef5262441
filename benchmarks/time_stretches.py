"""Wishes as stretches of wall time: one form in which days, windows, alternatives and exclusions compare."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from actions.when import Wish

Stretch = tuple[datetime | None, datetime | None]
"""From, to (exclusive) in naive wall time; `None` is open. An instant is one minute long."""

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MIDNIGHT = time()
_LONGEST_RUN = 62
"""Days of a daily window that are compared one by one."""
_LOW, _HIGH = datetime.combine(date.min, MIDNIGHT), datetime.combine(date.max, MIDNIGHT)


def stretches(wishes: tuple[Wish, ...], exclude: tuple[Wish, ...], reference: datetime) -> list[Stretch]:
    """All that is wished for without what is ruled out, in order and joined."""
    out = [
        stretch for wish in exclude for day in _days_for(wish, wishes) for stretch in of_wish(day, reference)
    ]
    wanted = [
        stretch for wish in wishes or ((Wish(),) if exclude else ()) for stretch in of_wish(wish, reference)
    ]
    for gone in out:
        wanted = [left for stretch in wanted for left in _minus(stretch, gone)]
    return joined(wanted, reference)


def of_wish(wish: Wish, reference: datetime) -> list[Stretch]:
    if not wish.has_day:
        return [_next_time(wish, reference)]
    first, last = wish.date_from, wish.date_to
    if not wish.has_time and not wish.weekdays:
        return [(_midnight(first), _midnight(last))]
    if first and last is None and not wish.weekdays:
        return [(_on(wish, first)[0], None)]
    first = first or reference.date()
    last = last or first + _LONGEST_RUN * DAY
    days = (first + n * DAY for n in range(min((last - first).days, _LONGEST_RUN)))
    return [_on(wish, day) for day in days if not wish.weekdays or day.weekday() in wish.weekdays]


def until(start: datetime, clock: time | None) -> datetime:
    """A window that ends before it starts runs past midnight."""
    end = datetime.combine(start.date(), clock or MIDNIGHT)
    return end if end > start else end + DAY


def joined(stretches: list[Stretch], reference: datetime) -> list[Stretch]:
    """In order and joined; of a stretch that has begun, what is left ("this week" said on a Wednesday)."""
    begun = [
        (reference if (a or _LOW) < reference < (b or _HIGH) else a or _LOW, b or _HIGH) for a, b in stretches
    ]
    runs: list[tuple[datetime, datetime]] = []
    for start, end in sorted(begun):
        if runs and start <= runs[-1][1]:
            runs[-1] = (runs[-1][0], max(end, runs[-1][1]))
        else:
            runs.append((start, end))
    return [_opened(start, end) for start, end in runs]


def _days_for(out: Wish, wishes: tuple[Wish, ...]) -> list[Wish]:
    """ "Except the morning" is said of the days that are wished for."""
    days = [wish for wish in wishes if wish.has_day]
    return [out] if out.has_day or not days else [out.on_days_of(day) for day in days]


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, MIDNIGHT)


def _on(wish: Wish, day: date) -> tuple[datetime, datetime]:
    start = datetime.combine(day, wish.near or wish.time_from or MIDNIGHT)
    if wish.exact or wish.near:
        return start, start + MINUTE
    return start, until(start, wish.time_to)


def _next_time(wish: Wish, reference: datetime) -> Stretch:
    """A time without a day is the next one."""
    start, end = _on(wish, reference.date())
    return (start + DAY, end + DAY) if end <= reference else (start, end)


def _minus(stretch: Stretch, gone: Stretch) -> list[Stretch]:
    start, end = stretch[0] or _LOW, stretch[1] or _HIGH
    out_from, out_to = gone[0] or _LOW, gone[1] or _HIGH
    pieces = [(start, min(end, out_from)), (max(start, out_to), end)]
    return [_opened(first, last) for first, last in pieces if first < last]


def _opened(start: datetime, end: datetime) -> Stretch:
    return (None if start == _LOW else start, None if end == _HIGH else end)
