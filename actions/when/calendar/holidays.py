"""Days that move from year to year, by rule: a table names them, nothing has to be looked up.

A rule is "12-25" (the same date each year), "11-22>thu" (the first such weekday from that date on), "05-31<mon"
(the last up to it), "easter-2" or "orthodox-2"; a number of days may follow any of them ("11-22>thu+1").
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from actions.when.calendar.arithmetic import safe_date

_DAY = timedelta(days=1)
_RULE = re.compile(
    r"(?:(?P<feast>easter|orthodox)|(?P<month>\d\d)-(?P<day>\d\d)(?:(?P<side>[<>])(?P<weekday>\w{3}))?)(?P<more>[+-]\d+)?"
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def holiday(rule: str, year: int) -> date | None:
    """`None` where the year has no such day."""
    found: date | None
    match = _RULE.fullmatch(rule)
    if match is None or (match["weekday"] and match["weekday"] not in _WEEKDAYS):
        raise ValueError(f"{rule!r} is no rule for a holiday")
    if match["feast"]:
        found = easter(year) if match["feast"] == "easter" else orthodox_easter(year)
    else:
        found = safe_date(year, int(match["month"]), int(match["day"]))
    if found and match["weekday"]:
        weekday = _WEEKDAYS.index(match["weekday"])
        off = (weekday - found.weekday()) % 7 if match["side"] == ">" else -((found.weekday() - weekday) % 7)
        found += off * _DAY
    return found + int(match["more"] or 0) * _DAY if found else None


def easter(year: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian method)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leaps, shift = century // 4, (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - shift + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Easter Sunday of the eastern churches: by the Julian calendar (Meeus), 13 days behind until 2099."""
    moon = (19 * (year % 19) + 15) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + sunday + 114, 31)
    return date(year, month, day + 1) + 13 * _DAY
