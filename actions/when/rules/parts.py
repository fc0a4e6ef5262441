"""Parts of a week, month or year: "early next week", "the end of June", "by EOM"."""

from __future__ import annotations

from dataclasses import replace

from actions.when.grammar import Grammar, Scene
from actions.when.nodes import Day

parts = Grammar()
rule = parts.rule


@rule("day", "midweek of/in/on? week:week", "week:week comma? midweek", "midweek")
def midweek(scene: Scene, week: int | None = None) -> Day:
    """Of this week until it is over."""
    return Day(week=int(scene.now.weekday() > 3) if week is None else week, part="middle")


@rule("day", "part:part of? around? week:week", "later:later week:week")
def part_of_week(week: int, part: str = "rest", later: str | None = None) -> Day:
    return Day(week=week, part=part)


@rule("period", "part:part of? around? period:period", "part:part of? month/weakmonth:month")
def part_of_month(part: str, period: Day | None = None, month: int | None = None) -> Day:
    return replace(period or Day(month=month), part=part)


@rule("period", "part:part of/in? unit:unit", "unit:unit part:part")
def part_of_this_unit(part: str, unit: str, scene: Scene) -> Day | None:
    if unit == "week":
        return Day(week=0, part=part)
    if unit == "month":
        return Day(month=scene.now.month, year=scene.now.year, part=part)
    return Day(year=scene.now.year, part=part) if unit == "year" else None
