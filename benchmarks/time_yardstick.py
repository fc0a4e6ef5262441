"""The same sentences by `dateparser.search.search_dates`, judged as generously as is still honest.

It gets the language, the naive present, the future to prefer and the locale's order of day and month. It returns dates
with a period (time, part of the day, day, week, month, year) and knows no windows, bounds, alternatives, durations or
recurrences, so these count for it:

- a day: one of the dates found is that day; a minute: one of them is that day and that clock, or two of them are
  the day and the clock; `time_only`: the clock;
- an interval: two of the dates are its ends, or one lies in it and its period is as long as the interval;
- an open bound: one of the dates is the bound, though nothing says that it is one;
- alternatives: each is found; a shift of an existing appointment, a duration or what repeats: never right.

Found and not right is silently wrong: it cannot ask.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from dateparser.search import search_dates

from benchmarks.time_rows import Sentence
from benchmarks.time_scoring import FALSE_FIND, NOTHING, RIGHT, WRONG, Row, bound

Found = list[tuple[datetime, str]]
"""Naive wall time and period."""

_search: Any = search_dates
"""Its type stubs do not know `add_period` yet."""
_MONTH_FIRST = ("en", "US", "PH")
_DAY = timedelta(days=1)
_LENGTHS = {
    "part_of_day": (timedelta(hours=1), timedelta(hours=15)),
    "day": (_DAY, _DAY),
    "week": (2 * _DAY, 7 * _DAY),
    "month": (28 * _DAY, 31 * _DAY),
    "year": (365 * _DAY, 366 * _DAY),
}


def searched(sentence: Sentence) -> Found:
    month_first = sentence.locale.replace("_", "-").split("-")[-1] in _MONTH_FIRST
    settings: dict[str, Any] = {
        "RELATIVE_BASE": sentence.reference.replace(tzinfo=None),
        "PREFER_DATES_FROM": "future",
        "DATE_ORDER": "MDY" if month_first else "DMY",
        "RETURN_TIME_AS_PERIOD": True,
    }
    found = _search(sentence.text, languages=[sentence.lang], settings=settings, add_period=True)
    return [
        (moment.replace(tzinfo=None, second=0, microsecond=0), period) for _, moment, period in found or []
    ]


def verdict_on_search(sentence: Sentence, found: Found) -> str:
    row = sentence.row
    if row.get("kind") == "none":
        return FALSE_FIND if found else RIGHT
    if not found:
        return NOTHING
    is_right = _has_fields(row["expect"], found) if sentence.from_talk else _is_right(row, found)
    return RIGHT if is_right else WRONG


def _is_right(row: Row, found: Found) -> bool:
    kind = row["kind"]
    if kind in ("duration", "recurring"):
        return False
    if kind == "set":
        wanted = [row["expected_all"], *row.get("expected_any", [])]
        return any(all(_is_found(item, found) for item in items) for items in wanted)
    readings = [row["expected"], *({**row["expected"], **o} for o in row["expected"].get("alts", []))]
    return any(_is_found(reading, found) for reading in readings)


def _is_found(item: Row, found: Found) -> bool:
    start, end = bound(item, "start"), bound(item, "end")
    only_time = bool(item.get("time_only"))
    if start and end:
        return _is_interval(start, end, found, only_time)
    only = start or end
    return only is not None and _is_moment(only, item.get("grain") == "day", found, only_time)


def _is_moment(wanted: datetime, whole_day: bool, found: Found, only_time: bool) -> bool:
    days, clocks = {moment.date() for moment, _ in found}, _clocks(found)
    if whole_day:
        return wanted.date() in days
    return wanted.time() in clocks and (only_time or wanted.date() in days)


def _is_interval(start: datetime, end: datetime, found: Found, only_time: bool) -> bool:
    whole_days = start.time() == end.time() == time()
    last = end - _DAY if whole_days else end
    if len(found) > 1:
        return all(_is_moment(each, whole_days, found, only_time) for each in (start, last))
    (moment, period), length = found[0], end - start
    shortest, longest = _LENGTHS.get(period, (_DAY, timedelta()))
    return start <= moment < end and shortest <= length <= longest


def _clocks(found: Found) -> set[time]:
    return {moment.time() for moment, period in found if period == "time"}


def _has_fields(expected: dict[str, str], found: Found) -> bool:
    for name, value in expected.items():
        if name.startswith("date") and value not in {str(moment.date()) for moment, _ in found}:
            return False
        if name.startswith("time") and value not in {f"{clock:%H:%M}" for clock in _clocks(found)}:
            return False
        if name == "part" and "part_of_day" not in {period for _, period in found}:
            return False
    return True
