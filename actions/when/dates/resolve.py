"""Clauses to wishes: dates, times of day, what is ruled out, and every place where two readings remain."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from actions.when.calendar.runs import Dates
from actions.when.calendar.zones import zone_of
from actions.when.constraint import Opening, OpenReading, Shift, TimeConstraint, Wish
from actions.when.dates.clocks import clock_readings, exact_at
from actions.when.dates.days import days_meant
from actions.when.dates.elsewhere import CUSTOMER, from_there, minutes_ahead, opening_there, zone_meant
from actions.when.dates.moments import at_the_minute, from_now, moved_visit
from actions.when.nodes import Day
from actions.when.reading.clauses import EXCEPT, NOT, TOLD, Clause, Heard
from actions.when.scene import Scene
from actions.when.wishes.again import BESIDE, read_again
from actions.when.wishes.clock_changes import through_clock_changes
from actions.when.wishes.meeting import distinct

_DAY = timedelta(days=1)


@dataclass
class _Result:
    wishes: list[Wish] = field(default_factory=list)
    exclude: list[Wish] = field(default_factory=list)
    open: list[OpenReading] = field(default_factory=list)
    source: Wish | None = None
    refused: str | None = None
    told_past: Wish | None = None
    elsewhere: Wish | None = None
    shift: Shift | None = None
    spoken_of: Wish | None = None


def resolve(heard: Heard, reference: datetime, scene: Scene) -> TimeConstraint:
    result = _Result(shift=heard.shift)
    for clause in heard.clauses:
        _add(result, clause, reference, scene)
    if result.shift and scene.context.anchor:
        wish = moved_visit(scene.context.anchor, result.shift, scene.zone)
        day = next((w for w in result.wishes if w.has_day and not w.has_time), None)
        result.wishes = [wish.on_days_of(day) if day and not result.shift.days else wish]
    first = heard.clauses[0] if heard.clauses else Clause()
    constraint = TimeConstraint(
        wishes=distinct(sorted(result.wishes, key=lambda wish: not wish.preferred)),
        exclude=tuple(dict.fromkeys(out for out in result.exclude if not _among(out, result.wishes))),
        shift=result.shift,
        source=result.source,
        duration_seconds=heard.duration,
        recurrence=heard.recurrence,
        order=heard.order,
        free=heard.free,
        widens=((heard.widens and len(result.wishes) < 2) or first.link in ("or", "else"))
        and bool(result.wishes or result.shift),
        allows=heard.allows,
        picks=heard.picks,
        corrects=heard.corrects or bool(result.exclude and result.wishes),
        open=_still_open(result),
        refused=None if result.wishes else result.refused,
        told_past=result.told_past,
        elsewhere=result.elsewhere,
        spans=_joined(heard.spans),
    )
    return through_clock_changes(constraint, scene.zone)


def _still_open(result: _Result) -> tuple[OpenReading, ...]:
    """ "This Friday or next Friday": what is wished for beside it is no reading of the other."""
    left = []
    for reading in result.open:
        beside = [wish for wish in result.wishes if wish != reading.options[0]]
        options = tuple(option for option in reading.options if option not in beside)
        if len(options) > 1:
            left.append(OpenReading(reading.reason, options))
    return tuple(left)


def _add(result: _Result, clause: Clause, reference: datetime, scene: Scene) -> None:
    clause = _with_anchor(clause, result, scene)
    if clause.empty:
        return
    if clause.moment:
        result.wishes.append(from_now(clause.moment, reference, scene.zone))
        return
    options, reason, refused = _readings(clause, result, scene)
    if refused == "past" or (clause.day and clause.day.told):
        result.told_past = result.told_past or options[0]
    if clause.day and (clause.day.told or (clause.day.is_told and not (clause.span and clause.span.exact))):
        return
    if clause.mode == TOLD:
        result.spoken_of = options[0] if options else None
        return
    if clause.mode == "source":
        result.source = options[0] if options else result.source
    elif clause.mode:
        result.exclude.extend(_whole_part(option) for option in options if refused != "past")
    elif refused or not options:
        result.refused = refused
    elif zone_meant(clause, scene) == CUSTOMER:
        result.elsewhere = options[0]
        result.wishes.extend([options[0].at_time_of(Wish())] if options[0].has_day else [])
    else:
        options = _after_the_day_before(options, reason, result)
        second_best = clause.soft_time and clause.link in (
            "or",
            "else",
        )  # "or else Friday, preferably before 3"
        options = [replace(each, soft=each.soft or (clause.soft and not second_best)) for each in options]
        result.wishes.append(options[0])
        if reason and len(options) > 1:
            result.open.append(OpenReading(reason, tuple(options)))


def _after_the_day_before(options: list[Wish], reason: str | None, result: _Result) -> list[Wish]:
    """ "Tuesday or Wednesday", "from Tuesday to Wednesday", said on a Wednesday: the one that comes after the other."""
    said = result.wishes[-1] if result.wishes else result.source
    if reason != "weekday" or said is None or said.date_from is None or said.rolls != "week":
        return options
    return [each for each in options if each.date_from and each.date_from > said.date_from] or options


def _among(out: Wish, wishes: list[Wish]) -> bool:
    """ "This Friday, not next Friday": of the two that "next" may mean, the one that is wished for is not ruled out."""
    return any(replace(wish, rolls=None) == replace(out, rolls=None) for wish in wishes)


def _whole_part(wish: Wish) -> Wish:
    """ "Not in the morning" rules out all that is before noon, "not in the evening" all that is late."""
    if wish.daypart in ("morning", "early_morning"):
        return replace(wish, time_from=None)
    if wish.daypart in ("evening", "late_evening", "night", "end_of_day"):
        return replace(wish, time_to=None)
    return wish


def _readings(clause: Clause, result: _Result, scene: Scene) -> tuple[list[Wish], str | None, str | None]:
    opening = scene.context.opening
    day_said = _until_it_begins(clause) if clause.mode in (NOT, EXCEPT) else clause.day
    dates = days_meant(day_said, scene.now, opening) if day_said else Dates(((None, None),))
    if not dates.runs:
        return [], None, dates.refused
    options: list[Wish] = []
    reason = dates.reason
    for start, end in dates.runs:
        day = Wish(date_from=start, date_to=end, weekdays=dates.weekdays, rolls=dates.rolls)
        day = _in_period(day, clause, result, scene)
        options.extend(each for each in _at_times(clause, day, scene) if each not in options)
    if dates.refused:
        return options, None, dates.refused
    if all(option.date_to and option.date_to <= scene.now.date() for option in options):
        return options, None, "past"  # "last month, the 20th"
    if reason is None and len(options) > 1:
        reason = "hour"
    options = [o for o in options if not _has_passed(o, scene)] or options[-1:]
    return options, reason, None


def _until_it_begins(clause: Clause) -> Day | None:
    """ "Away until September" rules nothing of September out; "until Friday" rules out the Friday."""
    day = clause.day
    if day is None or day.bound != "by" or day.part or not replace(day, bound=None).is_wide:
        return day
    return replace(day, bound="before")


def _in_period(day: Wish, clause: Clause, result: _Result, scene: Scene) -> Wish:
    """ "December … the 3rd" is in December; "next week but not Friday" means Friday of that week."""
    if clause.within:
        runs = days_meant(clause.within, scene.now, scene.context.opening).runs
        if runs:
            return read_again(day, (Wish(date_from=runs[0][0], date_to=runs[0][1]),))
    if day.rolls == "same_day":
        return day
    if result.wishes and (clause.mode in ("not", "except") or day.rolls in BESIDE):
        return read_again(day, (result.wishes[-1],))
    if scene.context.anchor and day.rolls in BESIDE:
        there = at_the_minute(scene.context.anchor.astimezone(zone_of(scene.zone)).replace(tzinfo=None))
        return read_again(day, (there,))
    return day


def _at_times(clause: Clause, day: Wish, scene: Scene) -> list[Wish]:
    zone = zone_meant(clause, scene)
    if zone in (None, CUSTOMER):
        clocks = _clocks(clause, day, scene.context.opening)
        return [_coming_midnight(clock.on_days_of(day), scene.now) for clock in clocks]
    today = scene.now.date()
    ahead = minutes_ahead(str(zone), scene.zone, day.date_from or today)
    clocks = _clocks(clause, day, opening_there(scene.context.opening, ahead))
    return [from_there(clock.on_days_of(day), str(zone), scene.zone, today) for clock in clocks]


def _coming_midnight(wish: Wish, now: datetime) -> Wish:
    """ "Midnight tonight", "this evening at 12": not the one that today began with."""
    if wish.date_from != now.date() or wish.date_to != now.date() + _DAY or not wish.exact:
        return wish
    if wish.time_from is None or wish.time_from >= time(1) or now.hour < 1:
        return wish
    return replace(wish, date_from=wish.date_to, date_to=wish.date_to + _DAY)


def _clocks(clause: Clause, day: Wish, opening: Opening) -> list[Wish]:
    span, part = clause.span or clause.part, clause.part
    if span is None:
        return [Wish()]
    weekdays = day.weekdays or tuple(_weekdays(day))
    readings = clock_readings(span, part, weekdays, opening)
    return readings if span.exact else readings[:1]


def _weekdays(day: Wish) -> list[int]:
    if day.date_from is None or day.date_to is None:
        return list(range(7))
    length = min((day.date_to - day.date_from).days, 7)
    return [(day.date_from + n * _DAY).weekday() for n in range(length)]


def _has_passed(wish: Wish, scene: Scene) -> bool:
    """Only asked of one of several readings: "Friday at 3" on a Friday at 4."""
    if (
        wish.date_from is None
        or wish.date_to != wish.date_from + _DAY
        or not wish.time_from
        or not wish.exact
    ):
        return False
    return datetime.combine(wish.date_from, wish.time_from) <= scene.now


def _with_anchor(clause: Clause, result: _Result, scene: Scene) -> Clause:
    """ "Same time next week", "same day at 4", "the day after": relative to the appointment or the last wish."""
    anchor = scene.context.anchor
    there = anchor.astimezone(zone_of(scene.zone)) if anchor else None
    if clause.next_day:
        clause = _day_after(clause, result, there)
    week = clause.day.week if clause.day and clause.day == Day(week=clause.day.week) else None
    if week and week > 0 and (clause.same_time or clause.same_day):
        return _weeks_later(clause, week, result, there)
    if clause.same_time and not clause.span and there:
        clause = replace(clause, span=exact_at(there.time()), same_time=False)
    if clause.same_day and not clause.day and there:
        day = Day(start=there.date(), end=there.date() + _DAY, which="same")
        clause = replace(clause, day=day, same_day=False)
    if clause.span or clause.part or clause.day or clause.moment:
        return clause
    return Clause()


def _day_after(clause: Clause, result: _Result, there: datetime | None) -> Clause:
    spoken = result.spoken_of or (
        result.wishes[-1] if result.wishes else at_the_minute(there) if there else None
    )
    if spoken and spoken.date_to and spoken.date_from:
        day = spoken.date_to if clause.next_day > 0 else spoken.date_from - _DAY
        return replace(clause, next_day=0, day=Day(start=day, end=day + _DAY))
    result.shift = result.shift or Shift(days=clause.next_day)
    return Clause()


def _weeks_later(clause: Clause, weeks: int, result: _Result, there: datetime | None) -> Clause:
    if clause.same_time:
        result.shift = Shift(days=7 * weeks)
        return Clause()
    if there is None:
        return clause
    day = there.date() + 7 * weeks * _DAY
    return replace(clause, day=Day(start=day, end=day + _DAY), same_day=False)


def _joined(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
