"""Stretches that begin or end at a minute of a day: "by Friday noon", "from Monday 9am to Wednesday 5pm".

The days are wished for as a whole; what lies outside on the first and the last of them is ruled out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from actions.when.nodes import Clock, Day, Node, Span
from actions.when.rules.grammar import Grammar

stretches = Grammar()
rule = stretches.rule

_EARLY, _NOON = 6 * 60, 12 * 60


@dataclass(frozen=True, slots=True)
class Stretch:
    days: Day
    outside: tuple[tuple[Day, Span], ...]


@rule(
    "stretch",
    "from? day:first at? span:begin to/by? day:last at? span:finish",
    "from? day:first at? span:begin to/by? day:last",
)
def from_minute_to_minute(
    first: Day, begin: Span, last: Day, nodes: list[Node], finish: Span | None = None
) -> Stretch | None:
    tied = last.bound == "by" or any(node.kind in ("to", "by") for node in nodes)
    if not tied or first.bound not in (None, "from") or not begin.exact or (finish and not finish.exact):
        return None
    first, last = replace(first, bound=None), replace(last, bound=None)
    if first.is_wide or last.is_wide:
        return None
    outside = [(first, _before(begin))]
    if finish:
        outside.append((last, Span(start=finish.start)))
    return Stretch(replace(first, last_day=last), tuple(outside))


@rule(
    "stretch",
    "since/from? span:begin day:first to/by span:finish day:last",
    "between span:begin day:first and span:finish day:last",
    "span:begin day:first span:finish day:last",
)
def from_a_time_of_a_day(
    first: Day, begin: Span, last: Day, finish: Span, nodes: list[Node]
) -> Stretch | None:
    """ "From 4pm today to 5pm tomorrow"."""
    opens = begin.start if begin.exact or begin.is_bound else None
    closes = finish.start if finish.exact else finish.end if finish.is_bound else None
    tied = finish.is_bound or any(node.kind in ("to", "by", "between") for node in nodes)
    if not (opens and closes and tied) or any(day.bound or day.is_wide for day in (first, last)):
        return None
    outside = ((first, _before(Span(start=opens, exact=True))), (last, Span(start=closes)))
    return Stretch(replace(first, last_day=last), outside)


@rule("stretch", "<!recurrence day:bounded at? span:edge")
def from_or_until_a_minute(bounded: Day, edge: Span) -> Stretch | None:
    """ "By Friday noon", "before Friday at 3"; "after Friday at 3" may be any day from Saturday on."""
    day = replace(bounded, bound=None)
    if bounded.bound not in ("by", "before", "from") or not edge.exact or day.is_wide:
        return None
    if bounded.bound == "from":
        return Stretch(bounded, ((day, _before(edge)),))
    return Stretch(replace(bounded, bound="by"), ((day, Span(start=edge.start)),))


@rule("stretch", "<!recurrence day:bounded in? span:part")
def from_or_until_a_part(bounded: Day, part: Span, nodes: list[Node]) -> Stretch | None:
    """ "By Friday evening"; "from Monday, mornings" and "by Friday mornings" are windows of each day."""
    day = replace(bounded, bound=None)
    if not (part.daypart and part.start) or day.is_wide or nodes[-1].text.endswith("s"):
        return None
    if bounded.bound == "from":
        return Stretch(bounded, ((day, Span(end=part.start)),))
    if bounded.bound not in ("by", "before"):
        return None
    edge = part.end if bounded.bound == "by" else part.start
    return Stretch(replace(bounded, bound="by"), ((day, Span(start=edge)),) if edge else ())


def _before(begin: Span) -> Span:
    """What begins at 7 begins in the morning."""
    clock = begin.start
    early = clock is not None and clock.either and _EARLY <= clock.minutes < _NOON
    return Span(end=Clock(clock.minutes) if clock and early else clock)
