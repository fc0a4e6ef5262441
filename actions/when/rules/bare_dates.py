"""Numbers that are dates by what stands beside them: "Monday 30th", "on 15", "10-31", "the first"."""

from __future__ import annotations

from datetime import time, timedelta

from actions.when.calendar.arithmetic import safe_date
from actions.when.nodes import Day, Node
from actions.when.rules.dates import NOT_A_CLOCK, numeric
from actions.when.rules.grammar import Grammar
from actions.when.scene import Scene

bare_dates = Grammar()
rule = bare_dates.rule

_NOT_COUNTED = f"{NOT_A_CLOCK} !oclock !word !street !to"


@rule(
    "day",
    f"^ num:first to/or num:second {_NOT_COUNTED}",
    f"<=on num:first to/or num:second {_NOT_COUNTED}",
)
def month_and_day(first: int, second: int, nodes: list[Node], scene: Scene) -> Day | None:
    """ "2 - 15", "2 / 15" and "10-31" where they can be no hours: with the month first, or later than 24."""
    if nodes[1].text not in ("-", "/") or min(first, second) > 12:
        return None
    if nodes[1].text == "-" and scene.day_first and max(first, second) <= 24 and first <= second:
        return None
    return numeric((first, second), scene, nodes) if max(first, second) > 12 else None


@rule(
    "day",
    "weekday:weekday comma? ord:day !unit !weekday",
    f"weekday:weekday num:day {NOT_A_CLOCK} !to !by !word !ord !num",
    "weekday:weekday comma ord:day",
)
def weekday_and_number(weekday: int, day: int, nodes: list[Node], scene: Scene) -> Day | None:
    """ "Monday 30th"; "Sat 5" only where the next 5th or the one after is a Saturday, else it is a clock."""
    if not 1 <= day <= 31 or (nodes[-1].text.isalpha() and day < 5):
        return None
    if (
        nodes[-1].kind == "num"
        and len(nodes[-1].text) < 3
        and _may_be_an_hour(day, weekday, scene)
        and not _falls_on(day, weekday, scene)
    ):
        return None
    return Day(weekday=weekday, day=day)


@rule("clock_beside", f"<=weekday num:hour {NOT_A_CLOCK} !to !by !word !ord !num !people")
def clock_after_weekday(hour: int) -> int | None:
    return hour if 1 <= hour <= 24 else None


@rule("day", "ord:day !unit !pick !weekday", "ord:day =weekday")
def day_of_month(day: int, nodes: list[Node], scene: Scene) -> Day | None:
    """ "The 3rd". "The first" to "the fourth" in words may mean many things; so may "the 2nd" of offers."""
    in_words = nodes[0].text.isalpha() and day < 5
    if in_words or day > 31 or (scene.context.asked == "slot" and day < 4):
        return None
    return Day(day=day)


@rule("day", f"on num:day {_NOT_COUNTED} !num !ord", "on ord:day !unit !pick !slot !word !weekday")
def on_a_number(day: int) -> Day | None:
    """ "On 15, 8pm", "on the first"."""
    return Day(day=day) if 1 <= day <= 31 else None


def _may_be_an_hour(number: int, weekday: int, scene: Scene) -> bool:
    """Past noon only while somebody is there."""
    windows = scene.context.opening.get(weekday, [])
    if number <= 12 or not scene.context.opening:
        return number <= 24
    return number < 24 and any(opens <= time(number) < closes for opens, closes in windows)


def _falls_on(day: int, weekday: int, scene: Scene) -> bool:
    first = scene.now.date().replace(day=1)
    for _ in range(2):
        found = safe_date(first.year, first.month, day)
        if found and found >= scene.now.date() and found.weekday() == weekday:
            return True
        first = (first + timedelta(days=32)).replace(day=1)
    return False
