"""The answer to "which one do you mean?" picks one of the readings that were open, or both."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from actions.when.constraint import OpenReading, TimeConstraint, Wish
from actions.when.wishes.meeting import covers

_NOON = time(12)
_PICKED = {"earlier": "earlier", "soonest": "earlier", "later": "later", "latest": "later"}


def answered(earlier: TimeConstraint, later: TimeConstraint) -> TimeConstraint | None:
    """`earlier` without the question, if `later` answers it; `earlier` itself if it says nothing to it."""
    if len(earlier.open) != 1 or later.open:
        return None
    reading = earlier.open[0]
    picks = later.picks or _PICKED.get(str(later.order))
    if picks and not later.wishes:
        chosen = _picked(reading, picks)
    elif later.exclude and not later.wishes:
        left = tuple(
            option for option in reading.options if not any(_rules_out(o, option) for o in later.exclude)
        )
        chosen = left if len(left) == 1 else ()
    elif len(later.wishes) == 1:
        said = later.wishes[0]
        if (
            reading.reason != "hour"
            and said.rolls == "week"
            and all(_same_day(option, said) for option in reading.options)
        ):
            return _no_answer(earlier, reading, said)
        chosen = tuple(option for option in reading.options if _agrees(option, said))
        if not chosen and not said.has_time:
            chosen = tuple(said.at_time_of(o) for o in reading.options if _lies_in(said, o))
            chosen = chosen or tuple(option for option in reading.options if _lies_in(option, said))
        chosen = chosen if len(chosen) == 1 else ()
    else:
        return None
    return replace(earlier, wishes=chosen, open=(), spans=later.spans) if chosen else None


def _no_answer(earlier: TimeConstraint, reading: OpenReading, said: Wish) -> TimeConstraint:
    """ "Friday at 3" does not say which Friday, only what time."""
    if not said.has_time:
        return earlier
    options = tuple(option.at_time_of(said) for option in reading.options)
    return replace(earlier, wishes=options[:1], open=(OpenReading(reading.reason, options),))


def still_open(reading: OpenReading, wishes: tuple[Wish, ...]) -> list[OpenReading]:
    """ "Next Friday" is still two days after "at 3" was said, and "at 9" two hours after the day was."""
    if len(wishes) != 1 or (wishes[0].has_day and wishes[0].has_time) or reading.reason == "fold":
        return []
    said = wishes[0]
    if (reading.reason == "hour") != said.has_day:
        return []
    options = (o.on_days_of(said) if said.has_day else o.at_time_of(said) for o in reading.options)
    return [OpenReading(reading.reason, tuple(options))]


def _picked(reading: OpenReading, picks: str) -> tuple[Wish, ...]:
    options = reading.options
    in_time = sorted(options, key=lambda each: (str(each.date_from), str(each.time_from), each.fold or 0))
    if picks == "all":
        return tuple(in_time)
    if picks in ("earlier", "later"):
        return (in_time[0] if picks == "earlier" else in_time[-1],)
    number = int(picks)
    if reading.reason == "hour":
        named = [each for each in options if each.time_from and each.time_from.hour == number]
        if number <= 12 and any(each.time_from and each.time_from.hour == number + 12 for each in options):
            return ()  # "9" does not say which half of the day
    else:
        named = [each for each in options if each.date_from and each.date_from.day == number]
    placed = options[number - 1 : number] if number else ()
    meant = set(named) | set(placed)  # "2" of the 9th and the 2nd may be either
    return tuple(meant) if len(meant) == 1 else ()


def _agrees(option: Wish, said: Wish) -> bool:
    if said.has_day and not _same_day(option, said):
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


def _rules_out(out: Wish, option: Wish) -> bool:
    return covers(out, option) or (not out.has_time and _same_day(option, out))


def _lies_in(said: Wish, option: Wish) -> bool:
    """ "The 12th" after "this weekend or the next?", "next week" after "this or next Friday?"."""
    if not (said.date_from and said.date_to and option.date_from and option.date_to):
        return False
    return option.date_from <= said.date_from and said.date_to <= option.date_to


def _same_day(option: Wish, said: Wish) -> bool:
    if (said.date_from, said.date_to) == (option.date_from, option.date_to):
        return True
    bare = said.rolls == "week" and said.date_from is not None and option.date_from is not None
    return bare and option.date_from.weekday() == said.date_from.weekday()  # type: ignore[union-attr]
