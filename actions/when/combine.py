"""Two turns about time, made one: the later one narrows, replaces or widens the earlier."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from actions.when.calendar_math import plus_months, safe_date
from actions.when.constraint import OpenReading, TimeConstraint, Wish

_NOON = time(12)


def combine(earlier: TimeConstraint, later: TimeConstraint) -> TimeConstraint:
    """A clock alone is meant for the day in context, a day alone keeps the clock, "or …" adds an alternative,
    and day and clock together start afresh. A refused or shifting message stands for itself.
    """
    if later.empty:
        return earlier
    if earlier.empty or later.refused or later.shift:
        return later
    answered = _answer(earlier, later)
    if answered is not None:
        return answered
    base = replace(
        later,
        duration_seconds=later.duration_seconds or earlier.duration_seconds,
        recurrence=later.recurrence or earlier.recurrence,
        source=later.source or earlier.source,
        order=later.order if later.order or later.wishes else earlier.order,
    )
    if later.widens:
        extra = tuple(_with_missing(wish, earlier.wishes[-1:])[0] for wish in later.wishes)
        return replace(
            base,
            wishes=_unique((*earlier.wishes, *extra)),
            exclude=_unique((*earlier.exclude, *later.exclude)),
            open=earlier.open + later.open,
        )
    if not later.wishes:
        return _without_new_wish(earlier, base)
    wishes = _unique(w for wish in later.wishes for w in _with_missing(wish, earlier.wishes))
    options = tuple(
        OpenReading(o.reason, tuple(w for wish in o.options for w in _with_missing(wish, earlier.wishes[:1])))
        for o in later.open
    )
    keeps_exclusions = not (later.wishes[0].has_day and later.wishes[0].has_time)
    kept = _still_meant(earlier.exclude, wishes) if keeps_exclusions else ()
    still_open = tuple(reading for o in earlier.open for reading in _still_open(o, later.wishes))
    return replace(
        base, wishes=wishes, open=(*still_open, *options), exclude=_unique((*kept, *later.exclude))
    )


def _still_open(reading: OpenReading, wishes: tuple[Wish, ...]) -> list[OpenReading]:
    """ "Next Friday" is still two days after "at 3" was said, and "at 9" two hours after the day was."""
    if len(wishes) != 1 or (wishes[0].has_day and wishes[0].has_time) or reading.reason == "fold":
        return []
    said = wishes[0]
    if (reading.reason == "hour") != said.has_day:
        return []
    options = (o.on_days_of(said) if said.has_day else o.at_time_of(said) for o in reading.options)
    return [OpenReading(reading.reason, tuple(options))]


def _answer(earlier: TimeConstraint, later: TimeConstraint) -> TimeConstraint | None:
    """ "Morning" after "9 in the morning or in the evening?" picks that reading."""
    if not earlier.open or len(later.wishes) != 1 or later.open:
        return None
    said = later.wishes[0]
    if earlier.open[0].reason == "weekday" and said.rolls == "week" and not said.has_time:
        return earlier  # "Friday" does not say which Friday
    fitting = [option for option in earlier.open[0].options if _agrees(option, said)]
    if len(fitting) != 1 or len(earlier.open) != 1:
        return None
    return replace(earlier, wishes=(fitting[0],), open=(), spans=later.spans)


def _agrees(option: Wish, said: Wish) -> bool:
    if said.has_day and (said.date_from, said.date_to) != (option.date_from, option.date_to):
        return False
    if not said.has_time:
        return True
    clock = option.time_from
    if clock is None:
        return False
    if said.exact:
        return clock == said.time_from
    if said.daypart and said.time_from:
        return (clock < _NOON) == (said.time_from < _NOON)
    return (said.time_from is None or said.time_from <= clock) and (
        said.time_to is None or clock < said.time_to
    )


def _without_new_wish(earlier: TimeConstraint, base: TimeConstraint) -> TimeConstraint:
    wishes = earlier.wishes
    if base.free in ("time", "both"):
        wishes = _unique(wish.at_time_of(Wish()) for wish in wishes if wish.has_day)
    if base.free in ("day", "both"):
        wishes = _unique(wish.on_days_of(Wish()) for wish in wishes if wish.has_time)
    wishes = tuple(wish for wish in wishes if not any(_covers(out, wish) for out in base.exclude))
    return replace(
        base,
        wishes=wishes,
        exclude=_unique((*earlier.exclude, *base.exclude)),
        open=() if base.free else earlier.open,
    )


def _with_missing(wish: Wish, context: tuple[Wish, ...]) -> list[Wish]:
    """The wish with the day or clock it does not name taken from the context, once for each distinct one."""
    if wish.has_day and wish.has_time:
        return [wish]
    if wish.has_day:
        dated = [read_again(wish, c) for c in context if c.has_day] or [wish]
        day = dated[0]
        clocks = _unique(c.at_time_of(c).on_days_of(Wish()) for c in context if c.has_time)
        return [day.at_time_of(clock) for clock in clocks] or [day]
    days = _unique(c.at_time_of(Wish()) for c in context if c.has_day)
    return [wish.on_days_of(day) for day in days] or [wish]


def read_again(wish: Wish, period: Wish) -> Wish:
    """ "The 3rd" after "in January": the 3rd of January, though the next 3rd comes sooner."""
    first, last = period.date_from, period.date_to
    if not wish.rolls or wish.date_from is None or wish.date_to is None or first is None or last is None:
        return wish
    if (last - first).days < 2:
        return wish
    length = wish.date_to - wish.date_from
    for day in _same_days(wish.date_from, wish.rolls, first):
        if first <= day < last:
            return replace(wish, date_from=day, date_to=day + length)
    return wish


def _same_days(day: date, rolls: str, first: date) -> list[date]:
    """The days that a bare "Friday", "the 3rd" or "3 May" may mean, from `first` on."""
    if rolls == "week":
        return [first + timedelta(days=(day.weekday() - first.weekday()) % 7)]
    if rolls == "year":
        return [d for d in (safe_date(first.year + n, day.month, day.day) for n in range(9)) if d]
    months = (plus_months(first.replace(day=1), n) for n in range(13))
    return [d for d in (safe_date(m.year, m.month, day.day) for m in months) if d]


def _covers(out: Wish, wish: Wish) -> bool:
    if out.has_time or out.weekdays or out.date_from is None or wish.date_from is None:
        return False
    out_to, wish_to = out.date_to or date.max, wish.date_to or date.max
    return out.date_from <= wish.date_from and wish_to <= out_to


def _still_meant(exclude: tuple[Wish, ...], wishes: tuple[Wish, ...]) -> tuple[Wish, ...]:
    """An exclusion that would leave nothing of a newer wish has been taken back by it."""
    return tuple(out for out in exclude if not any(_covers(out, wish) for wish in wishes))


def _unique(wishes: object) -> tuple[Wish, ...]:
    return tuple(dict.fromkeys(wishes))  # type: ignore[call-overload]
