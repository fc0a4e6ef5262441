"""Earlier or later than a time that was proposed: that day first, then the days before or after it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from actions.when.constraint import Wish

RELATIVE = ("earlier", "later")
"""Names of such windows. They hold for one search: who then names another day does not mean its hours by them."""

_HALF_AN_HOUR = timedelta(minutes=30)
_DAY, _SOON = timedelta(days=1), timedelta(days=4)


def beside(start: datetime, order: str, today: date) -> tuple[Wish, ...]:
    """`start` is local. Nothing before `today`."""
    day, clock = start.date(), start.time().replace(fold=0)
    if order == "later":
        that_day = Wish(date_from=day, date_to=day + _DAY, time_from=clock, daypart=order)
        soon = Wish(date_from=day + _DAY, date_to=day + _SOON, daypart=order)
        return that_day, soon, Wish(date_from=day + _SOON, daypart=order)
    that_day = Wish(date_from=day, date_to=day + _DAY, time_to=clock, daypart=order)
    before = Wish(date_from=max(today, day - _SOON), date_to=day, daypart=order)
    return (that_day, before) if today < day else (that_day,)


def around(wish: Wish) -> Wish:
    """Half an hour either side of an exact time; any other wish as it is."""
    if not wish.exact or not wish.time_from:
        return wish
    clock = datetime.combine(date.min + _DAY, wish.time_from)
    first, last = ((clock + turn * _HALF_AN_HOUR).time() for turn in (-1, 1))
    near = Wish(time_from=first, time_to=last, near=wish.time_from)
    return wish.at_time_of(near) if first < wish.time_from < last else wish


def at_the_minute(start: datetime) -> Wish:
    """What `start` itself is, to be left out."""
    day = Wish(date_from=start.date(), date_to=start.date() + _DAY)
    return day.at_time_of(Wish(time_from=start.time().replace(fold=0), exact=True))
