"""Windows that begin or end now: "within 10 days", "the next few hours", "the last two months"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from actions.when.amount import Amount
from actions.when.amount import amount as amount_of
from actions.when.calendar.arithmetic import moved
from actions.when.nodes import Clock, Day, Span
from actions.when.rules.grammar import Grammar
from actions.when.scene import Scene

rolling = Grammar()
rule = rolling.rule

_DAY = timedelta(days=1)
_WHOLE_DAY = 1440
"""Minutes; hours enough to reach another day are days: "within 48 hours"."""


@rule(
    "ahead",
    "next/coming amount:amount",
    "<!to <!and <!by <!of num/few:number next/coming unit:unit",
    "amount:amount coming",
)
def ahead(amount: Amount | None = None, number: int = 1, unit: str = "") -> Amount | None:
    """ "The next 3 weeks", "3 coming weeks"."""
    return amount or amount_of(number, unit)


@rule("ahead", "<=within unit:unit or num/few:number", "next/coming unit:unit or num/few:number")
def one_or_more(unit: str, number: int) -> Amount | None:
    """ "In the next hour or two"."""
    return amount_of(number, unit) if number > 1 else None


@rule("ahead", "next/coming unit:unit", "<=within unit:unit !next !coming")
def the_next(unit: str) -> Amount | None:
    """ "The next hour"; the next day, week or month is that of the calendar."""
    return amount_of(1, unit) if unit in ("hour", "minute") else None


@rule("behind", "last/past amount:amount", "num/few:number last/past unit:unit", "amount:amount last/past")
def behind(amount: Amount | None = None, number: int = 1, unit: str = "") -> Amount | None:
    return amount or amount_of(number, unit)


@rule(
    "dayspan",
    "within amount/ahead:amount from_now?",
    "at_most amount:amount from_now",
    "in at_most amount:amount",
    "ahead:amount",
)
def hours_ahead(amount: Amount, scene: Scene) -> tuple[Day, Span] | None:
    """Of what reaches past midnight, today's part."""
    if not amount.by_clock or amount.minutes >= _WHOLE_DAY:
        return None
    return _from(scene.now, moved(scene.now, amount.shift))


@rule(
    "day",
    "within:within amount/ahead:amount from_now",
    "within:within amount/ahead:amount since/after relday:start",
    "within:within amount/ahead:amount",
    "at_most amount:amount from_now",
    "at_most amount:amount since/after relday:start",
    "in at_most amount:amount",
)
def days_ahead(amount: Amount, scene: Scene, within: str | None = None, start: int = 0) -> Day | None:
    """Today counts: "within 3 days" is it and two more, "in the next 3 days" it and three more."""
    found = _days(scene.now.date() + start * _DAY, amount)
    return replace(found, end=found.end + _DAY) if found and found.end and within == "next" else found


@rule("day", "within:within unit:unit !next !coming")
def unit_ahead(within: str, unit: str, scene: Scene) -> Day | None:
    """ "In the next week", "within a month": from today on."""
    amount = amount_of(1, unit)
    found = _days(scene.now.date(), amount) if amount else None
    return replace(found, end=found.end + _DAY) if found and found.end and within == "next" else found


@rule("day", "next/coming num:number weekdays", "num:number next/coming weekdays")
def working_days_ahead(number: int, scene: Scene) -> Day | None:
    if not 1 <= number <= 60:
        return None
    tomorrow = scene.now.date() + _DAY
    return Day(start=tomorrow, end=_working_day(scene.now.date(), number) + _DAY, weekdays=(0, 1, 2, 3, 4))


@rule("day", "in num/few:number weekdays", "num/few:number weekdays from_now")
def in_working_days(number: int, scene: Scene) -> Day | None:
    if not 1 <= number <= 60:
        return None
    day = _working_day(scene.now.date(), number)
    return Day(start=day, end=day + _DAY)


@rule("day", "ahead:amount")
def the_coming_days(amount: Amount, scene: Scene) -> Day | None:
    """From tomorrow on."""
    return _days(scene.now.date() + _DAY, amount)


@rule("dayspan", "behind:amount")
def hours_behind(amount: Amount, scene: Scene) -> tuple[Day, Span] | None:
    if not amount.by_clock:
        return None
    start = moved(scene.now, amount.back)
    day, span = _from(max(start, datetime.combine(scene.now.date(), datetime.min.time())), scene.now)
    return Day(start=day.start, end=day.end, told=True), span


@rule("day", "behind:amount")
def days_behind(amount: Amount, scene: Scene) -> Day:
    return Day(start=moved(scene.now, amount.back).date(), end=scene.now.date(), told=True)


def _days(start: date, amount: Amount) -> Day | None:
    if amount.by_clock and amount.minutes < _WHOLE_DAY:
        return None
    return Day(start=start, end=moved(datetime.combine(start, datetime.min.time()), amount.shift).date())


def _from(start: datetime, end: datetime) -> tuple[Day, Span]:
    day = start.date()
    minutes = end.hour * 60 + end.minute if end.date() == day else 0
    return Day(start=day, end=day + _DAY), Span(Clock(start.hour * 60 + start.minute), Clock(minutes))


def _working_day(day: date, number: int) -> date:
    """The `number`th from the day after `day`."""
    while number:
        day += _DAY
        number -= day.weekday() < 5
    return day
