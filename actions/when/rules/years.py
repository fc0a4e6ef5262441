"""Years and their parts: "in 2028", "last month", "this summer", "Q2", "the second half of next year", "EOM"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from actions.when.calendar.arithmetic import plus_months
from actions.when.calendar.seasons import season, season_by_count, season_of_year
from actions.when.nodes import Day, Node
from actions.when.rules.grammar import Grammar
from actions.when.scene import Scene

years = Grammar()
rule = years.rule

_QUARTER, _HALF = 3, 6
_MONTHS = {"quarter": _QUARTER, "half_year": _HALF}
_UNLIKE_A_YEAR = "!unit !money !people !half !oclock !word !quarter"

Share = tuple[int, int]
"""Months that it lasts, and which of the year it is."""


@rule("share", "ord/rank:nth unit:unit")
def share_in_words(nth: int, unit: str) -> Share | None:
    return _share(_MONTHS.get(unit, 0), nth)


@rule("share", "quarter_sign num:nth")
def quarter_by_number(nth: int, nodes: list[Node]) -> Share | None:
    return _share(_QUARTER, nth) if nodes[1].glued else None


@rule("share", "<!num unit:unit num:nth", "<=num unit:unit num:nth")
def half_by_number(unit: str, nth: int, nodes: list[Node]) -> Share | None:
    """H2: the H of an hour, but before the number."""
    return _share(_HALF, nth) if nodes[1].glued and nodes[0].text == "h" else None


@rule(
    "year",
    f"<=in/of/this/next/last num:year {_UNLIKE_A_YEAR}",
    f"<=after/since/ever_since/before/by/starting/part num:year {_UNLIKE_A_YEAR}",
    "num:year (?= to? share )",
    "<=share num:year",
    "(?<= ord quarter ) num:year",
    "<=season num:year",
)
def year_number(year: int, nodes: list[Node]) -> int | None:
    """What could be a clock ("after 1930") has been taken for one before."""
    return year if _is_year(year, nodes[0]) else None


@rule("year", "unit:unit of? num/year:year")
def said_as_a_year(unit: str, year: int, nodes: list[Node]) -> int | None:
    """ "The year 2028"."""
    return year if unit == "year" and _is_year(year, nodes[-1]) else None


@rule(
    "year",
    "this unit:unit",
    "next/coming:next unit:unit",
    "last/past:last unit:unit !of !in",
)
def year_by_name(unit: str, scene: Scene, next: str | None = None, last: str | None = None) -> int | None:
    if unit != "year":
        return None
    return scene.now.year + (next is not None) - (last is not None)


@rule("share", "ord:nth quarter:minutes (?= year/unit )")
def quarter_of(nth: int, minutes: int) -> Share | None:
    """ "Quarter of" is also said of the clock."""
    return _share(_QUARTER, nth) if minutes == -15 else None


@rule("day", "between/since/in? num/year:first to/by/and num/year:last")
def years_in_a_row(first: int, last: int, nodes: list[Node]) -> Day | None:
    numbers = [node for node in nodes if node.kind in ("num", "year")]
    if not all(_is_year(node.value, node) for node in numbers) or first >= last:
        return None
    return Day(year=first, last_day=Day(year=last))


@rule("period", "num:year share:share")
def share_of_a_short_year(year: int, share: Share, nodes: list[Node]) -> Day | None:
    """ "28Q4"."""
    if not nodes[1].glued or len(nodes[0].text) != 2:
        return None
    start = date(2000 + year, share[0] * (share[1] - 1) + 1, 1)
    return _run(start, plus_months(start, share[0]))


@rule(
    "period",
    "share:share of? year:year",
    "year:year poss? comma/to? share:share",
    "share:share of? unit:unit",
    "share:share",
)
def share_of_a_year(share: Share, scene: Scene, year: int | None = None, unit: str = "year") -> Day | None:
    """ "The first quarter of the year" is the coming one."""
    if unit != "year":
        return None
    months, nth = share
    start = date(year or scene.now.year, months * (nth - 1) + 1, 1)
    if year is None and plus_months(start, months) <= scene.now.date():
        start = plus_months(start, 12)
    return _run(start, plus_months(start, months))


@rule("period", "season:name of? year:year", "year:year season:name")
def season_of_a_year(name: str, year: int, scene: Scene) -> Day | None:
    return _run(*season_of_year(name, scene.zone, year)) if name else None


@rule(
    "period",
    "this/coming season:name",
    "next:next season:name",
    "last/past:last season:name",
    "<=in/at/of/by/before/after/since/part/recurrence season:name",
    "^ season:name $",
    "season:name =or",
    "<=or season:name",
)
def season_by_name(name: str, scene: Scene, next: str | None = None, last: str | None = None) -> Day:
    step = (next is not None) - (last is not None)
    today = scene.now.date()
    found = season(name, scene.zone, today, step) if name else season_by_count(scene.zone, today, step)
    return _run(*found, told=last is not None)


@rule(
    "period",
    "year:year of/in? month/weakmonth:month",
    "in? month/weakmonth:month of/in? year:year",
    "year:year period:named",
)
def month_of_a_year(year: int, month: int | None = None, named: Day | None = None) -> Day | None:
    """ "March next year", "next year in March"."""
    if named and named != Day(month=named.month):
        return None
    return Day(month=named.month if named else month, year=year)


@rule("day", "day:day of/in? year:year")
def day_of_a_year(day: Day, year: int) -> Day | None:
    """ "3 March next year"."""
    return replace(day, year=year) if day.month and day.day and not day.year else None


@rule("period", "year:year")
def whole_year(year: int, scene: Scene) -> Day:
    return Day(year=year, told=year < scene.now.year)


@rule(
    "period",
    "last/past:last unit:unit !of !in",
    "unit:unit last/past:last",
    "unit:unit after_next:after",
    "after_next:after unit:unit",
    "this unit:unit",
    "next/coming:next unit:unit",
    "unit:unit next/coming:next",
)
def by_name(
    unit: str, scene: Scene, next: str | None = None, last: str | None = None, after: str | None = None
) -> Day | None:
    step = 2 if after is not None else (next is not None) - (last is not None)
    today = scene.now.date()
    if unit in _MONTHS:
        months = _MONTHS[unit]
        begun = date(today.year, (today.month - 1) // months * months + 1, 1)
        start = plus_months(begun, step * months)
        return _run(start, plus_months(start, months), told=step < 0)
    if unit == "year":
        return Day(year=today.year + step, told=step < 0)
    if unit != "month" or step in (0, 1):
        return None
    month = plus_months(today.replace(day=1), step)
    return Day(month=month.month, year=month.year, told=step < 0)


@rule("period", "last month/weakmonth:month")
def last_month(month: int, scene: Scene) -> Day:
    today = scene.now.date()
    return Day(month=month, year=today.year - (month >= today.month), told=True)


@rule("period", "edge:edge")
def edge(edge: str, scene: Scene) -> Day:
    """EOM, EOY: the table says "end month"."""
    part, unit = edge.split()
    today = scene.now.date()
    if unit == "week":
        return Day(week=0, part=part)
    return Day(year=today.year, month=today.month if unit == "month" else None, part=part)


def _run(start: date, end: date, *, told: bool = False) -> Day:
    return Day(start=start, end=end, told=told)


def _share(months: int, nth: int) -> Share | None:
    return (months, nth) if months and 1 <= nth <= 12 // months else None


def _is_year(number: int, node: Node) -> bool:
    return 1900 < number < 2200 and (node.kind == "year" or not node.text.isdigit() or len(node.text) == 4)
