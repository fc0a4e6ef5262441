"""What comes again: "every other Tuesday", "monthly", "every 6 weeks", "each morning at 9", "Thursdays at 5pm"."""

from __future__ import annotations

from dataclasses import replace

from actions.when.amount import Amount
from actions.when.constraint import Recurrence
from actions.when.nodes import Node
from actions.when.rules.grammar import Grammar

recurrence = Grammar()
rule = recurrence.rule

_WORKING_DAYS = (0, 1, 2, 3, 4)
_WEEKEND = (5, 6)
_UNITS = {
    "day": ("day", 1),
    "week": ("week", 1),
    "fortnight": ("week", 2),
    "month": ("month", 1),
    "quarter": ("month", 3),
    "half_year": ("month", 6),
    "year": ("year", 1),
}


@rule("recurrence", "every:every weekday in/of unit:unit")
def nth_of_a_month(every: int, unit: str) -> Recurrence | None:
    """ "Every second Saturday of the month" is no fortnight; which day it is, is left to be asked."""
    return Recurrence("month") if every == 2 and unit == "month" else None


@rule(
    "recurrence",
    "every:every weekday/weekday_plural:weekday",
    "every:every ord/num:nth weekday/weekday_plural:weekday !of",
    "periodic:period on? weekday/weekday_plural:weekday",
)
def on_a_weekday(
    weekday: int, nodes: list[Node], every: int = 1, nth: int = 1, period: str = "week"
) -> Recurrence | None:
    """ "Every 3rd Friday" is every three weeks; that of the month is not."""
    if nth == 1 and nodes[1].kind == "ord":
        return None
    again = _again(period, every * nth)
    return Recurrence("week", again.every, (weekday,)) if again and again.unit == "week" else None


@rule(
    "recurrence",
    "recurrence:again comma? and? weekday/weekday_plural:weekday",
    "recurrence:again comma? and? weekday/weekday_plural:weekday",
)
def and_another_weekday(again: Recurrence, weekday: int) -> Recurrence | None:
    """ "Every Tuesday and Thursday"."""
    return _with_weekday(again, weekday)


@rule(
    "recurrence",
    "<=clock on? weekday_plural:weekday",
    "weekday_plural:weekday (?= at? clock !to !by !onwards )",
)
def weekday_at_a_clock(weekday: int) -> Recurrence:
    """ "Thursdays at 5pm"; "Thursdays are best" is only a preference."""
    return Recurrence("week", weekdays=(weekday,))


@rule("recurrence", "a? weekday:weekday alternating")
def every_other_weekday(weekday: int) -> Recurrence:
    """ "Un martes sí y otro no"."""
    return Recurrence("week", 2, (weekday,))


@rule("recurrence", "weekday_plural:weekday comma/and recurrence:again")
def weekday_before(weekday: int, again: Recurrence) -> Recurrence | None:
    """ "Tuesdays and Thursdays at 4"."""
    return _with_weekday(again, weekday)


@rule("recurrence", "every:every weekdays")
def on_working_days(every: int) -> Recurrence | None:
    return Recurrence("week", weekdays=_WORKING_DAYS) if every == 1 else None


@rule("recurrence", "every/indifferent:every weekend")
def on_weekends(every: int | str) -> Recurrence:
    return Recurrence("week", every if isinstance(every, int) else 1, _WEEKEND)


@rule(
    "recurrence",
    "every:every num/ord:number unit:unit",
    "every:every unit:unit",
    "every:every amount:amount",
    "amount:amount every_nth:every",
    "once amount:amount",
    "once unit:unit",
)
def every_so_often(
    every: int = 1, unit: str = "", number: int = 1, amount: Amount | None = None
) -> Recurrence | None:
    if amount is not None:
        ((said, unit), *more) = amount.parts
        number = int(said)
        if more or number != said:
            return None
    return _again(unit, every * number)


@rule("word", "every amount:amount", "every unit:unit")
def too_often(unit: str = "hour", amount: Amount | None = None) -> str | None:
    """ "Every ten minutes"."""
    return "often" if unit in ("minute", "hour") and (amount is None or amount.by_clock) else None


@rule("recurrence", "every:every =daypart", "every:every =clock")
def each_day(every: int) -> Recurrence:
    """ "Every morning"."""
    return Recurrence("day", every)


@rule(
    "recurrence",
    "every:every =dm/holiday",
    "every:every (?= ord/num of? month/weakmonth )",
    "every:every (?= month/weakmonth ord/num? )",
    "every:every =season",
)
def each_year(every: int) -> Recurrence:
    """ "Every 3 May"."""
    return Recurrence("year", every)


@rule("recurrence", "every:every =ord/last")
def each_month(every: int) -> Recurrence:
    """ "Every 3rd", "every first Monday of the month"."""
    return Recurrence("month", every)


@rule("recurrence", "a? weekday:weekday every_nth:every")
def one_in_so_many(weekday: int, every: int) -> Recurrence:
    """ "Un mardi sur deux"."""
    return Recurrence("week", every, (weekday,))


@rule("recurrence", "recurrence:again on weekday:weekday")
def again_on_a_weekday(again: Recurrence, weekday: int) -> Recurrence | None:
    """ "Every 4 weeks on Friday"."""
    return replace(again, weekdays=(weekday,)) if again.unit == "week" and not again.weekdays else None


@rule("recurrence", "num:number periodic:period", "periodic:period")
def periodic(period: str, number: int = 1) -> Recurrence | None:
    """ "Monthly"; a "6 monthly check-up" is every six months."""
    return _again(period, number) if number <= 24 else None


@rule(
    "recurrence",
    "recurrence:again comma? on? weekday/weekday_plural:weekday",
    "recurrence:again comma? recurrence:other",
)
def week_and_weekday(
    again: Recurrence, weekday: int = 0, other: Recurrence | None = None
) -> Recurrence | None:
    """ "Every three weeks on Tuesday"."""
    if again.unit != "week" or again.weekdays or (other and (other.every > 1 or not other.weekdays)):
        return None
    return Recurrence("week", again.every, other.weekdays if other else (weekday,))


def _with_weekday(again: Recurrence, weekday: int) -> Recurrence | None:
    if again.unit != "week" or not again.weekdays or weekday in again.weekdays:
        return None
    return Recurrence("week", again.every, tuple(sorted((*again.weekdays, weekday))))


def _again(unit: str, every: int) -> Recurrence | None:
    if unit not in _UNITS or every < 1:
        return None
    name, times = _UNITS[unit]
    return Recurrence(name, times * every)
