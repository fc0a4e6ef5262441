"""Lines of dialogues are labelled by fields (date, time, part, from, to): are those of them right that are expected?

Looser than stretches of time, because the labels are: they say which day and clock were named, not whether "after" or
"by" stood before it. So a bound counts for its day or clock, and what is not labelled is not looked at. Each field has
to be right, the day and the clock in the same wish; the ends of a stay may be two wishes. A day that is ruled out was
named as well. What is over may be told as such; where nobody said the year, it may also have rolled on to the next,
which is the product's rule. A date that the label calls ambiguous must not be decided on.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from actions.when import TimeConstraint, Wish
from benchmarks.time_scoring import ASKED, NOTHING, RIGHT, WRONG, Row, Verdict, only

_DAY = timedelta(days=1)
_UNDECIDED = "ambiguous"
_PARTS = {
    "morning": (time(5), time(12)),
    "afternoon": (time(12), time(18)),
    "evening": (time(17), time(23)),
    "night": (time(17), time(23, 59)),
}


def verdict_on_fields(row: Row, found: TimeConstraint) -> Verdict:
    if _is_right(row, found):
        return Verdict(RIGHT)
    if any(_is_right(row, only(found, option)) for each in found.open for option in each.options):
        return Verdict(ASKED)
    silent = found.empty and not found.told_past
    return Verdict(NOTHING if silent else ASKED if found.open and not found.wishes else WRONG)


def _is_right(row: Row, found: TimeConstraint) -> bool:
    wishes = list(found.wishes)
    if found.told_past and (row.get("past") or not wishes):
        wishes.append(found.told_past)
    if found.source:
        wishes.append(found.source)
    wishes = wishes or list(found.exclude)
    if _UNDECIDED in row["expect"].values():
        return not any(wish.has_day for wish in found.wishes)
    if not wishes:
        return False
    if row.get("past"):
        wishes += [_a_year_before(wish) for wish in wishes if wish.rolls]
    expected = row["expect"]
    ends = {"date_from": wishes[0], "date_to": wishes[-1]}
    return any(
        all(_holds(name, value, ends.get(name, wish), wish) for name, value in expected.items())
        for wish in wishes
    )


def _holds(name: str, value: str, end: Wish, wish: Wish) -> bool:
    """A label that is no date and no clock ("soon") cannot be met."""
    try:
        if name.startswith("date"):
            wanted = date.fromisoformat(value)
            return any(wanted in _days(each, name) for each in (wish, end))
        return _is_part(wish, value) if name == "part" else time.fromisoformat(value) in _clocks(wish, name)
    except ValueError:
        return False


def _days(wish: Wish, name: str) -> set[date]:
    """The last day of a stay is itself included; "until Friday" may end before it."""
    first, last = wish.date_from, wish.date_to and wish.date_to - _DAY
    if name == "date_from":
        return {day for day in (first, last if first is None else None) if day}
    if name == "date_to":
        return {day for day in (last, wish.date_to, first if last is None else None) if day}
    bounded = first is None or wish.date_to is None
    return {
        day for day in ((first, last, wish.date_to) if bounded else (first,) if first == last else ()) if day
    }


def _clocks(wish: Wish, name: str) -> set[time]:
    if wish.near:
        return {wish.near}
    if wish.exact or name == "time_from":
        return {wish.time_from} if wish.time_from else set()
    if name == "time_to":
        return {clock for clock in (wish.time_to, wish.time_from if wish.time_to is None else None) if clock}
    bounded = (wish.time_from is None) != (wish.time_to is None) and not wish.daypart
    return {clock for clock in (wish.time_from, wish.time_to) if clock} if bounded else set()


def _is_part(wish: Wish, part: str) -> bool:
    if part not in _PARTS or wish.time_from is None:
        return False
    start, end = _PARTS[part]
    return start <= wish.time_from < end and (wish.daypart is not None or wish.exact)


def _a_year_before(wish: Wish) -> Wish:
    return replace(wish, date_from=_earlier(wish.date_from), date_to=_earlier(wish.date_to))


def _earlier(day: date | None) -> date | None:
    if day is None:
        return None
    stamp = f"{day.year - 1}{day:-%m-%d}"
    try:
        return datetime.fromisoformat(stamp).date()
    except ValueError:
        return day - 366 * _DAY
