"""Two turns about time, made one: the later one narrows, replaces or widens the earlier."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

from actions.when.calendar.arithmetic import moved
from actions.when.constraint import OpenReading, Recurrence, Shift, TimeConstraint, Wish
from actions.when.wishes.again import in_doubt, in_month, read_again
from actions.when.wishes.answers import answered, still_open
from actions.when.wishes.beside import RELATIVE
from actions.when.wishes.meeting import all_ruled_out, apart, covers, covers_clock, distinct, narrowed

_STANDING_ORDERS = ("soonest", "latest")


def combine(earlier: TimeConstraint, later: TimeConstraint) -> TimeConstraint:
    """A clock alone is meant for the day in context, a day alone keeps the clock, both narrow a window or run of days
    that they lie in; "or …" adds an alternative, a preference goes first, and day and clock together start afresh.
    What an exclusion leaves nothing of is dropped; the newest wish is kept where it contradicts (`emptied`).
    """
    earlier = replace(earlier, emptied=None)
    if later.empty:
        return earlier
    if earlier.empty or later.refused:
        return later
    answer = answered(earlier, later)
    if answer is not None:
        return answer
    earlier = _spoken_of(earlier)
    later = _from_there(later, earlier.wishes)
    if later.widens and earlier.wishes:
        return _widened(earlier, later)
    if later.shift:
        return later
    base = _carried(earlier, later)
    if not later.wishes:
        return _without_new_wish(earlier, base)
    if later.allows and earlier.wishes and (lifted := _lifted(earlier, later)) is not None:
        return lifted
    return _renewed(earlier, later, base)


def _renewed(earlier: TimeConstraint, later: TimeConstraint, base: TimeConstraint) -> TimeConstraint:
    ranks = all(wish.preferred and not (wish.has_day and wish.has_time) for wish in later.wishes)
    context = earlier.wishes
    if context and all(wish.preferred for wish in context):
        context = (*context, Wish())
    wishes = distinct(w for wish in later.wishes for w in _with_missing(wish, context, later))
    readings = _in_context(later, earlier.wishes[:1]) or _doubtful(earlier, later)
    afresh = later.wishes[0].has_day and later.wishes[0].has_time
    standing = (out for out in earlier.exclude if out.has_day or not afresh)
    kept = (out for out in standing if not any(covers(out, wish) for wish in wishes))
    pending = (reading for each in earlier.open for reading in still_open(each, later.wishes))
    decided = not (later.corrects or later.open or later.wishes[0].preferred)
    contradicted = _contradicted(earlier.wishes, wishes) if decided else None
    return replace(
        base,
        wishes=distinct((*wishes, *earlier.wishes)) if ranks else wishes,
        open=(*pending, *readings),
        exclude=distinct((*kept, *base.exclude)),
        emptied=contradicted,
    )


def _carried(earlier: TimeConstraint, later: TimeConstraint) -> TimeConstraint:
    """The later message with what outlives it of the earlier."""
    around = [(*earlier.wishes, *earlier.exclude)]
    if _in_two_minds(earlier):
        around = [(option,) for reading in earlier.open for option in reading.options]
    clocks = any(wish.has_time for wish in later.wishes)
    kept = earlier.order if not clocks else None
    standing = kept if kept in _STANDING_ORDERS or not later.wishes else None
    return replace(
        later,
        exclude=distinct(
            read_again(out, each)
            for out in later.exclude
            for each in around
            if not (clocks and out.exact and not out.has_day)  # "4, not 3" rules nothing out
        ),
        duration_seconds=later.duration_seconds or earlier.duration_seconds,
        recurrence=later.recurrence or _on_other_days(earlier.recurrence, later.wishes),
        source=later.source or earlier.source,
        elsewhere=later.elsewhere or (None if clocks else earlier.elsewhere),
        order=later.order or standing,
        allows=False,
        picks=None,
    )


def _on_other_days(recurrence: Recurrence | None, wishes: tuple[Wish, ...]) -> Recurrence | None:
    """ "Every other Tuesday" … "make it Thursday"."""
    if recurrence and recurrence.weekdays and wishes:
        named = {wish.date_from.weekday() for wish in wishes if wish.rolls == "week" and wish.date_from}
        named |= {weekday for wish in wishes for weekday in wish.weekdays}
        return replace(recurrence, weekdays=tuple(sorted(named)) or recurrence.weekdays)
    return recurrence


def _spoken_of(earlier: TimeConstraint) -> TimeConstraint:
    """What was refused still says which day or clock is meant: "yesterday at 3" … "sorry, tomorrow".
    A day that was left open is none to count from, and of "later that day" only the day is meant on.
    """
    if _in_two_minds(earlier):
        return replace(earlier, wishes=tuple(replace(wish, rolls="week") for wish in earlier.wishes))
    if earlier.wishes and earlier.wishes[0].daypart in RELATIVE:
        return replace(earlier, wishes=(earlier.wishes[0].at_time_of(Wish()),))
    if earlier.wishes or not earlier.refused:
        return earlier
    if earlier.skipped:
        return replace(earlier, wishes=(earlier.skipped,))
    told = earlier.told_past
    return replace(earlier, wishes=(told.on_days_of(Wish()),)) if told and told.has_time else earlier


def _in_two_minds(earlier: TimeConstraint) -> bool:
    return any(each.reason == "weekday" for each in earlier.open)


def _from_there(later: TimeConstraint, context: tuple[Wish, ...]) -> TimeConstraint:
    """ "The day after", "an hour later" where nothing but the earlier wish says from where."""
    if not later.shift or later.wishes or len(context) != 1:
        return later
    shifted = _shifted(context[0], later.shift)
    return replace(later, wishes=(shifted,), shift=None) if shifted else later


def _shifted(wish: Wish, shift: Shift) -> Wish | None:
    day, clock = wish.date_from, wish.time_from
    if day is None or wish.date_to is None or (shift.minutes and not (wish.exact and clock)):
        return None
    first = moved(datetime.combine(day, clock or time()), shift)
    last = first.date() + (wish.date_to - day)
    clock = first.time() if shift.minutes else clock
    return replace(wish, date_from=first.date(), date_to=last, time_from=clock, rolls=None, fold=None)


def _widened(earlier: TimeConstraint, later: TimeConstraint) -> TimeConstraint:
    extra = (
        _with_missing(wish, earlier.wishes[-1:], replace(later, corrects=True))[0] for wish in later.wishes
    )
    wishes = distinct((*earlier.wishes, *extra))
    return replace(
        _carried(earlier, later),
        wishes=wishes,
        exclude=distinct(
            (*(o for o in earlier.exclude if not any(covers(o, w) for w in wishes)), *later.exclude)
        ),
        shift=None,
        open=earlier.open + _in_context(later, earlier.wishes[-1:]),
    )


def _lifted(earlier: TimeConstraint, later: TimeConstraint) -> TimeConstraint | None:
    """ "Thursday is ok after all": it is no longer ruled out, and what is wished for stays."""
    around = (*earlier.exclude, *earlier.wishes)
    allowed = [read_again(wish, around) for wish in later.wishes]
    kept = tuple(out for out in earlier.exclude if not any(covers(out, wish) for wish in allowed))
    if len(kept) == len(earlier.exclude) or any(
        wish.exact or (wish.has_time and wish.has_day) for wish in allowed
    ):
        return None
    return replace(earlier, exclude=kept, spans=later.spans)


def _without_new_wish(earlier: TimeConstraint, base: TimeConstraint) -> TimeConstraint:
    wishes = earlier.wishes
    if base.order in _STANDING_ORDERS and base.order != earlier.order:
        wishes = distinct(wish.at_time_of(Wish()) if wish.exact else wish for wish in wishes)
    if base.free in ("time", "both"):
        wishes = distinct(wish.at_time_of(Wish()) for wish in wishes if wish.has_day)
    if base.free in ("day", "both"):
        wishes = distinct(wish.on_days_of(Wish()) for wish in wishes if wish.has_time)
    exclude = distinct((*earlier.exclude, *base.exclude))
    emptied = next((wish for wish in wishes if all_ruled_out(wish, exclude)), None)
    left = tuple(
        w for wish in wishes if (w := _left_of(wish, base.exclude)) and not all_ruled_out(w, exclude)
    )
    if any(wish.has_day for wish in left):
        left = tuple(wish for wish in left if wish.has_day)
    return replace(
        base,
        wishes=left,
        exclude=exclude,
        open=() if base.free else tuple(each for each in earlier.open if not _none_left(each, exclude)),
        emptied=None if left else emptied,
    )


def _none_left(reading: OpenReading, exclude: tuple[Wish, ...]) -> bool:
    return all(any(covers(out, option) for out in exclude) for option in reading.options)


def _left_of(wish: Wish, exclude: tuple[Wish, ...]) -> Wish | None:
    """The wish without the day or the clock that has been ruled out."""
    for out in exclude:
        if out.has_day and covers(out, wish):
            return wish.on_days_of(Wish()) if wish.has_time and not out.has_time else None
        if not out.has_day and covers_clock(out, wish):
            return wish.at_time_of(Wish()) if wish.has_day else None
    return wish


def _with_missing(wish: Wish, context: tuple[Wish, ...], later: TimeConstraint) -> tuple[Wish, ...]:
    """The wish with the day or clock it does not name taken from the context, once for each distinct one."""
    if wish.has_day:
        wish = read_again(wish, context)
        if later.corrects or any(each.rolls == "month" for each in context):
            wish = in_month(wish, context)
    narrows = not later.corrects
    found = []
    for each in context:
        whole = narrowed(wish, each) if narrows else wish
        if not whole.has_day:
            whole = replace(whole, soft=whole.soft or each.preferred).on_days_of(each)
        if not whole.has_time and later.free not in ("time", "both"):
            whole = whole.at_time_of(each)
        found.append(whole)
    return distinct(found) or (wish,)


def _in_context(later: TimeConstraint, context: tuple[Wish, ...]) -> tuple[OpenReading, ...]:
    """The readings of the newer message that are still two beside what was said before."""
    found = (
        OpenReading(each.reason, distinct(w for o in each.options for w in _with_missing(o, context, later)))
        for each in later.open
    )
    return tuple(each for each in found if len(each.options) > 1)


def _doubtful(earlier: TimeConstraint, later: TimeConstraint) -> tuple[OpenReading, ...]:
    """ "Thursday" after a date of next week is that of tomorrow for some, that of next week for others."""
    doubt = in_doubt(later.wishes[0], earlier.wishes) if len(later.wishes) == 1 else None
    if doubt is None:
        return ()
    dated = [replace(wish, rolls=None) for wish in doubt]
    options = distinct(w for wish in dated for w in _with_missing(wish, earlier.wishes, later))
    return (OpenReading("weekday", options),)


def _contradicted(earlier: tuple[Wish, ...], wishes: tuple[Wish, ...]) -> Wish | None:
    musts = [each for each in earlier if not each.preferred]
    against = bool(musts) and all(apart(wish, each) for each in musts for wish in wishes)
    return musts[0] if against else None
