"""An amount of time as it was said, "2 weeks and 3 days", before anybody asks how far or how long that is.

As a length a month is 30 days and a year 365; as a distance both follow the calendar (see `shift`).
"""

from __future__ import annotations

from dataclasses import dataclass

from actions.when.constraint import Shift

_SECONDS = {
    "second": 1,
    "minute": 60,
    "hour": 3600,
    "day": 86400,
    "week": 7 * 86400,
    "fortnight": 14 * 86400,
    "month": 30 * 86400,
    "quarter": 90 * 86400,
    "year": 365 * 86400,
    "decade": 3650 * 86400,
}
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
_MOST = 1000
_LONGEST_SECONDS = 100 * _SECONDS["year"]
"""Nobody arranges more of anything, or anything longer."""


@dataclass(frozen=True, slots=True)
class Amount:
    parts: tuple[tuple[float, str], ...]
    """Number and unit, the largest unit first."""
    by_article: bool = False
    """ "A day" and no number: too common a phrase to mean much on its own."""

    @property
    def seconds(self) -> int:
        return int(sum(number * _SECONDS[unit] for number, unit in self.parts))

    @property
    def shift(self) -> Shift:
        """Along the calendar. What is no whole number of days or months is made of the next smaller unit."""
        days = months = minutes = 0.0
        for number, unit in self.parts:
            if unit in _MONTHS:
                whole = int(number * _MONTHS[unit])
                months, days = months + whole, days + (number * _MONTHS[unit] - whole) * 30
            elif unit in _DAYS:
                days += number * _DAYS[unit]
            else:
                minutes += number * _SECONDS[unit] / 60
        return Shift(days=int(days), months=int(months), minutes=int(minutes + (days % 1) * 1440))

    @property
    def back(self) -> Shift:
        by = self.shift
        return Shift(-by.days, -by.minutes, -by.months)

    @property
    def days(self) -> int:
        return self.shift.days

    @property
    def months(self) -> int:
        return self.shift.months

    @property
    def minutes(self) -> int:
        return self.shift.minutes

    @property
    def by_clock(self) -> bool:
        """Hours, minutes or seconds were said: the clock is meant, not the calendar alone."""
        return any(unit in ("second", "minute", "hour") for _, unit in self.parts)

    @property
    def is_measured(self) -> bool:
        """Said too exactly to be anything but a length: "a year and a quarter", "2 days and 3 hours"."""
        return len(self.parts) > 1 or self.parts[0][0] != int(self.parts[0][0])

    def with_part(self, other: Amount) -> Amount | None:
        """ "An hour" and "20 minutes"; `None` unless the units get smaller."""
        if _SECONDS[other.parts[0][1]] >= _SECONDS[self.parts[-1][1]]:
            return None
        return Amount((*self.parts, *other.parts))


def amount(number: float, unit: str, *, by_article: bool = False) -> Amount | None:
    if unit not in _SECONDS or not 0 < number <= _MOST or number * _SECONDS[unit] > _LONGEST_SECONDS:
        return None
    return Amount(((number, unit),), by_article)
