"""Days and dates: "tomorrow", "Tuesday the 24th", "21/11", "Nov 21st", "this Saturday", "Christmas"."""

from __future__ import annotations

from datetime import timedelta

from actions.when.nodes import Day, Node
from actions.when.rules.grammar import Grammar
from actions.when.scene import Scene

dates = Grammar()
rule = dates.rule

NOT_A_CLOCK = "!half !unit !amount !people !past"


@rule(
    "ord",
    "num:day (?= ( or/and/comma num/ord )+ of? month/weakmonth )",
    f"(?<= month/weakmonth num/ord or/and ) num:day {NOT_A_CLOCK} !oclock !word",
    "(?<= month/weakmonth num/ord comma ) num:day (?= or/and num )",
    f"(?<= comma ord or/and ) num:day {NOT_A_CLOCK} !oclock !word",
)
def one_of_several(day: int) -> int | None:
    """ "18 and 19 June", "June 18 or 19"."""
    return day if 1 <= day <= 31 else None


@rule("word", "dm:share (?= word/of )")
def fraction(share: tuple[int, int]) -> str | None:
    """ "3/4 length", "2/3 of it"."""
    return "share" if share in ((1, 2), (1, 3), (2, 3), (1, 4), (3, 4)) else None


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


@rule("word", "<=word/num dotted:parts")
def measured(parts: tuple[int, int], nodes: list[Node], scene: Scene) -> str | None:
    """ "A golf 1.6", where nobody writes dates so; "18.6.", "the 18.06" are dates."""
    month = nodes[0].text.split(".")[1]
    alone = not scene.dotted_dates and not nodes[0].text.endswith(".") and len(month) == 1 and parts[0] < 13
    return "measure" if alone else None


@rule("day", "dm:parts !unit !amount !slot", "dotted:parts")
def numeric(parts: tuple[int, int], scene: Scene, nodes: list[Node]) -> Day | None:
    if "." in nodes[0].text and (scene.day_first or parts[1] <= 12):
        day, month = parts
    else:
        day, month = ordered(*parts, scene.day_first)
    return Day(day=day, month=month) if 1 <= month <= 12 and 1 <= day <= 31 else None


@rule(
    "date",
    "since/from? ord/num:day to/by/through ord/num:last of? month/weakmonth:month comma/of? num:year",
    "since/from? ord/num:day to/by/through ord/num:last of? month/weakmonth:month !num !ord",
    f"month/weakmonth:month ord/num:day to/by/through ord/num:last {NOT_A_CLOCK}",
    "between ord/num:day and ord/num:last of? month/weakmonth:month comma/of? num:year",
    "between ord/num:day and ord/num:last of? month/weakmonth:month",
    "since/from num:day to/by/through month/weakmonth:month ord/num:last",
    f"between month/weakmonth:month ord/num:day and ord/num:last {NOT_A_CLOCK}",
)
def dates_of_a_month(day: int, last: int, month: int, year: int | None = None) -> Day | None:
    if not (1 <= day <= 31 and 1 <= last <= 31) or (year is not None and not 1900 <= year <= 2200):
        return None
    end = Day(day=last, month=month, year=year)
    if day > last:  # "the 28th to the 3rd of July" begins in June
        month, year = (month - 1, year) if month > 1 else (12, year - 1 if year else None)
    return Day(day=day, month=month, year=year, last_day=end)


@rule("date", "ord:day of ord:month !unit")
def day_of_a_numbered_month(day: int, month: int) -> Day | None:
    """ "The 15th of the 6th"."""
    return Day(day=day, month=month) if 1 <= day <= 31 and 1 <= month <= 12 else None


@rule("date", "dm:days of? month/weakmonth:month")
def two_dates_of_a_month(days: tuple[int, int], month: int) -> Day | None:
    """ "19/20 June"."""
    first, last = days
    return dates_of_a_month(first, last, month) if last == first + 1 else None


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
    f"month/weakmonth:month num:day {NOT_A_CLOCK}",
    "month/weakmonth:month num:day =half",
    "num:day to month/weakmonth:month",
)
def day_and_month(day: int, month: int, nodes: list[Node]) -> Day | None:
    if any(node.kind == "to" and not (node.glued and node.text == "-") for node in nodes):
        return None
    return Day(day=day, month=month) if 1 <= day <= 31 else None


@rule("date", "ord:day of num:month !unit !to !by !half !people")
def month_by_number(day: int, month: int, nodes: list[Node], scene: Scene) -> Day | None:
    """ "El 11 del 6", "dia 11 do 6"."""
    if not scene.marked_hours or not 1 <= month <= 12 or day > 31:
        return None
    return Day(day=day, month=month)


@rule("day", "weekday:weekday comma? on? date:date", "weekday:weekday comma? on? day:date")
def weekday_and_date(weekday: int, date: Day) -> Day | None:
    if date.day is None or date.last_day:
        return None
    return Day(weekday=weekday, day=date.day, month=date.month, year=date.year)


@rule("day", "date:date")
def date_alone(date: Day) -> Day:
    return date


@rule("word", "later:way relday:days")
def earlier_today(way: str, days: int) -> str | None:
    """What was "earlier today" is told, not wished for."""
    return "past" if way == "earlier" and days == 0 else None


@rule("day", "later relday:days", "relday:days")
def relative_day(days: int, scene: Scene) -> Day:
    day = scene.now.date() + timedelta(days=days)
    return Day(start=day, end=day + timedelta(days=1))


def ordered(first: int, second: int, day_first: bool) -> tuple[int, int]:
    """Day and month in the order of the locale, or in the only order that is a date."""
    day, month = (first, second) if day_first else (second, first)
    return (month, day) if month > 12 and day <= 12 else (day, month)
