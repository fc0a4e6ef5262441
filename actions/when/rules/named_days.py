"""Holidays by name, and what is only named after one: "Easter Monday 2028", "a Black Friday deal"."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from actions.when.calendar.holidays import holiday as on_year
from actions.when.nodes import Day
from actions.when.rules.grammar import Grammar
from actions.when.scene import Scene

named_days = Grammar()
rule = named_days.rule


@rule("word", "holiday occasion/pick/meal", "greeting holiday")
def occasion() -> str:
    """A Black Friday deal, a Christmas party and "happy Easter" are no days."""
    return "occasion"


@rule("day", "holiday:name last", "last holiday:name")
def last_holiday(name: str, scene: Scene) -> Day:
    found = (on_year(name, scene.now.year - back) for back in range(3))
    day = next(day for day in found if day and day < scene.now.date())
    return Day(start=day, end=day + timedelta(days=1))


@rule(
    "day",
    "this/next/coming? holiday:name of/in? num/year:year",
    "holiday:name of? this unit:unit",
    "holiday:name of? next:next unit:unit",
    "holiday:name of/in? last:last unit:unit",
    "this/next/coming? holiday:name",
)
def holiday(
    name: str,
    scene: Scene,
    year: int | None = None,
    unit: str | None = None,
    next: str | None = None,
    last: str | None = None,
) -> Day | None:
    if unit is not None:
        year = scene.now.year + (next is not None) - (last is not None) if unit == "year" else -1
    if year is not None and not 1900 < year < 2200:
        return None
    if len(name) != len("12-25"):
        return Day(holiday=name, year=year)
    month, day = map(int, name.split("-"))
    return Day(day=day, month=month, year=year)


@rule("day", "weekday:weekday comma? on? day:day")
def weekday_and_holiday(weekday: int, day: Day) -> Day | None:
    if day.holiday is None or day.weekday is not None:
        return None
    return replace(day, weekday=weekday)
