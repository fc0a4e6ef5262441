"""Whether what `when` understood is what a labelled row expects, on the wall clock of the row.

Right is the same stretch of wall time, no more and no less. Beyond equality this is allowed, and nothing else:

- one of the row's own `alts`; seconds are dropped, for appointments have none;
- of a period that has begun, what is left of it;
- a part of the day has the business's own edges: on the same date, a part that the row names has to meet ours, and one
  that the row gives in hours has to share half of ours;
- a time that the row calls `time_only` was said without a day: only the clock counts, unless we found a day;
- a bound may keep to the day it was said with ("from 4 on Friday" ends with that Friday);
- an interval may be told as its start and its length ("at 4 for half an hour").

Of a set, the order of the alternatives is not looked at. A duration is right only where no day or time was invented
beside it. What is refused is not right either, except that a time which is over may be told as such.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import permutations
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from actions.when import TimeConstraint, Wish
from benchmarks.time_stretches import DAY, MIDNIGHT, MINUTE, Stretch, joined, stretches, until

Row = dict[str, Any]

RIGHT, ASKED, WRONG, NOTHING, FALSE_FIND = "right", "asked", "wrong", "nothing", "found where nothing is"
_MOST_ALTERNATIVES = 5
"""Of which every order is tried."""


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
    return next(name for name in sorted(available_timezones()) if _always(name, offset))


def _always(name: str, offset: timedelta) -> bool:
    zone = ZoneInfo(name)
    return all(datetime(2024, month, 1, tzinfo=zone).utcoffset() == offset for month in (1, 7))


def verdict(row: Row, found: TimeConstraint, reference: datetime) -> Verdict:
    """`reference`: now at the row's place, naive."""
    if row["kind"] == "none":
        return Verdict(RIGHT if found.empty else FALSE_FIND)
    if _is_right(row, found, reference):
        return Verdict(RIGHT)
    if any(_is_right(row, only(found, option), reference) for each in found.open for option in each.options):
        return Verdict(ASKED)
    return Verdict(NOTHING if found.empty else ASKED if found.open and not found.wishes else WRONG)


def only(found: TimeConstraint, option: Wish) -> TimeConstraint:
    """As if the customer had tapped this option."""
    return TimeConstraint(wishes=(option,), exclude=found.exclude, order=found.order)


def wall(stamp: str) -> datetime:
    """Appointments have no seconds."""
    return datetime.fromisoformat(stamp).replace(tzinfo=None, second=0, microsecond=0)


def _is_right(row: Row, found: TimeConstraint, reference: datetime) -> bool:
    expected, kind = row["expected"], row["kind"]
    if kind == "duration":
        return bool(found.duration_seconds == expected["seconds"]) and not (found.wishes or found.open)
    if kind == "recurring":
        return _timex(expected["timex"]) in _timexes(found)
    if found.order == "soonest" and not found.wishes:
        return kind in ("open-interval", "instant") and bound(expected, "start") == reference
    wishes = (found.told_past,) if found.told_past and not found.wishes else found.wishes
    if kind == "set":
        wanted = [row["expected_all"], *row.get("expected_any", [])]
        return any(_same_set(wishes, found.exclude, items, reference) for items in wanted)
    if _same_as_any_reading(wishes, found.exclude, expected, kind, reference):
        return True
    return kind == "interval" and _same_from_its_start(wishes, found.duration_seconds, expected, reference)


def _same_from_its_start(
    wishes: tuple[Wish, ...], seconds: int | None, expected: Row, reference: datetime
) -> bool:
    """ "At 4 for half an hour": the start is wished for, and how long it takes is told beside it."""
    if not seconds or len(wishes) != 1:
        return False
    ((start, _), *others) = stretches(wishes, (), reference)
    if start is None or others:
        return False
    wanted = _expected(expected)
    if expected.get("time_only") and not wishes[0].has_day and wanted[0]:
        start = datetime.combine(wanted[0].date(), start.time())
    return (start, start + timedelta(seconds=seconds)) == wanted


def _same_as_any_reading(
    wishes: tuple[Wish, ...], exclude: tuple[Wish, ...], expected: Row, kind: str, reference: datetime
) -> bool:
    readings = [expected, *({**expected, **other} for other in expected.get("alts", []))]
    got = stretches(wishes, exclude, reference)
    return any(_same(got, wishes, each, kind, reference) for each in readings)


def _same(
    got: list[Stretch], wishes: tuple[Wish, ...], expected: Row, kind: str, reference: datetime
) -> bool:
    if not got or len(wishes) != 1:
        return False
    wanted = _expected(expected, is_open=kind == "open-interval")
    if expected.get("time_only") and not wishes[0].has_day:
        return _same_clock(wishes[0], wanted, kind, reference, named="daypart" in expected)
    if kind == "open-interval":
        return len(got) == 1 and _same_bound(got[0], wanted, reference)
    if wishes[0].daypart and not wishes[0].exact and kind == "interval":
        return len(got) == 1 and _same_daypart(got[0], wanted, named="daypart" in expected)
    return got == joined([wanted], reference)


def _same_set(wishes: tuple[Wish, ...], exclude: tuple[Wish, ...], items: list[Row], at: datetime) -> bool:
    """As one area of time, or each alternative by itself (which knows the alternatives' own `alts`)."""
    got, wanted = stretches(wishes, exclude, at), joined([_expected(item) for item in items], at)
    if got == wanted:
        return True
    if len(wishes) != len(items) or len(items) > _MOST_ALTERNATIVES:
        return False
    kinds = [_kind(item) for item in items]
    return any(
        all(
            _same_as_any_reading((wish,), exclude, item, kind, at)
            for wish, item, kind in zip(order, items, kinds, strict=True)
        )
        for order in permutations(wishes)
    )


def _kind(item: Row) -> str:
    if not item.get("start"):
        return "open-interval"
    return "interval" if item.get("end") else "instant"


def _same_clock(wish: Wish, wanted: Stretch, kind: str, reference: datetime, *, named: bool) -> bool:
    """Rows about a time of day carry the reference's date, which nobody said."""
    start, end = (moment.time() if moment else None for moment in wanted)
    if kind == "instant":
        return (wish.exact or wish.near is not None) and (wish.near or wish.time_from) == start
    if wish.daypart and not wish.exact and wish.time_from and start and end:
        day = reference.date()
        ours, theirs = datetime.combine(day, wish.time_from), datetime.combine(day, start)
        return _same_daypart((ours, until(ours, wish.time_to)), (theirs, until(theirs, end)), named=named)
    if kind == "interval":
        return (wish.time_from or MIDNIGHT, wish.time_to or MIDNIGHT) == (start, end)
    return (wish.time_from, wish.time_to) == (start, end)


def _same_bound(got: Stretch, wanted: Stretch, reference: datetime) -> bool:
    """ "Before 3 on Friday" may begin with that Friday, "from 4 on Friday" end with it."""
    (start, end), (first, last) = got, wanted
    if last is None:
        same_day = start is not None and end is not None and end - start <= DAY and end.time() == MIDNIGHT
        return start == first and (end is None or same_day)
    from_day = start is not None and start in (datetime.combine((last - MINUTE).date(), MIDNIGHT), reference)
    return end == last and (start is None or from_day)


def _same_daypart(got: Stretch, wanted: Stretch, *, named: bool) -> bool:
    (start, end), (first, last) = got, wanted
    if start is None or end is None or first is None or last is None or start.date() != first.date():
        return False
    shared, whole = min(end, last) - max(start, first), max(end, last) - min(start, first)
    return shared > timedelta() and (named or shared / whole >= 0.5)


def _expected(item: Row, *, is_open: bool = False) -> Stretch:
    start, end = bound(item, "start"), bound(item, "end")
    if end is None and start is not None and not is_open:
        return start, start + (DAY if item.get("grain") == "day" else MINUTE)
    return start, end


def bound(item: Row, name: str) -> datetime | None:
    """`start` or `end` of what is expected; an end in the last second of a day is the end of that day."""
    if not item.get(name):
        return None
    stamp = str(item[name])
    return wall(stamp) + (MINUTE if name == "end" and "T23:59:59" in stamp else timedelta())


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
        named = {"XXXX-WXX-" + "".join(str(day + 1) for day in again.weekdays) + at}
        names = named | (names if again.every > 1 else set())
    elif at and again.unit == "day" and again.every == 1:
        names = {at}
    elif again.unit == "year":
        names |= {f"XXXX-{w.date_from:%m-%d}" for w in found.wishes if w.date_from}
    if again.unit == "fortnight":
        names.add("P2W")
    return names
