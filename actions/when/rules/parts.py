"""Parts of a week, month or year: "early next week", "the end of June", "by EOM"."""

from __future__ import annotations

from dataclasses import replace

from actions.when.calendar.arithmetic import plus_months
from actions.when.calendar.parts import part_of_month as days_of_part
from actions.when.nodes import Day
from actions.when.rules.grammar import Grammar
from actions.when.scene import Scene

parts = Grammar()
rule = parts.rule


@rule("day", "midweek of/in/on? week:week", "week:week comma? midweek", "midweek")
def midweek(scene: Scene, week: int | None = None) -> Day:
    """Of this week until it is over."""
    return Day(week=int(scene.now.weekday() > 3) if week is None else week, part="middle")


@rule("day", "part:part of? around? week:week", "later:later week:week")
def part_of_week(week: int, scene: Scene, part: str = "rest", later: str | None = None) -> Day:
    return _in(scene, Day(week=week, part=part))


@rule("period", "later:later period:period")
def later_in_it(later: str, period: Day) -> Day | None:
    """ "Later this month"."""
    return replace(period, part="rest") if later == "later" else None


@rule("period", "part:first or part:second of? period:period")
def parts_of_month(first: str, second: str, period: Day, scene: Scene) -> Day | None:
    """ "Mid or late July"."""
    if (first, second) not in (("start", "middle"), ("middle", "end")):
        return None
    last = _in(scene, replace(period, part=second))
    return replace(_in(scene, replace(period, part=first)), last_day=last)


@rule("period", "part:part of? around? period:period", "part:part of? month/weakmonth:month")
def part_of_month(part: str, scene: Scene, period: Day | None = None, month: int | None = None) -> Day:
    return _in(scene, replace(period or Day(month=month), part=part))


@rule("period", "part:part of/in? unit:unit", "unit:unit part:part")
def part_of_this_unit(part: str, unit: str, scene: Scene) -> Day | None:
    if unit == "week":
        return _in(scene, Day(week=0, part=part))
    if unit == "month":
        return _to_come(_in(scene, Day(month=scene.now.month, year=scene.now.year, part=part)), scene)
    return _in(scene, Day(year=scene.now.year, part=part)) if unit == "year" else None


def _to_come(day: Day, scene: Scene) -> Day:
    """ "At the beginning of the month", said on the 12th, is that of the next."""
    today = scene.now.date()
    start, end = days_of_part(day, today)
    if end is None or end > today or start is None:
        return day
    following = plus_months(today.replace(day=1), 1)
    return replace(day, month=following.month, year=following.year)


def _in(scene: Scene, day: Day) -> Day:
    """The part as the language has it: "fin de semaine" begins on Thursday, "fin d'année" in November."""
    unit = "week" if day.week is not None else "month" if day.month is not None else "year"
    window = scene.parts.get(unit, {}).get(str(day.part))
    return replace(day, window=window) if window and not day.start else day
