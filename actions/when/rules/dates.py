"""Days and dates: "tomorrow", "Tuesday the 24th", "21/11", "Nov 21st", "this Saturday", "Christmas"."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from actions.when.calendar_math import safe_date
from actions.when.grammar import Grammar, Scene
from actions.when.holidays import holiday as on_year
from actions.when.nodes import Day, Node

dates = Grammar()
rule = dates.rule

_NOT_A_CLOCK = "!half !unit !amount !people !past"


@rule("day", "iso:parts")
def iso(parts: tuple[int, int, int]) -> Day:
    year, month, day = parts
    return Day(day=day, month=month, year=year)


@rule("day", "dmy:parts")
def numeric_with_year(parts: tuple[int, int, int], scene: Scene) -> Day | None:
    first, second, year = parts
    year += 2000 if year < 100 else 0
    day, month = ordered(first, second, scene.day_first)
    return Day(day=day, month=month, year=year) if 1 <= month <= 12 else None


@rule("day", "dm:parts !unit !amount !slot", "dotted:parts")
def numeric(parts: tuple[int, int], scene: Scene, nodes: list[Node]) -> Day | None:
    if "." in nodes[0].text:
        day, month = parts
    else:
        day, month = ordered(*parts, scene.day_first)
    return Day(day=day, month=month) if 1 <= month <= 12 and 1 <= day <= 31 else None


@rule(
    "date",
    "since/from? ord/num:day to/by/through ord/num:last of? month/weakmonth:month comma/of? num:year",
    "since/from? ord/num:day to/by/through ord/num:last of? month/weakmonth:month !num !ord",
    f"month/weakmonth:month ord/num:day to/by/through ord/num:last {_NOT_A_CLOCK}",
    "between ord/num:day and ord/num:last of? month/weakmonth:month",
    f"between month/weakmonth:month ord/num:day and ord/num:last {_NOT_A_CLOCK}",
)
def dates_of_a_month(day: int, last: int, month: int, year: int | None = None) -> Day | None:
    if not (1 <= day <= 31 and 1 <= last <= 31) or (year is not None and not 1900 <= year <= 2200):
        return None
    return Day(day=day, month=month, year=year, last_day=Day(day=last, month=month, year=year))


@rule(
    "date",
    "ord/num:day of? month/weakmonth:month comma? of/in? num:year",
    "month/weakmonth:month ord/num:day comma? of/in? num:year",
    "num:year month/weakmonth:month ord/num:day",
)
def full_date(day: int, month: int, year: int, scene: Scene) -> Day | None:
    this_year = scene.now.year
    if year in (this_year % 100, this_year % 100 + 1) and year > 24:
        year += this_year - this_year % 100
    if not 1 <= day <= 31 or not 1900 <= year <= 2200:
        return None
    return Day(day=day, month=month, year=year)


@rule(
    "date",
    "ord/num:day of? month/weakmonth:month !unit !weekend",
    "month/weakmonth:month ord:day",
    f"month/weakmonth:month num:day {_NOT_A_CLOCK}",
    "month/weakmonth:month num:day =half",
    "num:day to month/weakmonth:month",
)
def day_and_month(day: int, month: int, nodes: list[Node]) -> Day | None:
    if any(node.kind == "to" and not (node.glued and node.text == "-") for node in nodes):
        return None
    return Day(day=day, month=month) if 1 <= day <= 31 else None


@rule("day", "weekday:weekday comma? on? date:date", "weekday:weekday comma? on? day:date")
def weekday_and_date(weekday: int, date: Day) -> Day | None:
    if date.day is None or date.last_day:
        return None
    return Day(weekday=weekday, day=date.day, month=date.month, year=date.year)


@rule("day", "date:date")
def date_alone(date: Day) -> Day:
    return date


@rule(
    "day",
    "weekday:weekday comma? ord:day !unit !weekday",
    f"weekday:weekday num:day {_NOT_A_CLOCK} !to !by !word !ord !num",
    "weekday:weekday comma ord:day",
)
def weekday_and_number(weekday: int, day: int, nodes: list[Node], scene: Scene) -> Day | None:
    """ "Monday 30th"; "Sat 5" only where the next 5th or the one after is a Saturday, else it is a clock."""
    if not 1 <= day <= 31 or (nodes[-1].text.isalpha() and day < 5):
        return None
    may_be_clock = nodes[-1].kind == "num" and len(nodes[-1].text) < 3 and not scene.marked_hours
    if may_be_clock and not _falls_on(day, weekday, scene):
        return None
    return Day(weekday=weekday, day=day)


@rule("clock_beside", f"<=weekday num:hour {_NOT_A_CLOCK} !to !by !word !ord !num !people")
def clock_after_weekday(hour: int) -> int | None:
    return hour if 1 <= hour <= 24 else None


@rule("day", "ord:day !unit !pick !weekday", "ord:day =weekday")
def day_of_month(day: int, nodes: list[Node], scene: Scene) -> Day | None:
    """ "The 3rd". "The first" to "the fourth" in words may mean many things; so may "the 2nd" of offers."""
    in_words = nodes[0].text.isalpha() and day < 5
    if in_words or day > 31 or (scene.context.asked == "slot" and day < 4):
        return None
    return Day(day=day)


@rule("word", "later:way relday:days")
def earlier_today(way: str, days: int) -> str | None:
    """What was "earlier today" is told, not wished for."""
    return "past" if way == "earlier" and days == 0 else None


@rule("day", "later relday:days", "relday:days")
def relative_day(days: int, scene: Scene) -> Day:
    day = scene.now.date() + timedelta(days=days)
    return Day(start=day, end=day + timedelta(days=1))


@rule("word", "holiday occasion/pick", "greeting holiday")
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
    "this/next/coming? holiday:name of/in? num:year",
    "holiday:name of? this unit:unit",
    "holiday:name of? next:next unit:unit",
    "this/next/coming? holiday:name",
)
def holiday(
    name: str, scene: Scene, year: int | None = None, unit: str | None = None, next: str | None = None
) -> Day | None:
    if unit is not None:
        year = scene.now.year + (next is not None) if unit == "year" else -1
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


def ordered(first: int, second: int, day_first: bool) -> tuple[int, int]:
    """Day and month in the order of the locale, or in the only order that is a date."""
    day, month = (first, second) if day_first else (second, first)
    return (month, day) if month > 12 and day <= 12 else (day, month)


def _falls_on(day: int, weekday: int, scene: Scene) -> bool:
    first = scene.now.date().replace(day=1)
    for _ in range(2):
        found = safe_date(first.year, first.month, day)
        if found and found >= scene.now.date() and found.weekday() == weekday:
            return True
        first = (first + timedelta(days=32)).replace(day=1)
    return False
