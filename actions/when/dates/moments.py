"""Minutes that are counted from another: from now, or from the start of the visit that moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from actions.when.calendar.arithmetic import moved
from actions.when.calendar.zones import zone_of
from actions.when.constraint import Shift, TimeConstraint, Wish
from actions.when.wishes.clock_changes import through_clock_changes

_DAY = timedelta(days=1)
_HALF_HOUR = timedelta(minutes=30)


def moved_visit(anchor: datetime, shift: Shift, zone: str) -> Wish:
    wall = moved(anchor.astimezone(zone_of(zone)).replace(tzinfo=None), shift)
    return at_the_minute(wall)


def from_now(amount: Shift, reference: datetime, zone: str) -> Wish:
    """ "In an hour": about then."""
    here = zone_of(zone)
    later = reference + timedelta(minutes=amount.minutes)
    wall = moved(later.astimezone(here).replace(tzinfo=None), replace(amount, minutes=0))
    wish = at_the_minute(wall)
    first, last = wall - _HALF_HOUR, wall + _HALF_HOUR
    return replace(
        wish,
        exact=False,
        near=wish.time_from,
        soft=True,
        time_from=first.time() if first.date() == wall.date() else time(),
        time_to=last.time() if last.date() == wall.date() else None,
    )


def at_the_minute(wall: datetime) -> Wish:
    day = wall.date()
    return Wish(
        date_from=day, date_to=day + _DAY, time_from=wall.time().replace(second=0, microsecond=0), exact=True
    )


def shifted(constraint: TimeConstraint, start: datetime, zone: str) -> TimeConstraint:
    """The constraint with its shift applied to the appointment (or offered slot) that starts at `start`."""
    if constraint.shift is None:
        return constraint
    wish = moved_visit(start, constraint.shift, zone)
    return through_clock_changes(replace(constraint, wishes=(wish,)), zone)
