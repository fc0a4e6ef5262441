"""Runs of days: weeks, weekends, months and their parts, "this" and "next" weekday."""

from __future__ import annotations

from datetime import date, timedelta

from actions.when.nodes import Day
from actions.when.rules.grammar import Grammar
from actions.when.scene import Scene

periods = Grammar()
rule = periods.rule


@rule("word", "last/past unit:unit !of !in", "unit:unit last")
def last_day(unit: str) -> str | None:
    return "past" if unit == "day" else None


@rule(
    "week",
    "next:next unit:unit after_next",
    "unit:unit after_next",
    "unit:unit after/past next:next unit:again",
    "after_next unit:unit",
)
def week_after_next(unit: str, next: str | None = None, again: str | None = None) -> int | None:
    if unit != "week":
        return None
    return 2


@rule(
    "week",
    "this/whole:this unit:unit",
    "next/coming:next unit:unit",
    "this coming:next unit:unit",
    "unit:unit next/coming:next",
    "last/past:last unit:unit !of !in",
    "unit:unit last/past:last",
)
def week(unit: str, this: str | None = None, next: str | None = None, last: str | None = None) -> int | None:
    if unit != "week":
        return None
    return -1 if last is not None else 0 if next is None else 1


@rule("period", "month/weakmonth:month after_next", "next month/weakmonth:month after_next")
def month_after_next(month: int, scene: Scene) -> Day:
    """ "March after next": not the coming one, the one after."""
    return Day(month=month, year=scene.now.year + (1 if month > scene.now.month else 2))


@rule("day", "week:week or/and next !unit !weekday !weekend !month !weakmonth !amount !season !daypart")
def week_or_next(week: int) -> Day:
    """ "This week or next"."""
    return Day(week=week, last_day=Day(week=week + 1))


@rule("day", "weekday:weekday on/of/in/from? week:week", "week:week comma? on? weekday:weekday")
def weekday_of_week(weekday: int, week: int) -> Day:
    return Day(weekday=weekday, week=week)


@rule("day", "weekday:weekday since week:week")
def weekday_from_last_week(weekday: int, week: int) -> Day | None:
    """ "Sunday from last week"."""
    return Day(weekday=weekday, week=week) if week < 0 else None


@rule(
    "day",
    "weekdays on/of/in? week:week",
    "week:week on? weekdays",
    "this:this weekdays",
    "next:next weekdays",
    "weekdays",
)
def working_days(week: int | None = None, this: str | None = None, next: str | None = None) -> Day:
    if next is not None:
        week = 1
    return Day(week=week, weekdays=(0, 1, 2, 3, 4))


@rule("day", "next/coming:next workweek", "this? workweek")
def workweek(next: str | None = None) -> Day:
    return Day(week=0 if next is None else 1, weekdays=(0, 1, 2, 3, 4))


@rule(
    "day",
    "next:next weekday:weekday after_next",
    "weekday:weekday after_next",
    "after_next weekday:weekday",
)
def weekday_after_next(weekday: int, next: str | None = None) -> Day:
    return Day(weekday=weekday, which="next", plus_weeks=1)


@rule(
    "day",
    "this:this weekday:weekday",
    "next:next weekday:weekday",
    "coming:coming weekday:weekday",
    "last/past:last weekday:weekday",
    "weekday:weekday coming:coming",
    "weekday:weekday next:next",
    "weekday:weekday last:last",
)
def weekday_with_word(
    weekday: int,
    this: str | None = None,
    next: str | None = None,
    coming: str | None = None,
    last: str | None = None,
) -> Day:
    which = (
        "following"
        if next == "after"
        else "next"
        if next is not None
        else "last"
        if last is not None
        else "this"
    )
    return Day(weekday=weekday, which=which)


@rule("day", "weekend:every")
def all_weekends(every: str) -> Day | None:
    """ "Weekends only"."""
    return Day(weekdays=(5, 6)) if every else None


@rule(
    "day",
    "this/coming weekend",
    "next:next weekend",
    "weekend next:next",
    "last/past:last weekend",
    "weekend last/past:last",
    "weekend after_next:after",
    "after_next:after weekend",
    "weekend on/of/in? week:week",
    "weekend",
)
def weekend(
    next: str | None = None, last: str | None = None, after: str | None = None, week: int | None = None
) -> Day:
    if last is not None:
        return Day(weekend=True, week=-1)
    which = "next" if next is not None or week == 1 else None
    return Day(weekend=True, which=which, week=week, plus_weeks=1 if after is not None else 0)


@rule(
    "period",
    "this unit:unit",
    "this coming:next unit:unit",
    "next/coming:next unit:unit",
    "unit:unit next/coming:next",
    "this/coming month/weakmonth:month",
    "next:next month/weakmonth:month",
    "month:month next/coming:next",
)
def month_or_year(
    scene: Scene, unit: str = "", next: str | None = None, month: int | None = None
) -> Day | None:
    today = scene.now.date()
    if month is not None:
        again = next is not None and month == today.month
        return Day(month=month, year=today.year + 1 if again else None)
    first = today.replace(day=1)
    if unit == "month":
        first = (first + timedelta(days=32)).replace(day=1) if next is not None else first
        return Day(month=first.month, year=first.year)
    if unit == "year":
        return Day(year=today.year + (next is not None))
    return None


@rule(
    "day",
    "calendar_week num:number",
    "ord:number calendar_week",
    "<!num <!amount <!every unit:unit num:number !unit !people !month !weakmonth !num !oclock !money",
)
def calendar_week(number: int, scene: Scene, unit: str = "week") -> Day | None:
    """ "KW 25", "semaine 25": by ISO 8601, of this year unless it is over."""
    if unit != "week":
        return None
    for year in (scene.now.year, scene.now.year + 1):
        if 1 <= number <= date(year, 12, 28).isocalendar().week:
            monday = date.fromisocalendar(year, number, 1)
            if monday + timedelta(days=7) > scene.now.date():
                return Day(start=monday, end=monday + timedelta(days=7))
    return None


@rule(
    "period",
    "month/weakmonth:month comma? of/in? num:year",
    "my:pair",
    "month:month",
    "in/of/for weakmonth:month",
    "^ weakmonth:month $",
)
def month_alone(month: int = 0, year: int | None = None, pair: tuple[int, int] | None = None) -> Day | None:
    if pair:
        month, year = pair
    if year is not None and not 1900 <= year <= 2200:
        return None
    return Day(month=month, year=year)


@rule(
    "period",
    "<=before weakmonth:month",
    "<=by weakmonth:month",
    "<=since weakmonth:month",
    "<=after weakmonth:month",
    "<=or weakmonth:month $",
    "weakmonth:month (?= or month/weakmonth )",
    "weakmonth:month (?= to/through month/weakmonth/period )",
    "(?<= period to/through ) weakmonth:month",
    "<=until weakmonth:month",
)
def weak_month(month: int) -> Day:
    return Day(month=month)
