"""From days as said to dates: rolls forward what was not fixed, keeps both readings where two are possible."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from actions.when.calendar.arithmetic import monday_of, plus_months, safe_date
from actions.when.calendar.holidays import holiday
from actions.when.calendar.parts import part_of_month, part_of_run, part_of_week, part_of_year
from actions.when.calendar.runs import MISMATCH, WEEKDAY, Dates, Run, left_of, one, run_of
from actions.when.constraint import Opening
from actions.when.dates.beside import resolve_beside
from actions.when.dates.ranges import resolve_range
from actions.when.nodes import Day

_DAY = timedelta(days=1)
_LATE_HOUR = 18
_RECENTLY = timedelta(days=21)
_SOON = timedelta(days=10)
"""So near a date is likely to be meant even if it is not the weekday that was said with it."""


def days_meant(day: Day, now: datetime, opening: Opening) -> Dates:
    if day.last_day is not None:
        found = resolve_range(day, now.date(), lambda end: days_meant(end, now, opening))
        return replace(found, weekdays=day.weekdays or found.weekdays)
    if day.bound is not None:
        found = _bounded(day, now, opening)
        return replace(found, weekdays=day.weekdays or found.weekdays)
    found = _plain(day, now, opening)
    if day.weekdays and not found.weekdays:
        found = replace(found, weekdays=day.weekdays)
    ends = [end for _, end in found.runs]
    if ends and all(end is not None and end <= now.date() for end in ends):
        return replace(found, refused="past")
    return found


def _plain(day: Day, now: datetime, opening: Opening) -> Dates:
    today = now.date()
    if day.base is not None:
        return resolve_beside(day, days_meant(day.base, now, opening))
    if day.start is not None and day.end is not None:
        return _known(day, today)
    if day.holiday:
        return _holiday(day, today)
    if day.weekend and day.nth is None:
        return _weekend(day, today)
    if day.part == "week" or day.nth is not None:
        return _nth(day, today)
    if day.day is not None:
        return _dated(day, today)
    if day.weekday is not None:
        return _weekday(day, now, opening)
    if day.week is not None:
        rolls = {"after": "week_after", "before": "week_before"}.get(str(day.which), day.which)
        return Dates((part_of_week(day, today),), weekdays=day.weekdays, rolls=rolls)
    if day.month is not None or day.year is not None:
        run = part_of_month(day, today) if day.month else part_of_year(day, today)
        return Dates((run,), rolls=None if day.year else "year", weekdays=day.weekdays)
    return Dates(((None, None),), weekdays=day.weekdays)


def _known(day: Day, today: date) -> Dates:
    """ "Tomorrow, the 25th": two readings unless tomorrow is the 25th."""
    run = (day.start, day.end)
    if day.part and day.start and day.end:
        run = part_of_run(day.start, day.end, day.part, today)
    if day.day is None or day.start is None:
        return Dates((run,), weekdays=day.weekdays, rolls="same_day" if day.which == "same" else None)
    other = _dated(replace(day, start=None, end=None), today)
    if not other.runs or other.runs[0] == run:
        return Dates((run,))
    return Dates((run, other.runs[0]), MISMATCH)


def _holiday(day: Day, today: date) -> Dates:
    """The coming one, unless a year was said."""
    for year in (day.year,) if day.year else (today.year, today.year + 1):
        found = holiday(str(day.holiday), year)
        if found and (day.year or found >= today):
            if day.weekday is not None and found.weekday() != day.weekday:
                return _mismatch(day, found, today)
            return one(found, rolls=None if day.year else "year")
    return Dates(refused="nonexistent")


def _weekday(day: Day, now: datetime, opening: Opening) -> Dates:
    today, weekday = now.date(), int(day.weekday or 0)
    if day.week is not None:
        return one(monday_of(today, day.week) + weekday * _DAY)
    ahead = (weekday - today.weekday()) % 7
    coming = today + ahead * _DAY
    if day.plus_weeks and day.which is None:
        return one((coming if ahead else today) + 7 * day.plus_weeks * _DAY)
    if day.which == "last":
        return one(today - ((today.weekday() - weekday) % 7 or 7) * _DAY)
    if day.which == "next":
        return _next_weekday(day, today, coming, weekday)
    if day.which == "following":
        return replace(_next_weekday(day, today, coming, weekday), rolls="weekday_after")
    if day.which in ("after", "other"):
        return one(
            coming + (0 if ahead else 7) * _DAY, rolls="weekday_after" if day.which == "after" else "other"
        )
    if ahead:
        return one(coming, rolls=None if day.which else "week")
    if _is_over(now, opening):
        return one(coming + 7 * _DAY, rolls="week")
    return Dates((run_of(coming + 7 * _DAY), run_of(coming)), WEEKDAY, rolls="week")


def _next_weekday(day: Day, today: date, coming: date, weekday: int) -> Dates:
    """ "Next Friday" on a Wednesday is in two days for some and in nine for others."""
    following = monday_of(today, 1) + weekday * _DAY
    more = 7 * day.plus_weeks * _DAY
    if following == coming or coming == today:
        return one(following + more)
    if day.plus_weeks:
        return Dates((run_of(following), run_of(following + more)), WEEKDAY)
    return Dates((run_of(following), run_of(coming)), WEEKDAY)


def _is_over(now: datetime, opening: Opening) -> bool:
    windows = opening.get(now.weekday(), [])
    if opening:
        return not any(now.time() < end for _, end in windows)
    return now.hour >= _LATE_HOUR


def _dated(day: Day, today: date) -> Dates:
    number = int(day.day or 0)
    if day.month is None:
        return _day_of_month(day, number, today)
    years = [day.year] if day.year is not None else [today.year + more for more in range(9)]
    for year in years:
        found = safe_date(year, day.month, number)
        if found and (day.year is not None or found >= today):
            if day.weekday is not None and found.weekday() != day.weekday:
                return _gone(day, safe_date(today.year, day.month, number), today) or _mismatch(
                    day, found, today
                )
            return one(found, rolls=None if day.year is not None else "year")
    return Dates(refused="nonexistent")


def _day_of_month(day: Day, number: int, today: date) -> Dates:
    dates = [
        safe_date(m.year, m.month, number) for m in (plus_months(today.replace(day=1), n) for n in range(14))
    ]
    coming = [d for d in dates if d and d >= today]
    if not coming:
        return Dates(refused="nonexistent")
    if day.weekday is None:
        return one(coming[0], rolls="month")
    agreeing = [d for d in coming[:2] if d.weekday() == day.weekday]
    if agreeing and (agreeing[0] == coming[0] or coming[0] - today > _SOON):
        return one(agreeing[0])
    if agreeing:
        return replace(likely := _mismatch(day, coming[0], today), runs=(*likely.runs, run_of(agreeing[0])))
    before = plus_months(today.replace(day=1), 0 if number < today.day else -1)
    return _gone(day, safe_date(before.year, before.month, number), today) or _mismatch(day, coming[0], today)


def _gone(day: Day, found: date | None, today: date) -> Dates | None:
    """ "Friday the 4th" soon after a Friday the 4th."""
    if found is None or found.weekday() != day.weekday or not timedelta() < today - found < _RECENTLY:
        return None
    return Dates((run_of(found),), refused="past")


def _mismatch(day: Day, found: date, today: date) -> Dates:
    """ "Friday 21 November" when the 21st is a Saturday: the date, or the Friday nearest to it."""
    off = (int(day.weekday or 0) - found.weekday() + 3) % 7 - 3
    nearest = found + off * _DAY
    if nearest < today:
        nearest += 7 * _DAY
    return Dates((run_of(found), run_of(nearest)), MISMATCH)


def _weekend(day: Day, today: date) -> Dates:
    saturday = monday_of(today, day.week or 0) + 5 * _DAY
    if day.plus_weeks:
        return Dates(((saturday + 14 * _DAY, saturday + 16 * _DAY),))
    this = left_of(saturday, saturday + 2 * _DAY, today)
    following = (saturday + 7 * _DAY, saturday + 9 * _DAY)
    if day.which == "next" and day.week is None:
        if today >= saturday:
            return Dates((following,))
        return Dates((following, this), WEEKDAY)
    return Dates((this,))


def _nth(day: Day, today: date) -> Dates:
    step = 12 if day.month else 1
    start = today.replace(day=1) if day.month is None else date(day.year or today.year, day.month, 1)
    for ahead in range(1 if day.year else 3):
        first = plus_months(start, ahead * step)
        run = _nth_in(day, first, plus_months(first, 1))
        if run and run[1] > today:
            return Dates((run,), rolls="year")
        if run and day.year:
            return Dates((run,), refused="past")
    return Dates(refused="nonexistent")


def _nth_in(day: Day, first: date, end: date) -> tuple[date, date] | None:
    nth = int(day.nth or 1)
    if day.part == "day":
        return (end - _DAY, end)
    if day.part == "working_day":
        days = [first + n * _DAY for n in range((end - first).days)]
        working = [each for each in days if each.weekday() < 5][nth - 1 if nth > 0 else nth]
        return (working, working + _DAY)
    if day.part == "week" and nth < 0:
        return (end - 7 * _DAY, end)
    if day.part == "week":
        start = first + 7 * (nth - 1) * _DAY
        return (start, min(end, start + 7 * _DAY)) if start < end else None
    found = _nth_weekday(first, end, 5 if day.weekend else int(day.weekday or 0), nth)
    return (found, found + (2 if day.weekend else 1) * _DAY) if found else None


def _nth_weekday(first: date, end: date, weekday: int, nth: int) -> date | None:
    days = [first + n * _DAY for n in range((end - first).days) if (first + n * _DAY).weekday() == weekday]
    return days[nth - 1 if nth > 0 else nth] if nth <= len(days) else None


_TURNED = {("before", "end"): "by", ("after", "start"): "from"}
"""Before the end of June is all of June, after its beginning is from the first on."""


def _bounded(day: Day, now: datetime, opening: Opening) -> Dates:
    whole = (day.bound == "by" and day.part in ("end", "late")) or (day.bound, day.part) in _TURNED
    inner = days_meant(replace(day, bound=None, part=None if whole else day.part), now, opening)
    if not inner.runs:
        return inner
    start, end = inner.runs[-1] if inner.reason == WEEKDAY and day.which is None else inner.runs[0]
    runs: dict[str, Run] = {
        "from": (start, None),
        "after": (end, None),
        "before": (None, start),
        "by": (None, end),
    }
    run = runs[_TURNED.get((str(day.bound), str(day.part)), str(day.bound))]
    over = day.bound in ("before", "by") and run[1] is not None and run[1] <= now.date()
    over = over or (
        day.bound == "from" and day.start is not None and inner.refused == "past"
    )  # "since yesterday"
    return Dates((run,), refused="past" if over else None, weekdays=day.weekdays)
