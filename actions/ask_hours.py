"""When the business is open: the day asked about, or the week, branch by branch."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby

from babel.dates import get_day_names

from actions.core_types import Desk, Location
from actions.draft import Draft
from actions.moments import windows_said
from actions.offers import first_steps, locale_of
from actions.outcome import Outcome
from actions.turn_types import Heard, Line
from actions.understand import Facts
from actions.words import words


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    places = [facts.named.location] if facts.named.location else desk.locations
    days = _days_asked(facts, desk)
    lines = []
    for place in places:
        said = "; ".join(_day(place, day, desk) for day in days) if days else _week(place, desk)
        lines.append(Line("utter_hours", {"place": place.name, "hours": said}))
    return Outcome(draft, tuple(lines), "again", first_steps(desk)[:1])


def _days_asked(facts: Facts, desk: Desk) -> list[int]:
    """The weekdays of the first day or two asked about; none for "when are you open?" or a whole week."""
    wish = facts.when.wishes[0] if facts.when and facts.when.wishes else None
    if not wish or not wish.date_from:
        return []
    until = wish.date_to or wish.date_from + timedelta(days=1)
    size = (until - wish.date_from).days
    return [(wish.date_from + timedelta(days=n)).weekday() for n in range(size)] if size <= 2 else []


def _day(place: Location, weekday: int, desk: Desk) -> str:
    return f"{_names(desk)[weekday]} {_windows(place, weekday, desk)}"


def _week(place: Location, desk: Desk) -> str:
    """Neighbouring days with the same hours are told together: "Tuesday–Friday 9–18"."""
    names, parts = _names(desk), []
    for windows, grouped in groupby(range(7), key=lambda day: _windows(place, day, desk)):
        days = list(grouped)
        span = names[days[0]] if len(days) == 1 else f"{names[days[0]]}–{names[days[-1]]}"
        parts.append(f"{span} {windows}")
    return "; ".join(parts)


def _windows(place: Location, weekday: int, desk: Desk) -> str:
    return windows_said(place.hours.get(weekday, [])) or words("utter_closed_word", desk.language)


def _names(desk: Desk) -> dict[int, str]:
    return {n: str(name) for n, name in get_day_names("abbreviated", locale=locale_of(desk)).items()}
