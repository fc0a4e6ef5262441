"""Amounts in use: "in two weeks", "an hour later", "for half an hour", "every other Friday"."""

from __future__ import annotations

from datetime import timedelta

from actions.when.calendar_math import moved
from actions.when.constraint import Recurrence, Shift
from actions.when.grammar import Grammar, Scene
from actions.when.nodes import Day, Node

moves = Grammar()
rule = moves.rule


@rule("word", "amount ago", "ago amount", "before:way amount")
def long_ago(way: str = "ago") -> str | None:
    """ "Vor zwei Wochen" too, where one word means before and ago."""
    return "ago" if way else None


@rule("shift", "amount:amount later:way", "later:way by amount:amount")
def shifted(amount: Shift, way: str) -> Shift:
    return _signed(amount, way)


@rule(
    "shift",
    "direction:way by? amount:amount",
    "by amount:amount",
    "<=move amount:amount direction:way",
    "amount:amount direction:way",
    "at/by amount:amount direction/later:way",
    "at/by amount:amount move:verb",
    "amount:amount move:verb",
)
def pushed(amount: Shift, nodes: list[Node], way: str | None = None, verb: str | None = None) -> Shift | None:
    """ "Push it back an hour"; of verbs behind the amount ("um eine Stunde vorziehen") some say which way."""
    if verb == "" and len(nodes) == 2:
        return None
    return _signed(amount, way or verb or "later")


@rule("duration", "for amount:amount !from_now !later", "amount:amount =slot", "amount:amount =pick")
def lasting(amount: Shift) -> int | None:
    return 60 * amount.minutes if amount.minutes and not (amount.days or amount.months) else None


@rule("day", "amount:amount on/since/after? weekday:weekday", "weekday:weekday in? amount:amount")
def weeks_on_a_weekday(amount: Shift, weekday: int) -> Day | None:
    """ "A week on Friday" (the coming Friday and a week more)."""
    if amount.minutes or amount.months or amount.days % 7:
        return None
    return Day(weekday=weekday, plus_weeks=amount.days // 7)


@rule(
    "day",
    "amount:amount since/after/on? relday:start",
    "relday:start in amount:amount",
    "relday:start amount:amount",
)
def days_from_a_day(amount: Shift, start: int, scene: Scene) -> Day | None:
    if amount.minutes:
        return None
    day = moved(scene.now + timedelta(days=start), amount).date()
    return Day(start=day, end=day + timedelta(days=1))


@rule("moment", "in amount:amount time?", "amount:amount from_now")
def after_an_amount(amount: Shift, scene: Scene) -> Shift | None:
    return amount if amount.minutes else None


@rule("day", "in amount:amount time?", "amount:amount from_now", "amount:amount time")
def days_from_now(amount: Shift, scene: Scene) -> Day | None:
    if amount.minutes:
        return None
    day = moved(scene.now, amount).date()
    return Day(start=day, end=day + timedelta(days=1))


@rule("day", "weekday:weekday unit:unit")
def weekday_week(weekday: int, unit: str) -> Day | None:
    """ "Friday week"."""
    weeks = {"week": 1, "fortnight": 2}.get(unit)
    return Day(weekday=weekday, plus_weeks=weeks) if weeks else None


@rule("day", "relday:start unit:unit")
def relday_week(start: int, unit: str, scene: Scene) -> Day | None:
    """ "Tomorrow week"."""
    if unit not in ("week", "fortnight"):
        return None
    day = (scene.now + timedelta(days=start + (7 if unit == "week" else 14))).date()
    return Day(start=day, end=day + timedelta(days=1))


@rule("day", "within next/coming? amount:amount", "next/coming amount:amount")
def within(amount: Shift, scene: Scene) -> Day | None:
    if amount.minutes:
        return None
    today = scene.now.date()
    return Day(start=today, end=moved(scene.now, amount).date() + timedelta(days=1))


@rule("recurrence", "every ord:nth weekday:weekday", "every ord:nth unit:unit")
def every_nth(nth: int, weekday: int | None = None, unit: str = "week") -> Recurrence | None:
    """ "Every third Tuesday" by weeks; "jede zweite Woche"."""
    if not 2 <= nth <= 12 or unit not in ("day", "week", "month"):
        return None
    return Recurrence(unit, nth, () if weekday is None else (weekday,))


@rule("recurrence", "every:every (?= daypart )")
def every_daypart(every: int) -> Recurrence:
    """ "Every morning at 9"."""
    return Recurrence("day", every)


@rule("recurrence", "every:every weekday:weekday", "periodic:period on? weekday/weekday_plural:weekday")
def on_weekdays(weekday: int, every: int = 1, period: str = "week") -> Recurrence | None:
    if period not in ("week", "fortnight"):
        return None
    return Recurrence("week", 2 if period == "fortnight" else every, (weekday,))


@rule("recurrence", "every:every num:number unit:unit", "every:every unit:unit", "every:every amount:amount")
def every_so_often(
    every: int, unit: str | None = None, number: int = 1, amount: Shift | None = None
) -> Recurrence | None:
    if amount is not None:
        return _recurrence(amount, every)
    if unit == "fortnight":
        return Recurrence("week", 2)
    return Recurrence(unit, every * number) if unit in ("day", "week", "month") else None


@rule("recurrence", "periodic:period")
def periodic(period: str) -> Recurrence:
    return Recurrence("week", 2) if period == "fortnight" else Recurrence(period)


def _recurrence(amount: Shift, every: int) -> Recurrence | None:
    if amount.minutes:
        return None
    if amount.months:
        return Recurrence("month", amount.months * every)
    return (
        Recurrence("week", amount.days // 7 * every)
        if amount.days % 7 == 0
        else Recurrence("day", amount.days * every)
    )


def _signed(amount: Shift, way: str) -> Shift:
    return amount if way == "later" else Shift(-amount.days, -amount.minutes, -amount.months)
