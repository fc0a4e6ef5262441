"""The nth of something in a month: "the last Friday of July", "the third day of May", "4th to 10th next month"."""

from __future__ import annotations

from datetime import date, timedelta

from actions.when.calendar.arithmetic import plus_months
from actions.when.nodes import Day, Node
from actions.when.rules.grammar import Grammar
from actions.when.scene import Scene

nth = Grammar()
rule = nth.rule

_THINGS = "<=unit/weekday/weekday_plural/weekdays/weekend"


@rule(
    "of_month",
    f"{_THINGS} of/in month/weakmonth:month of/in? num:year",
    f"{_THINGS} month:month num:year",
    f"{_THINGS} of/in month/weakmonth:month !num !ord",
)
def of_a_named_month(month: int, year: int | None = None) -> Day | None:
    return Day(month=month, year=year) if year is None or 1900 <= year <= 2200 else None


@rule(
    "of_month",
    f"{_THINGS} of/in? this unit:unit",
    f"{_THINGS} of/in? next/coming:next unit:unit",
    f"{_THINGS} of/in? unit:unit next/coming:next",
    "<=ord of/in? this unit:unit",
    "<=ord of/in? next/coming:next unit:unit",
    "<=ord of/in? unit:unit next/coming:next",
    "<=num of/in unit:unit next/coming:next",
    "<=num of this unit:unit",
    "<=num of/in next/coming:next unit:unit",
)
def of_a_month_from_now(unit: str, scene: Scene, next: str | None = None) -> Day | None:
    if unit != "month":
        return None
    first = plus_months(scene.now.date().replace(day=1), 0 if next is None else 1)
    return Day(month=first.month, year=first.year)


@rule("of_month", f"{_THINGS} of/in unit:unit", "<=ord/num of unit:unit")
def of_whichever_month(unit: str) -> Day | None:
    """ "Of the month" is this one as long as that day is to come."""
    return Day() if unit == "month" else None


@rule(
    "period",
    "ord/rank:nth unit:unit of_month:month",
    "last:last unit:unit of_month:month",
    "ord:nth month/weakmonth:named unit:unit",
    "last:last month/weakmonth:named unit:unit",
)
def week_of_month(
    unit: str,
    month: Day | None = None,
    named: int | None = None,
    nth: int | None = None,
    last: str | None = None,
) -> Day | None:
    """ "The second week of July", "la première quinzaine de juillet"."""
    month = month or Day(month=named)
    if unit == "fortnight" and (nth or 2) <= 2:
        return Day(month=month.month, year=month.year, part="first_half" if nth == 1 else "second_half")
    if unit != "week" or (nth or 1) > 5:
        return None
    return Day(month=month.month, year=month.year, part="week", nth=nth or -1)


@rule("date", "ord/num:nth unit:unit of_month:month", "last:last unit:unit of_month:month")
def day_of_month(month: Day, unit: str, nth: int | None = None, last: str | None = None) -> Day | None:
    if unit != "day" or (nth or 1) > 31:
        return None
    if nth is None:
        return Day(month=month.month, year=month.year, part="day", nth=-1)
    return Day(day=nth, month=month.month, year=month.year)


@rule(
    "period",
    "ord/rank:nth weekday:weekday of_month:month",
    "last:last weekday:weekday of_month:month",
    "ord/rank:nth weekend of_month:month",
    "last:last weekend of_month:month",
    "ord:nth weekdays:working of_month:month",
    "last:last weekdays:working of_month:month",
)
def weekday_of_month(
    month: Day,
    weekday: int | None = None,
    nth: int | None = None,
    last: str | None = None,
    working: str | None = None,
) -> Day | None:
    if (nth or 1) > 5:
        return None
    if working is not None:
        return Day(month=month.month, year=month.year, part="working_day", nth=nth or -1)
    return Day(month=month.month, year=month.year, weekday=weekday, weekend=weekday is None, nth=nth or -1)


@rule(
    "period",
    "ord/num:day of month/weakmonth:month weekend",
    "month/weakmonth:month ord/num:day weekend",
)
def weekend_of_a_date(day: int, month: int) -> Day | None:
    """ "The 4th of July weekend"."""
    return Day(weekend=True, base=Day(day=day, month=month)) if 1 <= day <= 31 else None


@rule("period", "ord/rank:nth month/weakmonth:month weekend", "last:last month/weakmonth:month weekend")
def weekend_of_month(month: int, nth: int | None = None, last: str | None = None) -> Day | None:
    """ "Das erste Juliwochenende"."""
    return Day(month=month, weekend=True, nth=nth or -1) if (nth or 1) <= 5 else None


@rule("day", "weekday_plural:weekday on/of/in? this/next/coming unit:unit")
def any_day_of_a_week(weekday: int, unit: str, nodes: list[Node]) -> Day | None:
    """ "Any Friday next week" is the one it has."""
    if unit != "week":
        return None
    return Day(weekday=weekday, week=0 if any(node.kind == "this" for node in nodes) else 1)


@rule("day", "weekend of_month:month", "weekdays of_month:month", "weekday_plural:weekday of_month:month")
def such_days_of_month(month: Day, nodes: list[Node], weekday: int | None = None) -> Day:
    """ "A weekend in July" is any of them."""
    days = {"weekend": (5, 6), "weekdays": (0, 1, 2, 3, 4)}.get(nodes[0].kind)
    return Day(month=month.month, year=month.year, weekdays=days or (int(weekday or 0),))


@rule(
    "date",
    "since/from? ord/num:day to/by/through ord/num:last of_month:month",
    "between ord/num:day and ord/num:last of_month:month",
    "since/from? num:day to/by/through num:last next:next unit:unit",
    "since/from? num:day to/by/through num:last this unit:unit",
)
def days_of_this_month(
    day: int, last: int, scene: Scene, month: Day | None = None, next: str | None = None, unit: str = "month"
) -> Day | None:
    month = month or of_a_month_from_now(unit, scene, next)
    if month is None or not (1 <= day <= 31 and 1 <= last <= 31):
        return None
    return Day(
        day=day,
        month=month.month,
        year=month.year,
        last_day=Day(day=last, month=month.month, year=month.year),
    )


@rule(
    "period",
    "ord/rank:nth weekday:weekday (?= of? recurrence )",
    "last:last weekday:weekday (?= of? recurrence )",
    "(?<= recurrence on ) ord/rank:nth weekday:weekday",
    "(?<= recurrence on ) last:last weekday:weekday",
    "<=recurrence last:last weekday:weekday",
)
def first_of_many(weekday: int, nth: int | None = None, last: str | None = None) -> Day | None:
    """ "The first Saturday of each month" begins with the one to come."""
    return Day(weekday=weekday, nth=nth or -1) if (nth or 1) <= 5 else None


@rule("period", "<!every ord/rank:nth weekday:weekday !num !ord !after !before")
def weekday_of_some_month(nth: int, weekday: int) -> Day | None:
    """ "The second Tuesday"; the first is whichever comes first."""
    return Day(weekday=weekday, nth=nth) if 2 <= nth <= 4 else None


@rule(
    "day",
    "ord:nth unit:unit of/in? year:year",
    "last:last unit:unit of/in? year:year",
    "ord:nth unit:unit of/in num:year",
    "last:last unit:unit of/in num:year",
    "ord:nth unit:unit of/in? next unit:whole",
)
def week_of_year(
    unit: str,
    scene: Scene,
    year: int = 0,
    nth: int | None = None,
    last: str | None = None,
    whole: str | None = None,
) -> Day | None:
    """By ISO 8601: the first week is the one with the first Thursday."""
    if whole is not None:
        year = scene.now.year + 1 if whole == "year" else 0
    if unit != "week" or not 1900 <= year <= 2200:
        return None
    weeks = date(year, 12, 28).isocalendar().week
    monday = date.fromisocalendar(year, weeks if nth is None else min(nth, weeks), 1)
    return Day(start=monday, end=monday + timedelta(days=7))


@rule("date", "ord/num:day of_month:month")
def date_of_this_month(day: int, month: Day) -> Day | None:
    return Day(day=day, month=month.month, year=month.year) if 1 <= day <= 31 else None


@rule("period", "of_month:month")
def month_after_all(month: Day, scene: Scene) -> Day:
    return month if month.month else Day(month=scene.now.month, year=scene.now.year)
