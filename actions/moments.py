"""Moments and wishes as a customer reads them: always with weekday, date and time, in the business's way of writing.

On the night when the clocks go back an hour comes twice; there, and only there, the name of the time tells which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from babel.core import Locale
from babel.dates import format_date, format_skeleton, format_time, get_day_names

from actions.when import Wish
from actions.when.calendar.zones import instant, is_repeated, zone_of
from actions.words import ENGLISH, words

_DAY = timedelta(days=1)
_LONG = {ENGLISH: "EEEE d MMMM", "es": "EEEE d 'de' MMMM"}
_SHORT = {ENGLISH: "EEE d MMM", "es": "EEE d MMM"}


def moment(local: datetime, locale: Locale) -> str:
    """ "Friday 20 November at 15:00"."""
    return words(
        "utter_moment",
        locale.language,
        day=day_said(local.date(), locale),
        clock=_clock(local, locale, spoken=True),
    )


def short_moment(local: datetime, locale: Locale) -> str:
    """ "Fri 20 Nov, 15:00"."""
    return f"{_dated(local.date(), _SHORT, 'MMMEd', locale)}, {_clock(local, locale)}"


def day_said(day: date, locale: Locale) -> str:
    return _dated(day, _LONG, "MMMMEEEEd", locale)


def _dated(day: date, patterns: dict[str, str], skeleton: str, locale: Locale) -> str:
    """The day before the month wherever these languages are read, so that no date is taken for another."""
    if pattern := patterns.get(locale.language):
        return format_date(day, pattern, locale=locale)
    return format_skeleton(skeleton, day, locale=locale)


def wish_said(wish: Wish | None, zone: str, locale: Locale) -> str:
    """What was understood, as it is said back; "that time" when it has neither day nor clock."""
    parts = (_days(wish, locale), _time(wish, zone, locale)) if wish else ()
    return " ".join(part for part in parts if part) or words("utter_that_time", locale.language)


def comes_twice(local: datetime) -> bool:
    """Whether the clock of its zone shows this wall time a second time that night."""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def name_of_time(local: datetime) -> str:
    """ "BST"; zones without letters of their own are told by their distance to UTC."""
    name = local.tzname() or ""
    return name if name[:1].isalpha() else f"UTC{name}"


def windows_said(windows: Iterable[Sequence[str]], joined_by: str = ", ") -> str:
    """ "20:00–02:00" for a window that the core writes as 20:00 to 26:00."""
    return joined_by.join(f"{opens}–{_as_on_a_clock(closes)}" for opens, closes in windows)


def _as_on_a_clock(closes: str) -> str:
    hours, minutes = closes.split(":")
    return f"{int(hours) % 24:02}:{minutes}" if int(hours) > 24 else closes


def clock_said(local: datetime, locale: Locale) -> str:
    """ "15:00"."""
    return _clock(local, locale)


def _clock(local: datetime, locale: Locale, *, spoken: bool = False) -> str:
    clock = clock_in_words(local.time(), locale) if spoken else _short(local.time(), locale)
    return f"{clock} {name_of_time(local)}" if comes_twice(local) else clock


def _days(wish: Wish, locale: Locale) -> str:
    first, end, language = wish.date_from, wish.date_to, locale.language
    if wish.weekdays and not (first and end):
        names = get_day_names("wide", locale=locale)
        return ", ".join(names[weekday] for weekday in wish.weekdays)
    if not first:
        return words("utter_before_day", language, day=day_said(end, locale)) if end else ""
    if end is None:
        return words("utter_from_day", language, day=day_said(first, locale))
    if end - first > _DAY:
        return words("utter_days", language, first=day_said(first, locale), last=day_said(end - _DAY, locale))
    return words("utter_on_day", language, day=day_said(first, locale))


def _time(wish: Wish, zone: str, locale: Locale) -> str:
    start, end, language = wish.time_from, wish.time_to, locale.language
    if wish.near:
        return words("utter_around", language, clock=clock_in_words(wish.near, locale))
    if start and wish.exact:
        clock = f"{clock_in_words(start, locale)}{_which_of_two(wish, start, zone)}"
        return words("utter_at", language, clock=clock)
    if start and end:
        return words(
            "utter_between", language, start=clock_in_words(start, locale), end=clock_in_words(end, locale)
        )
    if start:
        return words("utter_from", language, clock=clock_in_words(start, locale))
    return words("utter_before", language, clock=clock_in_words(end, locale)) if end else ""


def _which_of_two(wish: Wish, clock: time, zone: str) -> str:
    if wish.fold is None or not wish.date_from or not is_repeated(wish.date_from, clock, zone):
        return ""
    meant = instant(wish.date_from, clock, zone, wish.fold).astimezone(zone_of(zone))
    return f" {name_of_time(meant)}"


def clock_in_words(clock: time, locale: Locale) -> str:
    """As it stands in a sentence: Spanish has "las 3:00" but "la 1:00"."""
    written = _short(clock, locale)
    hour = re.match(r"\d+", written)
    key = "utter_clock_at_one" if hour and int(hour[0]) == 1 else "utter_clock"
    return words(key, locale.language, clock=written)


def _short(clock: time, locale: Locale) -> str:
    return format_time(clock, "short", locale=locale)
