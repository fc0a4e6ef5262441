"""A TimeConstraint as ordered ranges of instants: the form in which the core can search."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from actions.when.calendar.zones import end_instant, first_instant, instant, is_repeated, zone_of
from actions.when.constraint import Opening, TimeConstraint, Wish

Range = tuple[datetime, datetime]
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


def intervals(
    constraint: TimeConstraint, zone: str, reference: datetime, horizon: timedelta, opening: Opening
) -> list[Range]:
    """Half-open UTC ranges for the START of a slot, in the order of the wishes.

    No wish at all means "soonest": an empty list when nothing is excluded, otherwise the whole horizon
    without what is excluded. Wishes without a day are meant for each day up to the horizon, of those only the
    open ones where the opening hours are known. A range that has begun starts now; one that has passed is
    kept whole, so that the core can say that it is past.
    """
    wishes = constraint.wishes
    if not wishes:
        if not constraint.exclude:
            return []
        wishes = (Wish(),)
    without = [
        r for wish in constraint.exclude for r in _ranges(wish, zone, reference, horizon, {}, past=True)
    ]
    found: list[Range] = []
    for wish in wishes:
        for wanted in _ranges(wish, zone, reference, horizon, opening, past=False):
            found.extend(left for left in _minus(wanted, without) if left not in found)
    return found


def _ranges(
    wish: Wish, zone: str, reference: datetime, horizon: timedelta, opening: Opening, *, past: bool
) -> list[Range]:
    merged: list[Range] = []
    for day in _days(wish, zone, reference, horizon, opening):
        for begin, end in _on_day(wish, day, zone):
            if end <= begin:
                continue
            if not wish.has_day and end <= reference:
                continue
            if not past and begin < reference < end:
                begin = reference.astimezone(UTC)
            if merged and merged[-1][1] == begin:
                merged[-1] = (merged[-1][0], end)
            else:
                merged.append((begin, end))
    if not past and len(merged) > 1:
        merged = [r for r in merged if r[1] > reference] or merged
    return merged


def _days(wish: Wish, zone: str, reference: datetime, horizon: timedelta, opening: Opening) -> Iterator[date]:
    here = zone_of(zone)
    today = reference.astimezone(here).date()
    last = (reference + horizon).astimezone(here).date()
    undated = wish.date_from is None and wish.date_to is None
    day = wish.date_from or min(today, wish.date_to - _DAY if wish.date_to else today)
    end = wish.date_to or max(last, day) + _DAY
    end = min(end, day + timedelta(days=800))
    while day < end:
        if (not wish.weekdays or day.weekday() in wish.weekdays) and not (
            undated and wish.has_time and opening and not opening.get(day.weekday())
        ):
            yield day
        day += _DAY


def _on_day(wish: Wish, day: date, zone: str) -> Iterator[Range]:
    if wish.exact and wish.time_from is not None:
        folds = [wish.fold] if wish.fold is not None else [0]
        if wish.fold is None and is_repeated(day, wish.time_from, zone):
            folds = [0, 1]
        if first_instant(day, wish.time_from, zone) == instant(day, wish.time_from, zone):
            for fold in folds:
                begin = instant(day, wish.time_from, zone, fold)
                yield begin, begin + _MINUTE
        return
    yield first_instant(day, wish.time_from or time(), zone), end_instant(day, wish.time_to, zone)


def _minus(wanted: Range, without: list[Range]) -> list[Range]:
    left = [wanted]
    for out_from, out_to in without:
        left = [
            piece
            for begin, end in left
            for piece in ((begin, min(end, out_from)), (max(begin, out_to), end))
            if piece[0] < piece[1]
        ]
    return left
