"""Weeks, months and weekdays as days, ranges between days, and days that bound: "by Friday", "from the 3rd on"."""

from __future__ import annotations

from dataclasses import replace

from actions.when.nodes import Day
from actions.when.rules.grammar import Grammar

ranges = Grammar()
rule = ranges.rule


@rule(
    "day",
    "weekday_plural:weekday comma? on? period:period",
    "period:period comma? on? a? weekday_plural:weekday",
)
def such_days_of_a_period(weekday: int, period: Day) -> Day | None:
    """ "Next month, any Friday"."""
    return None if period.weekday is not None or period.nth else replace(period, weekdays=(weekday,))


@rule("day", "week:week")
def week_alone(week: int) -> Day:
    return Day(week=week)


@rule("day", "period:period")
def period_alone(period: Day) -> Day:
    return period


@rule("day", "weekday:weekday")
def weekday_alone(weekday: int) -> Day:
    return Day(weekday=weekday)


@rule("day", "weekday_plural:weekday slot", "<=move weekday_plural:weekday")
def someones_weekday(weekday: int) -> Day:
    """ "My Thursdays appointment", with the apostrophe left out."""
    return Day(weekday=weekday)


@rule("day", "weekday_plural:weekday")
def every_weekday(weekday: int) -> Day:
    return Day(weekdays=(weekday,))


@rule("day", "since/from? day:first to/by/through day:last", "between day:first and/to day:last")
def range_of_days(first: Day, last: Day) -> Day | None:
    if first.weekdays or first.bound or last.bound or first.last_day or last.last_day:
        return None
    if first.weekdays and first == Day(weekdays=first.weekdays):
        if last.weekdays:
            begin, end = first.weekdays[0], last.weekdays[-1]
            return Day(weekdays=tuple(sorted((begin + n) % 7 for n in range((end - begin) % 7 + 1))))
        return None if last.weekday is not None else replace(last, weekdays=first.weekdays, bound="by")
    return replace(first, last_day=last)


@rule(
    "day",
    "since/starting:since day:day onwards",
    "day:day onwards/at_earliest",
    "at_earliest:since on? day:day",
    "at_latest:by on? day:day",
    "day:day at_latest:by",
    "after:bound day:day",
    "before:before day:day",
    "by/through/within:by day:day",
    "since/from:since day:day on !clock",
    "since/starting:since day:day",
    "past:bound day:day",
)
def bounded(
    day: Day,
    since: str | None = None,
    bound: str | None = None,
    before: str | None = None,
    by: str | None = None,
) -> Day | None:
    if day.bound or day.last_day:
        return None
    if bound is not None:
        return replace(day, bound="after")
    if before is not None:
        return replace(day, bound="before")
    return replace(day, bound="by" if by is not None else "from")
