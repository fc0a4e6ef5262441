"""Days counted from another day: "three days after Easter", "the Monday before the 15th", "the week of 4 May"."""

from __future__ import annotations

from dataclasses import replace

from actions.when.amount import Amount
from actions.when.constraint import Shift
from actions.when.nodes import Day, Node
from actions.when.rules.grammar import Grammar

beside = Grammar()
rule = beside.rule


_THING = "word/occasion/pick/slot word/occasion/pick/slot? on"
"""What is on that day: "the week before the wedding on 3 July"."""


@rule(
    "day", "amount:amount after/since/before day:day", f"amount:amount after/before/whenever {_THING} day:day"
)
def amount_beside_a_day(amount: Amount, day: Day, nodes: list[Node]) -> Day | None:
    return _counted(amount, day, nodes)


@rule("day", "amount:amount after/since/before weekday:weekday")
def amount_beside_a_weekday(amount: Amount, weekday: int, nodes: list[Node]) -> Day | None:
    return _counted(amount, Day(weekday=weekday), nodes)


@rule(
    "day",
    "next_day/day_before of? day:day",
    "next_day/day_before of? weekday:weekday",
    f"next_day/day_before of? {_THING} day:day",
    f"next_day/day_before of? {_THING} weekday:weekday",
)
def day_beside_a_day(nodes: list[Node], day: Day | None = None, weekday: int | None = None) -> Day | None:
    return _counted(Amount(((1, "day"),)), day or Day(weekday=weekday), nodes)


@rule("day", "^ unit:unit on weekday:weekday", "<=word unit:unit on weekday:weekday")
def week_on_a_weekday(unit: str, weekday: int) -> Day | None:
    """ "Week on Monday"."""
    return Day(weekday=weekday, plus_weeks=1) if unit == "week" else None


@rule(
    "day",
    "ord:nth weekday:weekday after/before day:day",
    "weekday:weekday of? after/before day:day",
    f"weekday:weekday after/before {_THING} day:day",
)
def weekday_beside_a_day(weekday: int, day: Day, nodes: list[Node], nth: int | None = None) -> Day | None:
    """ "The Monday before the 15th", "the third Tuesday after Easter"."""
    if day.is_wide:
        return None
    found = Day(weekday=weekday, base=day, which=_side(nodes))
    if nth is None:
        return found
    weeks = 7 * (nth - 1)
    return Day(base=found, plus=Shift(days=-weeks if found.which == "before" else weeks))


@rule("day", "weekend after/before day:day", "weekend of day:day", "day:day weekend")
def weekend_beside_a_day(day: Day, nodes: list[Node]) -> Day | None:
    if day.last_day:
        day = replace(day, last_day=None)
    return None if day.is_wide else Day(weekend=True, base=day, which=_side(nodes))


@rule("day", f"unit:unit before {_THING} day:day")
def days_before_an_occasion(unit: str, day: Day) -> Day | None:
    """ "The week before the wedding on 3 July": the days that lead up to it."""
    if unit != "week" or day.is_wide:
        return None
    return Day(base=day, plus=Shift(days=-7), last_day=Day(base=day, plus=Shift(days=-1)))


@rule(
    "day",
    "unit:unit after/before day:day",
    "unit:unit of/in/on/starting/part* day:day",
    f"unit:unit after/of {_THING} day:day",
    "week_of on? day:day",
    "day:day unit:unit",
)
def week_of_a_day(day: Day, nodes: list[Node], unit: str = "week") -> Day | None:
    """ "The week commencing 4 May", "Easter week": the week with that day, from its Monday."""
    if unit != "week" or day.is_wide or (nodes[0].kind == "day" and not (day.holiday or day.month)):
        return None
    return Day(base=day, week={"after": 1, "before": -1}.get(_side(nodes) or "", 0))


@rule(
    "day",
    "<!word unit:unit after/before:side $",
    "<!word unit:unit after/before:side =stop",
    "<!word unit:unit after/before:side =comma",
    "<!word unit:unit after/before:side =same_time",
    "unit:unit after/before:side =instead",
    "unit:unit after_that:side",
    "<!part <!of <!same_time <!same_day next:side unit:unit",
)
def week_beside(unit: str, nodes: list[Node], side: str | None) -> Day | None:
    """ "The week after", "the following week": seen from the days spoken of."""
    if unit != "week" or (nodes[0].kind == "next" and side != "after"):
        return None
    before = nodes[1].kind == "before" or side == "earlier"
    return Day(week=0 if before else 1, which="before" if before else "after")


@rule("day", "later:way that_week")
def same_week(way: str) -> Day:
    """ "Later that week"."""
    return Day(week=0, which=f"{way}_that_week")


@rule("day", "<=anytime that_week")
def whole_week() -> Day:
    """ "Any day that week"."""
    return Day(week=0, which="whole_that_week")


@rule("same_time", "<=same_day and time")
def and_time() -> bool:
    """ "Same day and time"."""
    return True


@rule("day", "weekday:weekday after $", "weekday:weekday after =stop", "weekday:weekday after =comma")
def weekday_after(weekday: int) -> Day:
    """ "The Thursday after"."""
    return Day(weekday=weekday, which="after")


@rule("day", "other weekday:weekday")
def other_weekday(weekday: int) -> Day:
    return Day(weekday=weekday, which="other")


@rule("next_day", "day_before $", "day_before =stop/comma")
def day_before() -> int:
    """ "The day before", seen from the day spoken of."""
    return -1


def _counted(amount: Amount, day: Day, nodes: list[Node]) -> Day | None:
    if amount.by_clock or day.is_wide:
        return None
    back = any("before" in (node.kind, node.value) or node.kind == "day_before" for node in nodes)
    return Day(base=day, plus=amount.back if back else amount.shift)


def _side(nodes: list[Node]) -> str | None:
    return next((node.kind for node in nodes if node.kind in ("after", "before")), None)
