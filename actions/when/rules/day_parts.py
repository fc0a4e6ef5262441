"""Parts of a day and of its parts: "late this morning", "early on Friday", "mid today", "the rest of the day"."""

from __future__ import annotations

from dataclasses import replace

from actions.when.nodes import Clock, Day, Span
from actions.when.rules.clocks import today
from actions.when.rules.grammar import Grammar
from actions.when.scene import Scene
from actions.when.words.vocabulary import Daypart

day_parts = Grammar()
rule = day_parts.rule

_SHARES = {"start": (0, 0.5), "early": (0, 0.5), "first_half": (0, 0.5), "middle": (0.25, 0.75)}
_SHARES |= {"late": (0.5, 1), "end": (0.4, 1), "second_half": (0.5, 1), "rest": (0, 1)}
_OF_A_DAY = {
    "early": Span(Clock(8 * 60), Clock(11 * 60), daypart="early"),
    "middle": Span(Clock(10 * 60), Clock(14 * 60), daypart="midday"),
    "late": Span(Clock(15 * 60), Clock(21 * 60), daypart="late", half="pm"),
    "end": Span(edge="closing", daypart="end_of_day", half="pm"),
    "first_half": Span(Clock(8 * 60), Clock(12 * 60), daypart="morning", half="am"),
    "second_half": Span(Clock(12 * 60), Clock(18 * 60), daypart="afternoon", half="pm"),
}


@rule("dayspan", "part:share this daypart:part", "part:share on? day:day daypart:part")
def part_of_a_daypart(
    share: str, part: Daypart, scene: Scene, day: Day | None = None
) -> tuple[Day, Span] | None:
    if part.start is None or share not in _SHARES or (day and day.is_wide):
        return None
    start = part.start.hour * 60 + part.start.minute
    length = (part.end.hour * 60 + part.end.minute if part.end else 22 * 60) - start
    first, last = (start + int(length * of) // 30 * 30 for of in _SHARES[share])
    span = Span(Clock(first), Clock(last), daypart=f"{share}_{part.name}", half=part.half)
    return day or today(scene), span


@rule("dayspan", "part:share tonight")
def part_of_tonight(share: str, scene: Scene) -> tuple[Day, Span] | None:
    early = share in ("early", "start")
    start, end = Clock((18 if early else 21) * 60), Clock(20 * 60) if early else None
    return today(scene), Span(start, end, daypart="tonight", half="night")


@rule("span", "part:share of/in? daypart:part")
def part_of_any_daypart(share: str, part: Daypart, scene: Scene) -> Span | None:
    """ "The early part of the afternoon"."""
    found = part_of_a_daypart(share, part, scene)
    return found[1] if found else None


@rule("day", "by/before daypart:part on? day:day", "day:day by/before daypart:part")
def before_closing(part: Daypart, day: Day) -> Day | None:
    """ "By the end of the day on Friday" is any time until then."""
    return replace(day, bound="by") if part.edge == "closing" and not day.is_wide else None


@rule("day", "by/before daypart:part")
def before_closing_today(part: Daypart, scene: Scene) -> Day | None:
    return today(scene) if part.edge == "closing" else None


@rule("dayspan", "part:share of/in? unit:unit on? day:day", "day:day part:share of/in? unit:unit")
def part_of_that_day(share: str, unit: str, day: Day, scene: Scene) -> tuple[Day, Span] | None:
    """ "Late in the day on Thursday"."""
    return part_of_a_day(share, day, scene) if unit == "day" else None


@rule("dayspan", "part:share of/in? this? unit:unit")
def part_of_the_day(share: str, unit: str, scene: Scene) -> tuple[Day, Span] | None:
    return part_of_a_day(share, today(scene), scene) if unit == "day" else None


@rule("dayspan", "part:share of/in/on? this? day:day")
def part_of_a_day(share: str, day: Day, scene: Scene) -> tuple[Day, Span] | None:
    """ "The rest of today" begins now; "start Friday" is about something else."""
    if day.is_wide:
        return None
    if share == "rest":
        return (day, Span(Clock(scene.now.hour * 60 + scene.now.minute))) if day == today(scene) else None
    return (day, _OF_A_DAY[share]) if share in _OF_A_DAY else None


@rule("dayspan", "day:day part:share")
def late_on_a_day(share: str, day: Day) -> tuple[Day, Span] | None:
    """ "Friday late"."""
    return (day, _OF_A_DAY[share]) if share in ("early", "late") and not day.is_wide else None
