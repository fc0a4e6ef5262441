"""Clocks of another zone: "4 pm CET", "15:00 GMT+2", "9 Beijing time", "4 pm my time"."""

from __future__ import annotations

from dataclasses import replace

from actions.when.nodes import Clock, Node
from actions.when.rules.clocks import clock_at
from actions.when.rules.grammar import Grammar

zoned = Grammar()
rule = zoned.rule

_FURTHEST = 14 * 60


@rule("zone", "zone:base sign/to num/clock:more")
def with_an_offset(base: str, more: int | Clock, nodes: list[Node]) -> str | None:
    """ "GMT+2", "UTC-3:30"."""
    sign = nodes[1].text
    minutes = more.minutes if isinstance(more, Clock) else more * 60
    if base != "UTC" or sign not in ("+", "-", "–") or minutes > _FURTHEST or not nodes[2].glued:
        return None
    return f"{'+' if sign == '+' else '-'}{minutes // 60:02}:{minutes % 60:02}"


@rule("clock", "clock:clock zone:zone", "clock:clock short_zone:zone !word !slot !unit !pick")
def clock_of_a_zone(clock: Clock, zone: str) -> Clock:
    return replace(clock, zone=zone)


@rule("clock", "num:hour zone:zone", "num:hour short_zone:zone !word !slot !unit !pick")
def hour_of_a_zone(hour: int, zone: str) -> Clock | None:
    clock = clock_at(hour) if hour <= 24 else None
    return replace(clock, zone=zone) if clock else None
