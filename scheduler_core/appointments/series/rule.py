"""What an RFC 5545 recurrence rule means here: days on which a wall clock shows one time, few enough to book; pure.

Source: RFC 5545, section 3.3.10. A rule says on which days; the hour is that of the first visit, so parts that name
hours, minutes or seconds are refused, and so is a rule without an end.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from scheduler_core.availability.slots import instant_of, minutes_at, number_of
from scheduler_core.errors import Malformed

MOST = 60
_REACH = timedelta(days=3660)
_LAST_YEAR = 9980
_DAY = r"(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU)"
_MONTH_DAY = r"-?([1-9]|[12]\d|3[01])"
_PARTS = {
    "FREQ": r"DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"[1-9]\d{0,2}",
    "COUNT": r"[1-9]\d{0,3}",
    "UNTIL": r"\d{8}(T\d{6}Z?)?",
    "BYDAY": rf"{_DAY}(,{_DAY}){{0,20}}",
    "BYMONTHDAY": rf"{_MONTH_DAY}(,{_MONTH_DAY}){{0,30}}",
    "BYMONTH": r"([1-9]|1[0-2])(,([1-9]|1[0-2])){0,11}",
    "BYSETPOS": r"-?[1-9]\d?(,-?[1-9]\d?){0,5}",
    "WKST": r"MO|TU|WE|TH|FR|SA|SU",
}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time of a rule: ``wall`` as the clock there shows it, and when that is: once, never, or twice."""

    wall: datetime
    instants: tuple[datetime, ...]

    @property
    def wall_start(self) -> str:
        return self.wall.strftime("%Y-%m-%dT%H:%M")


def occurrences(rule: str, start: datetime, zone: str) -> list[Occurrence]:
    """The times of a rule from ``start`` on; raises ``Malformed`` with the reason.

    A clock that shows a time twice means the first, but ``start`` is the instant that was said.
    """
    if start.second or start.microsecond:
        raise Malformed("a series starts on a whole minute")
    parts = _parts(rule)
    first = start.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    walls = list(islice(_walls(parts, first, zone), MOST + 1))
    _must_be_few(parts, walls, first)
    return [Occurrence(first, (start,)), *(Occurrence(wall, shown_at(zone, wall)) for wall in walls[1:])]


def shown_at(zone: str, wall: datetime) -> tuple[datetime, ...]:
    """When a clock of ``zone`` shows a time: once, never (a gap), or twice (a fold)."""
    minutes = minutes_at(zone, number_of(wall.date()), wall.hour * 60 + wall.minute)
    return tuple(instant_of(minute) for minute in minutes)


def _parts(rule: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for part in rule.upper().removeprefix("RRULE:").split(";"):
        name, _, value = part.partition("=")
        if name not in _PARTS:
            raise Malformed(f"the rule has a part that is not supported: {name[:20]}")
        if name in found or not re.fullmatch(_PARTS[name], value, re.ASCII):
            raise Malformed(f"the rule's {name} cannot be read")
        found[name] = value
    if "FREQ" not in found:
        raise Malformed("the rule says no FREQ")
    if "BYSETPOS" in found and found["FREQ"] in ("DAILY", "WEEKLY"):
        raise Malformed("BYSETPOS goes with months and years")
    if ("COUNT" in found) == ("UNTIL" in found):
        raise Malformed("the rule ends with a COUNT or an UNTIL, one of them")
    return found


def _walls(parts: Mapping[str, str], first: datetime, zone: str) -> Iterator[datetime]:
    """The times of the rule up to its own end, or ten years on.

    dateutil seeks a day that never comes until the year 9999. The calendar repeats itself every 400 years, so it is
    asked about years shortly before that.
    """
    later = (_LAST_YEAR - first.year) // 400 * 400
    ends = [_until(parts["UNTIL"], zone)] if "UNTIL" in parts else []
    until = _years_on(min([first + _REACH, *ends]), later)
    days = ";".join(f"{name}={value}" for name, value in parts.items() if name not in ("COUNT", "UNTIL"))
    try:
        found = rrulestr(f"{days};UNTIL={until:%Y%m%dT%H%M%S}", dtstart=_years_on(first, later))
        for wall in islice(found, int(parts["COUNT"]) if "COUNT" in parts else None):
            yield _years_on(wall, -later)
    except ValueError as error:
        raise Malformed(f"the rule cannot be read: {error}") from error


def _years_on(wall: datetime, years: int) -> datetime:
    return wall.replace(year=wall.year + years)


def _until(value: str, zone: str) -> datetime:
    """The last time that counts, as the wall shows it; a date counts to its end."""
    try:
        if value.endswith("Z"):
            instant = datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        return datetime.strptime(value if "T" in value else f"{value}T235959", "%Y%m%dT%H%M%S")  # noqa: DTZ007
    except (ValueError, OverflowError) as error:
        raise Malformed("the rule's UNTIL is no date") from error


def _must_be_few(parts: Mapping[str, str], walls: list[datetime], first: datetime) -> None:
    if not walls or walls[0] != first:
        raise Malformed("the series does not start on a day of its rule")
    if len(walls) > MOST:
        raise Malformed(f"the rule means more than {MOST} visits", most=MOST)
    if len(walls) < int(parts.get("COUNT", 0)):
        raise Malformed("the rule reaches farther than ten years")
