"""Wall times of another zone to those of the business, on their date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone, tzinfo

from actions.when.calendar.arithmetic import since_midnight
from actions.when.calendar.zones import zone_of
from actions.when.constraint import Opening, Wish
from actions.when.reading.clauses import Clause
from actions.when.scene import Scene

CUSTOMER, BUSINESS = "customer", "business"
_DAY_MINUTES = 1440


def zone_meant(clause: Clause, scene: Scene) -> str | None:
    """`None`: that of the business; CUSTOMER: the customer's, which is not known."""
    spans = (span for span in (clause.span, clause.part) if span)
    clocks = [clock for span in spans for clock in (span.end, span.start) if clock]
    zone = next((clock.zone for clock in clocks if clock.zone), clause.zone if clocks else None)
    if zone == CUSTOMER:
        return scene.context.customer_zone or CUSTOMER
    return None if zone == BUSINESS else zone


def minutes_ahead(zone: str, here: str, day: date) -> int:
    """How far the clocks of `zone` are ahead of ours at noon of that day."""
    noon = datetime.combine(day, time(12), tzinfo=zone_of(here))
    theirs = noon.astimezone(_tzinfo(zone)).utcoffset() or timedelta()
    return int((theirs - (noon.utcoffset() or timedelta())) / timedelta(minutes=1))


def opening_there(opening: Opening, ahead: int) -> Opening:
    """Our opening hours as their clocks show them, so that a bare hour of theirs is one that is open."""
    return {
        day: [window for each in windows for window in _there(each, ahead)]
        for day, windows in opening.items()
    }


def from_there(wish: Wish, zone: str, here: str, today: date) -> Wish:
    """The wish on our clocks, on its first day or else today. Of a window that reaches past our midnight, the part
    before it."""
    clock = wish.near or wish.time_from or wish.time_to
    if clock is None:
        return wish
    theirs = datetime.combine(wish.date_from or today, clock, tzinfo=_tzinfo(zone))
    ours = theirs.astimezone(zone_of(here)).replace(tzinfo=None)
    ahead = int((theirs.replace(tzinfo=None) - ours) / timedelta(minutes=1))
    days = ours.date() - theirs.date()
    later = -ahead - days.days * _DAY_MINUTES
    end = None if wish.time_to is None else since_midnight(wish.time_to) + later
    return replace(
        _on_days(wish, days),
        time_from=wish.time_from and _time(max(since_midnight(wish.time_from) + later, 0)),
        time_to=None if end is None or end >= _DAY_MINUTES else _time(end),
        near=wish.near and _time(since_midnight(wish.near) + later),
        daypart=None,
    )


def _on_days(wish: Wish, off: timedelta) -> Wish:
    return replace(
        wish,
        date_from=wish.date_from and wish.date_from + off,
        date_to=wish.date_to and wish.date_to + off,
        weekdays=tuple((day + off.days) % 7 for day in wish.weekdays),
    )


def _there(window: tuple[time, time], ahead: int) -> list[tuple[time, time]]:
    start, end = ((since_midnight(clock) + ahead) % _DAY_MINUTES for clock in window)
    if start < end or end == 0:
        return [(_time(start), _time(end))]
    return [(time(), _time(end)), (_time(start), time())]


def _time(minutes: int) -> time:
    hours, rest = divmod(minutes % _DAY_MINUTES, 60)
    return time(hours, rest)


def _tzinfo(zone: str) -> tzinfo:
    if zone[0] not in "+-":
        return zone_of(zone)
    hours, minutes = map(int, zone[1:].split(":"))
    off = timedelta(hours=hours, minutes=minutes)
    return timezone(-off if zone[0] == "-" else off)
