"""Pieces of meaning that the grammar's rules combine: still partial, not yet dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from actions.when.constraint import Shift


@dataclass(frozen=True, slots=True)
class Node:
    """A stretch of the text and what it means so far."""

    kind: str
    value: Any
    start: int
    end: int
    text: str
    glued: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in minutes; `either` while morning or evening is not known (1:00–12:59)."""

    minutes: int
    either: bool = False
    zone: str | None = None
    """Where a clock shows this time when that is not here: of the IANA database, "+02:00", "customer"."""

    def as_half(self, half: str) -> Clock | None:
        """Read in a half of the day: am, pm, noon (10–15), night (18–01) or late (18–06). `None`: cannot be."""
        if not self.either:
            return self
        hour = self.minutes % 720
        if half == "am":
            return Clock(hour)
        if half == "noon":
            return Clock(hour if hour >= 600 else hour + 720)
        if (half == "night" and hour < 60) or (half == "late" and hour < 360):
            return Clock(hour)
        return Clock(hour + 720)


@dataclass(frozen=True, slots=True)
class Span:
    """A window of the day as said: "after 5", "between 2 and 4", "at 3", "morning"."""

    start: Clock | None = None
    end: Clock | None = None
    exact: bool = False
    around: bool = False
    soft: bool = False
    daypart: str | None = None
    half: str | None = None
    edge: str | None = None
    """"opening" or "closing": hangs on the opening hours."""

    @property
    def is_bound(self) -> bool:
        """Open on one side: "after 5"."""
        return not (self.daypart or self.exact or self.around) and (self.start is None) != (self.end is None)


@dataclass(frozen=True, slots=True)
class Day:
    """A day or a run of days, as far as it was said; `days_meant` finds the dates."""

    weekday: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    week: int | None = None
    """Calendar weeks from this one: 1 is next week."""
    which: str | None = None
    """this | next | last, said of the weekday, month or weekend."""
    plus_weeks: int = 0
    """"Friday week", "a week on Friday"."""
    start: date | None = None
    end: date | None = None
    """Dates already known, end exclusive."""
    weekdays: tuple[int, ...] = ()
    weekend: bool = False
    holiday: str | None = None
    """By rule: "11-22>thu"."""
    base: Day | None = None
    """What it is counted from: `plus` from there, or the weekday, weekend or week `which` it ("before",
    "after")."""
    plus: Shift | None = None
    part: str | None = None
    window: tuple[int, int] | None = None
    """The part as its language has it, end exclusive: days of the week or month, months of the year."""
    """start | middle | end | rest of a month, week or year."""
    nth: int | None = None
    """"First Monday of May": 1; the last: -1."""
    last_day: Day | None = None
    """The end of a range of days, itself included; the Day itself is the beginning."""
    bound: str | None = None
    """from | after | before | by: open on one side."""
    told: bool = False
    """Said of what is over: "two weeks ago"."""

    @property
    def is_bare_weekday(self) -> bool:
        return self.weekday is not None and self == Day(weekday=self.weekday)

    @property
    def is_bare_number(self) -> bool:
        return self.day is not None and self.month is None and self.start is None

    @property
    def is_told(self) -> bool:
        return self.told or (self.base is None and self.week is not None and self.week < 0)

    @property
    def is_run(self) -> bool:
        """Days in a row, of which only some weekdays may be meant: "Mondays from 21 June"."""
        return self.is_wide and not (self.weekend or self.weekdays or self.is_told)

    @property
    def is_wide(self) -> bool:
        """A run of days rather than one."""
        if self.bound or self.last_day or self.weekend or self.weekdays:
            return True
        if self.start and self.end:
            return (self.end - self.start).days > 1
        return self.weekday is None and self.day is None and not self.holiday and not self.base
