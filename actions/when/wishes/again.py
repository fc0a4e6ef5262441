"""What is meant relative to an earlier turn: "the 3rd" after "in January", "Thursday" after a date, "the week after".

A bare day rolls forward from today only as long as nothing else was spoken of.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from actions.when.calendar.arithmetic import monday_of, plus_months, safe_date
from actions.when.constraint import Wish

_THAT_WEEK = ("whole_that_week", "later_that_week", "earlier_that_week")
BESIDE = frozenset({"week_after", "week_before", "weekday_after", "other", "same_day", *_THAT_WEEK})
"""`Wish.rolls` of what hangs on the days spoken of before."""
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


def read_again(wish: Wish, context: tuple[Wish, ...]) -> Wish:
    """The wish on the day that it means beside `context`; itself where that changes nothing."""
    if not wish.rolls:
        return wish
    dated = [each for each in context if each.date_from and each.date_to]
    if wish.rolls in BESIDE:
        return _beside(wish, dated[-1]) if dated else wish
    for each in dated:
        if fitting := _within(wish, each):
            return fitting
    return nearest(wish, context) or wish


def in_month(wish: Wish, context: tuple[Wish, ...]) -> Wish:
    """ "The 20th" … "of July", "20 June" … "I mean July": that day of the month."""
    there = context[0].date_from if len(context) == 1 and _is_one_day(context[0]) else None
    start, end = wish.date_from, wish.date_to
    if (
        not there
        or not start
        or not end
        or wish.rolls != "year"
        or plus_months(start.replace(day=1), 1) != end
    ):
        return wish
    day = safe_date(start.year, start.month, there.day)
    return replace(wish, date_from=day, date_to=day + _DAY) if day and day >= start else wish


def nearest(wish: Wish, context: tuple[Wish, ...]) -> Wish | None:
    """A bare day after a date further off: near it ("the 22nd" … "no, Wednesday", "3 July" … "no, the 10th")."""
    day = wish.date_from
    if len(context) != 1 or day is None or not _is_one_day(wish):
        return None
    there = context[0]
    if there.rolls == wish.rolls or there.date_from is None or not _is_one_day(there):
        return None
    if wish.rolls == "month":
        same_month = safe_date(there.date_from.year, there.date_from.month, day.day)
        return _moved(wish, same_month - day) if same_month and same_month > day else None
    if wish.rolls != "week":
        return None
    weeks = max(0, ((there.date_from - day).days + 3) // 7)
    return _moved(wish, weeks * _WEEK) if weeks else None


def in_doubt(wish: Wish, context: tuple[Wish, ...]) -> tuple[Wish, Wish] | None:
    """Both days that a bare weekday may mean: beside the date spoken of, and the next one to come before it."""
    meant = nearest(wish, context) if wish.rolls == "week" else None
    if not meant or not wish.date_from or not context[0].date_from:
        return None
    return (meant, wish) if context[0].date_from - wish.date_from < _WEEK else None


def _within(wish: Wish, period: Wish) -> Wish | None:
    """Itself, or the same day of a later week, month or year, where `period` has it."""
    first, last = period.date_from, period.date_to
    day = wish.date_from or wish.date_to
    if first is None or last is None or day is None or (_is_one_day(period) and wish.rolls != "week"):
        return None
    if wish.date_from is None or wish.date_to is None:
        return _bound_within(wish, day, first, last)
    for each in _same_days(day, str(wish.rolls), first):
        if first <= each < last:
            return _moved(wish, each - day)
    return None


def _bound_within(wish: Wish, day: date, first: date, last: date) -> Wish | None:
    """ "Before Thursday" after "next week"."""
    if wish.rolls != "week" or last - first == _DAY:
        return None
    inside = first + (day - first) % _WEEK
    return _moved(wish, inside - day) if inside < last else None


def _beside(wish: Wish, spoken: Wish) -> Wish:
    """The week after, the Thursday after or the other Friday, seen from the days spoken of."""
    first, last, start = spoken.date_from, spoken.date_to, wish.date_from
    if first is None or last is None or start is None:
        return wish
    if wish.rolls == "same_day":
        ahead = (start - first).days % 7
        return _moved(wish, first + ahead * _DAY - start) if (last - first).days > ahead > 0 else wish
    if wish.rolls in _THAT_WEEK:
        monday = monday_of(first)
        start = last if wish.rolls == "later_that_week" else monday
        end = first if wish.rolls == "earlier_that_week" else monday + _WEEK
        return replace(wish, date_from=start, date_to=end, rolls=None) if start < end else wish
    if wish.rolls in ("week_after", "week_before"):
        monday = monday_of(first, 1 if wish.rolls == "week_after" else -1)
        return replace(wish, date_from=monday, date_to=monday + _WEEK, rolls=None)
    if wish.rolls == "weekday_after" or start == first:
        by = last + (start - last).days % 7 * _DAY - start
    else:
        return replace(wish, rolls=None)
    return replace(_moved(wish, by), rolls=None)


def _same_days(day: date, rolls: str, first: date) -> list[date]:
    """The days that a bare "Friday", "the 3rd" or "3 May" may mean, from `first` on."""
    if rolls == "week":
        return [first + timedelta(days=(day.weekday() - first.weekday()) % 7)]
    if rolls == "year":
        return [d for d in (safe_date(first.year + n, day.month, day.day) for n in range(9)) if d]
    months = (plus_months(first.replace(day=1), n) for n in range(13))
    return [d for d in (safe_date(m.year, m.month, day.day) for m in months) if d]


def _moved(wish: Wish, by: timedelta) -> Wish:
    return replace(
        wish,
        date_from=wish.date_from + by if wish.date_from else None,
        date_to=wish.date_to + by if wish.date_to else None,
    )


def _is_one_day(wish: Wish) -> bool:
    return wish.date_from is not None and wish.date_to == wish.date_from + _DAY
