"""Bare numbers that are times by what stands beside them: "at 3", "after 10", "3 tomorrow"."""

from __future__ import annotations

from datetime import time

from actions.when.nodes import Clock, Node, Span
from actions.when.rules.clocks import NOT_COUNTED, clock_at, figures, is_one
from actions.when.rules.grammar import Grammar
from actions.when.scene import Scene

bare_hours = Grammar()
rule = bare_hours.rule

_NO_DATES = "(?! to/by/through ( num/ord of/in? month/weakmonth/next/this/of_month | month/weakmonth ) )"


@rule("span", "since num:start to/through num:end (?= of/on month/weakmonth num/ord )")
def hours_of_a_date(start: int, end: int) -> Span | None:
    """ "From 5 to 6 of April 22"."""
    first, last = clock_at(start), clock_at(end)
    return Span(first, last) if first and last else None


@rule("span", "between? dm:pair half:half")
def two_hours(pair: tuple[int, int], half: str) -> Span | None:
    """ "6/7pm"."""
    first, last = (clock_at(hour) for hour in pair)
    start, end = (first and first.as_half(half)), (last and last.as_half(half))
    return Span(start, end) if start and end and start.minutes < end.minutes else None


@rule("clock", "<=weekday num:hour !unit !people !word !ord !num")
def four_figures(hour: int, nodes: list[Node]) -> Clock | None:
    """ "Sat 1030"."""
    return figures(nodes[0]) if len(nodes[0].text) in (3, 4) and nodes[0].text.isdigit() else None


@rule(
    "clock", f"at at? num:hour {NOT_COUNTED} (?! and/or/comma num/ord of? month/weakmonth )", "at dotted:pair"
)
def at_number(
    nodes: list[Node], scene: Scene, hour: int = 0, pair: tuple[int, int] | None = None
) -> Clock | None:
    """A word that is also "to" says how many come: "à trois", unless the time was asked for."""
    if pair:
        return clock_at(*pair)
    if nodes[0].value == "at" and nodes[-1].text.isalpha() and scene.context.asked != "time":
        return None
    return figures(nodes[-1])


@rule(
    "clock",
    f"<=around num:hour {NOT_COUNTED}",
    f"<=after num:hour {NOT_COUNTED}",
    f"<=since num:hour {NOT_COUNTED} {_NO_DATES}",
    f"<=starting num:hour {NOT_COUNTED}",
    f"<=before num:hour {NOT_COUNTED}",
    f"<=by num:hour {NOT_COUNTED} (?! of month/weakmonth )",
    f"<=past num:hour {NOT_COUNTED}",
    f"<=make_it/remake num:hour {NOT_COUNTED} !word",
    "<!of num:hour =instead",
    "num:hour (?= instead_of at? num/clock )",
    "<!month num:hour =around",
    "num:hour =onwards",
    "num:hour =at_latest/at_earliest",
    f"<=at_latest/at_earliest num:hour {NOT_COUNTED}",
    f"<=instead_of num:hour {NOT_COUNTED} !word",
    f"<=same_day num:hour {NOT_COUNTED} !word",
)
def marked_number(hour: int, nodes: list[Node], scene: Scene) -> Clock | None:
    return None if _is_a_year(hour, scene) else figures(nodes[0])


def _is_a_year(number: int, scene: Scene) -> bool:
    """An iPhone "from 2020": unless a time was asked for, or somebody is there at that hour."""
    if scene.context.awaits_time or not 1980 <= number <= scene.now.year or number % 100 > 59:
        return False
    clock = time(number // 100, number % 100)
    windows = [window for day in scene.context.opening.values() for window in day]
    return not any(start <= clock < end for start, end in windows)


@rule("clock", f"<=target num:hour {NOT_COUNTED}", f"<=origin num:hour {NOT_COUNTED}")
def moved_number(hour: int, nodes: list[Node]) -> Clock | None:
    """ "Move it from 3 to 4"; but "from one account to another"."""
    return None if is_one(nodes[0]) else figures(nodes[0])


@rule(
    "clock",
    "num:hour =relday",
    "<!every <!in num:hour =weekday",
    "num:hour (?= on weekday )",
    "num:hour (?= on relday )",
    "num:hour (?= on ord )",
    "num:hour (?= on month ord/num )",
    f"<=relday num:hour {NOT_COUNTED} !word !to !ord !num",
)
def beside_day(hour: int, nodes: list[Node], scene: Scene) -> Clock | None:
    """ "3 tomorrow", "1415 tomorrow"; after a weekday a number may be the date ("Sat 5"): see the dates."""
    return None if is_one(nodes[0]) or scene.marked_hours else figures(nodes[0])


@rule("clock", "<!num dotted:pair")
def dotted(pair: tuple[int, int], nodes: list[Node], scene: Scene) -> Clock | None:
    """2.30 is a time where it cannot be, or is unlikely to be, a date: 21.11 and 21.11. are dates."""
    hour, minute = pair
    text = nodes[0].text
    if len(text.rstrip(".").split(".")[1]) != 2 or minute % 5:
        return None
    if minute <= 12 and (text.endswith(".") or (minute and hour <= 31 and (hour > 12 or scene.dotted_dates))):
        return None
    return clock_at(hour, minute, leading_zero=text.startswith("0"))


@rule("clock", "at clock:clock")
def at_clock(clock: Clock) -> Clock:
    return clock
