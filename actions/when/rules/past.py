"""What is over: "two weeks ago", "2 Thursdays back", "last night". It is told, not asked for."""

from __future__ import annotations

from datetime import timedelta

from actions.when.amount import Amount
from actions.when.calendar.arithmetic import monday_of, moved
from actions.when.nodes import Clock, Day, Span
from actions.when.rules.clocks import clock_at
from actions.when.rules.grammar import Grammar
from actions.when.rules.spans import daypart_span
from actions.when.scene import Scene
from actions.when.words.vocabulary import Daypart

past = Grammar()
rule = past.rule

_DAY = timedelta(days=1)


@rule(
    "day",
    "amount:amount ago weekday:weekday",
    "weekday:weekday amount:amount ago",
    "weekday:weekday ago amount:amount",
    "weekday:weekday before:also amount:amount",
)
def weekday_weeks_ago(weekday: int, amount: Amount, scene: Scene, also: str = "ago") -> Day | None:
    """ "Wednesday two weeks ago": of that week."""
    if not also or amount.by_clock or amount.months or amount.days % 7:
        return None
    day = monday_of(scene.now.date(), -amount.days // 7) + weekday * _DAY
    return Day(start=day, end=day + _DAY, told=True)


@rule("day", "amount:amount ago relday:start")
def ago_from_a_day(amount: Amount, start: int, scene: Scene) -> Day | None:
    """ "A year ago today"."""
    if amount.by_clock:
        return None
    day = moved(scene.now, amount.back).date() + start * _DAY
    return Day(start=day, end=day + _DAY, told=True)


@rule("dayspan", "amount:amount ago", "ago amount:amount", "before:also amount:amount")
def hours_ago(amount: Amount, scene: Scene, also: str = "ago") -> tuple[Day, Span] | None:
    """ "Vor zwei Stunden" too, where one word means before and ago."""
    if not amount.by_clock or not also:
        return None
    start = moved(scene.now, amount.back)
    day = Day(start=start.date(), end=start.date() + _DAY, told=True)
    return day, Span(Clock(start.hour * 60 + start.minute), exact=True)


@rule("day", "amount:amount ago", "ago amount:amount", "before:also amount:amount")
def days_ago(amount: Amount, scene: Scene, also: str = "ago") -> Day | None:
    if not also:
        return None
    day = moved(scene.now, amount.back).date()
    return Day(start=day, end=day + _DAY, told=True)


@rule(
    "day",
    "num:number weekday/weekday_plural:weekday ago",
    "num:number weekday/weekday_plural:weekday direction:way",
)
def weekdays_ago(number: int, weekday: int, scene: Scene, way: str = "later") -> Day | None:
    """ "2 Thursdays back"."""
    if not 1 <= number <= 60 or way != "later":
        return None
    today = scene.now.date()
    day = today - ((today.weekday() - weekday) % 7 or 7) * _DAY - 7 * (number - 1) * _DAY
    return Day(start=day, end=day + _DAY, told=True)


@rule("day", "in amount:amount direction:way")
def some_days_back(amount: Amount, way: str, scene: Scene) -> Day | None:
    """ "I came in 3 weeks back"."""
    if way != "later" or amount.by_clock:
        return None
    day = moved(scene.now, amount.back).date()
    return Day(start=day, end=day + _DAY, told=True)


@rule("day", "later:way this unit:unit")
def earlier_in_this(way: str, unit: str, scene: Scene) -> Day | None:
    """ "Earlier this week"."""
    today = scene.now.date()
    starts = {
        "week": monday_of(today),
        "month": today.replace(day=1),
        "year": today.replace(month=1, day=1),
    }
    if way != "earlier" or unit not in starts:
        return None
    return Day(start=starts[unit], end=today, told=True)


@rule("dayspan", "last/past daypart:part at/around? clock/num:clock")
def last_daypart_at(part: Daypart, clock: Clock | int, scene: Scene) -> tuple[Day, Span] | None:
    """ "Last night at 8"."""
    known = clock if isinstance(clock, Clock) else clock_at(clock)
    known = known.as_half(part.half) if known else None
    today = scene.now.date()
    return (Day(start=today - _DAY, end=today, told=True), Span(known, exact=True)) if known else None


@rule("dayspan", "last/past daypart:part")
def last_daypart(part: Daypart, scene: Scene) -> tuple[Day, Span]:
    """ "Last night"."""
    today = scene.now.date()
    return Day(start=today - _DAY, end=today, told=True), daypart_span(part)
