"""Whether what `when` understood is what a labelled row expects, on the wall clock of the row.

Both sides become stretches of wall time, so that one comparison serves days, windows, alternatives and exclusions.
What is allowed beyond equality is written at each place; everything else is wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from actions.when import TimeConstraint, Wish

Row = dict[str, Any]
Stretch = tuple[datetime | None, datetime | None]
"""From, to (exclusive) in naive wall time; `None` is open. An instant is one minute long."""

RIGHT, ASKED, WRONG, NOTHING, FALSE_FIND = "right", "asked", "wrong", "nothing", "found where nothing is"

_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)
_LONGEST_RUN = 62
"""Days of a daily window that are compared one by one."""


@dataclass(frozen=True)
class Verdict:
    """`right`: the first reading is the expected one. `asked`: it is among the readings that would be asked about."""

    outcome: str


@lru_cache(maxsize=32)
def zone_at(offset: timedelta) -> str:
    """A zone that keeps this offset all year."""
    hours = offset / timedelta(hours=1)
    if hours == int(hours):
        return f"Etc/GMT{-int(hours):+d}" if hours else "Etc/UTC"
    here = (name for name in sorted(available_timezones()) if _always(name, offset))
    return next(here)


def _always(name: str, offset: timedelta) -> bool:
    zone = ZoneInfo(name)
    return all(datetime(2024, month, 1, tzinfo=zone).utcoffset() == offset for month in (1, 7))


def verdict(row: Row, found: TimeConstraint, reference: datetime) -> Verdict:
    """`reference`: now at the row's place, naive."""
    if row["kind"] == "none":
        return Verdict(RIGHT if found.empty else FALSE_FIND)
    if _is_right(row, found, reference):
        return Verdict(RIGHT)
    if any(_is_right(row, _only(found, option), reference) for each in found.open for option in each.options):
        return Verdict(ASKED)
    return Verdict(NOTHING if found.empty else ASKED if found.open and not found.wishes else WRONG)


def _only(found: TimeConstraint, option: Wish) -> TimeConstraint:
    return TimeConstraint(wishes=(option,), exclude=found.exclude, order=found.order)


def _is_right(row: Row, found: TimeConstraint, reference: datetime) -> bool:
    expected = row["expected"]
    if row["kind"] == "duration":
        return found.duration_seconds == expected["seconds"]
    if row["kind"] == "recurring":
        return _timex(expected["timex"]) in _timexes(found)
    if found.order == "soonest" and not found.wishes:
        return row["kind"] in ("open-interval", "instant") and _wall(expected["start"]) == reference
    wishes = (found.told_past,) if found.told_past and not found.wishes else found.wishes
    got = _merged(_stretches(wishes, found.exclude, reference), reference)
    if row["kind"] == "set":
        wanted = [row["expected_all"], *row.get("expected_any", [])]
        return any(_same_set(got, wishes, items, reference) for items in wanted)
    readings = [expected, *({**expected, **other} for other in expected.get("alts", []))]
    return any(_same(got, wishes, each, row["kind"], reference) for each in readings)


def _same(
    got: list[Stretch], wishes: tuple[Wish, ...], expected: Row, kind: str, reference: datetime
) -> bool:
    """Open bounds: "before 3 on Friday" may begin with that Friday, "from 4 on Friday" end with it."""
    if not got or len(wishes) != 1:
        return False
    wanted = _expected(expected, is_open=kind == "open-interval")
    if expected.get("time_only") and not wishes[0].has_day:
        return _same_clock(wishes[0], wanted, kind)
    if kind == "open-interval":
        return len(got) == 1 and _same_bound(got[0], wanted, reference)
    if wishes[0].daypart and not wishes[0].exact and kind == "interval":
        return len(got) == 1 and _same_daypart(got[0], wanted, named="daypart" in expected)
    return got == _merged([wanted], reference)


def _same_set(got: list[Stretch], wishes: tuple[Wish, ...], items: list[Row], reference: datetime) -> bool:
    wanted = _merged([_expected(item) for item in items], reference)
    if all(wish.daypart for wish in wishes) and len(got) == len(wanted):
        return all(_same_daypart(a, b, named=True) for a, b in zip(got, wanted, strict=True))
    return got == wanted


def _same_clock(wish: Wish, wanted: Stretch, kind: str) -> bool:
    """Rows about a time of day carry the reference's date, which nobody said."""
    start, end = (bound.time() if bound else None for bound in wanted)
    if kind == "instant":
        return (wish.exact or wish.near is not None) and (wish.near or wish.time_from) == start
    if wish.daypart and not wish.exact and wish.time_from and start and end:
        day = datetime.min
        ours = (datetime.combine(day, wish.time_from), _until(day, wish.time_to))
        theirs = (datetime.combine(day, start), _until(day, end))
        return _same_daypart(ours, theirs, named=False)
    return (wish.time_from, wish.time_to) == (start, end)


def _same_bound(got: Stretch, wanted: Stretch, reference: datetime) -> bool:
    (start, end), (first, last) = got, wanted
    if last is None:
        same_day = start is not None and end is not None and end - start <= _DAY and end.time() == time()
        return start == first and (end is None or same_day)
    from_day = start is not None and start in (datetime.combine((last - _MINUTE).date(), time()), reference)
    return end == last and (start is None or from_day)


def _same_daypart(got: Stretch, wanted: Stretch, *, named: bool) -> bool:
    """The same part of the same day: its edges are the business's own, so named ones must only meet, others share half."""
    if None in got or None in wanted:
        return False
    begins, ends = max(got[0], wanted[0]), min(got[1], wanted[1])  # type: ignore[type-var]
    if got[0].date() != wanted[0].date() or begins >= ends:  # type: ignore[union-attr,operator]
        return False
    whole = max(got[1], wanted[1]) - min(got[0], wanted[0])  # type: ignore[type-var,operator]
    return named or (ends - begins) / whole >= 0.5  # type: ignore[operator]


def _stretches(wishes: tuple[Wish, ...], exclude: tuple[Wish, ...], reference: datetime) -> list[Stretch]:
    out = [
        stretch for wish in exclude for day in _days_for(wish, wishes) for stretch in _of_wish(day, reference)
    ]
    wanted = [
        stretch for wish in wishes or ((Wish(),) if exclude else ()) for stretch in _of_wish(wish, reference)
    ]
    for gone in out:
        wanted = [left for stretch in wanted for left in _minus(stretch, gone)]
    return wanted


def _days_for(out: Wish, wishes: tuple[Wish, ...]) -> list[Wish]:
    """ "Except the morning" is said of the days that are wished for."""
    days = [wish for wish in wishes if wish.has_day]
    return [out] if out.has_day or not days else [out.on_days_of(day) for day in days]


def _of_wish(wish: Wish, reference: datetime) -> list[Stretch]:
    if not wish.has_day:
        return [_next_time(wish, reference)]
    first, last = wish.date_from, wish.date_to
    if not wish.has_time and not wish.weekdays:
        return [(first and datetime.combine(first, time()), last and datetime.combine(last, time()))]
    if last is None or first is None:
        start = first or reference.date()
        if not wish.weekdays and last is None and first:
            return [(_on(wish, first)[0], None)]
        first, last = start, last or start + _LONGEST_RUN * _DAY
    days = (first + n * _DAY for n in range(min((last - first).days, _LONGEST_RUN)))
    return [_on(wish, day) for day in days if not wish.weekdays or day.weekday() in wish.weekdays]


def _on(wish: Wish, day: Any) -> Stretch:
    clock = wish.near or wish.time_from or time()
    start = datetime.combine(day, clock)
    if wish.exact or wish.near:
        return start, start + _MINUTE
    return start, _until(start, wish.time_to)


def _until(start: datetime, clock: time | None) -> datetime:
    """A window that ends before it starts runs past midnight."""
    end = datetime.combine(start.date(), clock or time())
    return end if end > start else end + _DAY


def _next_time(wish: Wish, reference: datetime) -> Stretch:
    """A time without a day is the next one."""
    start, end = _on(wish, reference.date())
    if end is not None and end <= reference:
        return (start + _DAY if start else None), end + _DAY
    return start, end


def _minus(stretch: Stretch, gone: Stretch) -> list[Stretch]:
    start, end = stretch[0] or datetime.min, stretch[1] or datetime.max
    out_from, out_to = gone[0] or datetime.min, gone[1] or datetime.max
    pieces = [(start, min(end, out_from)), (max(start, out_to), end)]
    return [(a if a != datetime.min else None, b if b != datetime.max else None) for a, b in pieces if a < b]


def _merged(stretches: list[Stretch], reference: datetime) -> list[Stretch]:
    """In order and joined; of a stretch that has begun, what is left ("this week" said on a Wednesday)."""
    low, high = datetime.min, datetime.max
    begun = [
        (reference if (a or low) < reference < (b or high) else a or low, b or high) for a, b in stretches
    ]
    joined: list[tuple[datetime, datetime]] = []
    for start, end in sorted(begun):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return [(None if a == low else a, None if b == high else b) for a, b in joined]


def _expected(item: Row, *, is_open: bool = False) -> Stretch:
    start, end = (_wall(item[key]) if item.get(key) else None for key in ("start", "end"))
    if end is None and start is not None and not is_open:
        return start, start + (_DAY if item.get("grain") == "day" else _MINUTE)
    return start, end


def _wall(stamp: str) -> datetime:
    """Appointments have no seconds."""
    return datetime.fromisoformat(stamp).replace(tzinfo=None, second=0, microsecond=0)


def _timex(said: str) -> str:
    """ISO 8601 style names of what repeats, with one spelling each."""
    return re.sub(r"T(\d\d):00$", r"T\1", {"P0.5Y": "P6M", "P1WE": "XXXX-WXX-67"}.get(said, said))


def _timexes(found: TimeConstraint) -> set[str]:
    """The names of what was understood; every other Friday has two ("P2W", and the Friday itself)."""
    again = found.recurrence
    if again is None:
        return set()
    clocks = {wish.time_from for wish in found.wishes if wish.exact and wish.time_from}
    at = "".join(f"T{clock:%H}" + (f":{clock:%M}" if clock.minute else "") for clock in clocks)
    names = {f"P{again.every}{again.unit[0].upper()}"}
    if again.weekdays:
        names = {"XXXX-WXX-" + "".join(str(day + 1) for day in again.weekdays) + at} | (
            names if again.every > 1 else set()
        )
    elif at and again.unit == "day" and again.every == 1:
        names = {at}
    elif again.unit == "year":
        names |= {f"XXXX-{w.date_from:%m-%d}" for w in found.wishes if w.date_from}
    if again.unit == "fortnight":
        names.add("P2W")
    return names
