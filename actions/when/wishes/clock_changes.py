"""Wall times on the days when the clocks change: one that is skipped cannot be had, one shown twice is asked about.

Looked at once a whole constraint stands, for day and time may have been said in two messages.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from actions.when.calendar.zones import exists, is_repeated
from actions.when.constraint import OpenReading, TimeConstraint, Wish

_DAY = timedelta(days=1)


def through_clock_changes(constraint: TimeConstraint, zone: str) -> TimeConstraint:
    """The constraint without what summer time skips, and with a question for what the clock shows twice."""
    wishes: list[Wish] = []
    asked = [each for each in constraint.open if not set(each.options) & set(constraint.wishes)]
    skipped = constraint.skipped
    for wish in constraint.wishes:
        reading = next(
            (each for each in constraint.open if wish in each.options), OpenReading("fold", (wish,))
        )
        left = tuple(meant for option in reading.options for meant in _meant(option, zone))
        wishes.extend(left[:1])
        if not left:
            skipped = skipped or wish
        if len(left) > 1:
            asked.append(OpenReading(reading.reason, left))
    if wishes:
        return replace(constraint, wishes=tuple(dict.fromkeys(wishes)), open=tuple(asked), skipped=None)
    if skipped:
        return replace(constraint, wishes=(), open=(), skipped=skipped, refused="nonexistent")
    return constraint


def _meant(wish: Wish, zone: str) -> tuple[Wish, ...]:
    """Itself; nothing for a minute that does not exist; both readings of one that comes twice."""
    day, clock = wish.date_from, wish.time_from
    if not wish.exact or day is None or clock is None or wish.date_to != day + _DAY or wish.fold is not None:
        return (wish,)
    if is_repeated(day, clock, zone):
        return replace(wish, fold=0), replace(wish, fold=1)
    return (wish,) if exists(day, clock, zone) else ()
