"""Amounts as distances: "in two weeks", "an hour later", "a week on Friday", "two Sundays from now"."""

from __future__ import annotations

from datetime import timedelta

from actions.when.amount import Amount
from actions.when.calendar.arithmetic import monday_of, moved
from actions.when.constraint import Shift
from actions.when.nodes import Day, Node
from actions.when.rules.grammar import Grammar
from actions.when.scene import Scene

moves = Grammar()
rule = moves.rule


@rule("day", "relday:start in num/amount:count !unit", "weekday:weekday in num:count !unit")
def counted_inclusively(
    count: int | Amount, scene: Scene, start: int = 0, weekday: int | None = None
) -> Day | None:
    """ "De hoy en ocho", "mardi en huit", "heute in acht Tagen": both ends counted, eight days are a week."""
    if isinstance(count, Amount):
        count = int(count.parts[0][0]) if count.parts[0][1] == "day" and len(count.parts) == 1 else 0
    weeks = {8: 1, 15: 2}.get(count)
    if weeks is None:
        return None
    if weekday is not None:
        return Day(weekday=weekday, plus_weeks=weeks)
    day = (scene.now + timedelta(days=start + 7 * weeks)).date()
    return Day(start=day, end=day + timedelta(days=1))


@rule(
    "day",
    "<!every amount:amount on/in/since/after? weekday:weekday",
    "weekday:weekday of? in? amount:amount",
    "in amount:amount time? comma? on a? weekday:weekday",
    "amount:amount from_now comma? prefer? on? a? weekday:weekday",
)
def weeks_on_a_weekday(amount: Amount, weekday: int) -> Day | None:
    """ "A week on Friday" (the coming Friday and a week more); "Montag in acht Tagen" counts both Mondays."""
    days = amount.days - 1 if amount.days in (8, 15) else amount.days
    if amount.by_clock or amount.months or days % 7:
        return None
    return Day(weekday=weekday, plus_weeks=days // 7)


@rule(
    "day",
    "amount:amount since/after/on? relday:start",
    "relday:start in amount:amount",
    "relday:start amount:amount",
)
def days_from_a_day(amount: Amount, start: int, scene: Scene) -> Day | None:
    if amount.by_clock:
        return None
    day = moved(scene.now + timedelta(days=start), amount.shift).date()
    return Day(start=day, end=day + timedelta(days=1))


@rule("period", "month/weakmonth:month in amount:amount", "month/weakmonth:month amount:amount from_now")
def month_in_years(month: int, amount: Amount, scene: Scene) -> Day | None:
    """ "March in two years"."""
    ((number, unit), *more) = amount.parts
    if unit != "year" or more or number != int(number):
        return None
    return Day(month=month, year=scene.now.year + int(number))


@rule("moment", "in around? amount:amount around? time?", "amount:amount from_now:how")
def after_an_amount(amount: Amount, how: str | None = None) -> Shift | None:
    """Who is "20 minutes away" is on the way."""
    return amount.shift if amount.by_clock and how != "far" else None


@rule("word", "amount:amount from_now:how")
def on_the_way(amount: Amount, how: str) -> str | None:
    return "far" if amount.by_clock and how == "far" else None


@rule(
    "day",
    "amount:amount from_now comma? on? a? weekday:weekday",
    "in amount:amount time? on a? weekday:weekday",
    "in amount:amount time? comma? a weekday:weekday",
)
def weekday_of_that_week(amount: Amount, weekday: int, scene: Scene) -> Day | None:
    """ "Two weeks from now on a Thursday"."""
    if amount.by_clock or (amount.shift.days < 7 and not amount.months):
        return None
    day = monday_of(moved(scene.now, amount.shift).date()) + timedelta(days=weekday)
    return Day(start=day, end=day + timedelta(days=1))


@rule("day", "in around? amount:amount around? time?", "amount:amount from_now", "amount:amount time")
def days_from_now(amount: Amount, scene: Scene) -> Day | None:
    if amount.by_clock:
        return None
    day = moved(scene.now, amount.shift).date()
    return Day(start=day, end=day + timedelta(days=1))


@rule("day", "after amount:amount $", "after amount:amount =stop/comma", "not for amount:amount")
def from_then_on(amount: Amount, scene: Scene) -> Day | None:
    """ "After two weeks", "not for another month"."""
    if amount.by_clock:
        return None
    day = moved(scene.now, amount.shift).date()
    return Day(start=day, end=day + timedelta(days=1), bound="from")


@rule("shift", "move:way word/slot/pick/poss* by? amount:amount !later !direction !part !before !after")
def moved_by(amount: Amount, way: str) -> Shift | None:
    """ "Atrasar una hora", "prepone my visit by an hour": a verb that says which way."""
    return {"later": amount.shift, "earlier": amount.back}.get(way)


@rule(
    "aside",
    "amount:amount before/after:side (?= $ )",
    "amount:amount before/after:side =stop/comma",
    "amount:amount after/before:side word? slot/pick",
)
def beside_the_visit(amount: Amount, nodes: list[Node], side: str | None) -> Shift:
    """ "Half an hour before", "two hours after my appointment"."""
    return amount.back if nodes[1].kind == "before" else amount.shift


@rule("shift", "amount:amount part:part !of !week !period !month !weakmonth !unit !daypart !in")
def early(amount: Amount, part: str, nodes: list[Node]) -> Shift | None:
    """ "Ten minutes early"."""
    return amount.back if part in ("start", "early") and amount.by_clock else None


@rule("shift", "amount:amount later/after_that:way", "later:way by amount:amount")
def shifted(amount: Amount, way: str) -> Shift:
    return amount.shift if way == "later" else amount.back


@rule(
    "shift",
    "direction:way by? amount:amount",
    "by amount:amount",
    "<=move amount:amount direction:way",
    "amount:amount direction:way",
    "at/by amount:amount direction/later:way",
    "at/by amount:amount move:verb",
    "amount:amount move:verb",
    "at:also amount:amount",
)
def pushed(
    amount: Amount,
    nodes: list[Node],
    way: str | None = None,
    verb: str | None = None,
    also: str | None = None,
) -> Shift | None:
    """ "Push it back an hour"; of verbs behind the amount ("um eine Stunde vorziehen") some say which way."""
    only_at = len(nodes) == 2 and nodes[0].kind == "at"
    if (only_at and also != "by") or (verb == "" and len(nodes) == 2):
        return None
    return amount.shift if (way or verb or "later") == "later" else amount.back


@rule(
    "day",
    "num/few:number weekday/weekday_plural:weekday from_now",
    "in num/few:number weekday/weekday_plural:weekday",
    "num/few:number weekday/weekday_plural:weekday later:way",
)
def weekdays_from_now(number: int, weekday: int, scene: Scene, way: str = "later") -> Day | None:
    """ "Two Sundays from now"; today is not counted."""
    if not 1 <= number <= 60 or way != "later":
        return None
    today = scene.now.date()
    day = today + timedelta(days=((weekday - today.weekday()) % 7 or 7) + 7 * (number - 1))
    return Day(start=day, end=day + timedelta(days=1))


@rule("day", "weekday:weekday unit:unit !next !coming !last")
def weekday_week(weekday: int, unit: str) -> Day | None:
    """ "Friday week"."""
    weeks = {"week": 1, "fortnight": 2}.get(unit)
    return Day(weekday=weekday, plus_weeks=weeks) if weeks else None


@rule("day", "in round_days:weeks", "weeks_on:weeks unit:unit")
def weeks_or_days(weeks: int, scene: Scene, unit: str = "day") -> Day | None:
    """ "Dans quinze jours" is said of two weeks and, more rarely, counted."""
    if unit != "day":
        return None
    day = scene.now.date() + timedelta(weeks=weeks)
    counted = day + timedelta(days=1)
    return Day(start=day, end=counted, day=counted.day, month=counted.month, year=counted.year)


@rule("day", "weekday:weekday weeks_on:weeks", "relday:start weeks_on:weeks")
def weeks_beyond(weeks: int, scene: Scene, weekday: int | None = None, start: int = 0) -> Day:
    """ "Mardi en huit": the Tuesday after the coming one."""
    if weekday is not None:
        return Day(weekday=weekday, plus_weeks=weeks)
    day = (scene.now + timedelta(days=start + 7 * weeks)).date()
    return Day(start=day, end=day + timedelta(days=1))


@rule("day", "relday:start unit:unit")
def relday_week(start: int, unit: str, scene: Scene) -> Day | None:
    """ "Tomorrow week"."""
    if unit not in ("week", "fortnight"):
        return None
    day = (scene.now + timedelta(days=start + (7 if unit == "week" else 14))).date()
    return Day(start=day, end=day + timedelta(days=1))
