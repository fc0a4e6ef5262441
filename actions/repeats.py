"""Visits that recur: "every other Tuesday at 9, six times". The first is arranged like any visit, the rest follow.

What the core would make of the rule is asked for before the summary, and only that is booked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from actions import offers, speech
from actions.core_series import Planned
from actions.core_types import Appointment, Desk, Slot
from actions.draft import Change, Draft, Option, Repeats
from actions.moments import short_moment
from actions.people import called
from actions.turn_types import Line, Speak
from actions.when import TimeConstraint
from actions.wishes import zone_of
from actions.words import words


@dataclass(frozen=True)
class PlanSeries:
    """See what would become of visits that recur from this draft's slot on; `lines` are said in any case."""

    draft: Draft
    lines: tuple[Line, ...]


_A_WEEK = timedelta(days=7)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}
_COUNTS_OFFERED = (4, 8, 12)
_MOST_DATES = 12
_REASONS = {
    "slot_taken": "utter_clash_taken",
    "taken": "utter_clash_taken",
    "too_far": "utter_clash_too_far",
    "closed_day": "utter_clash_closed",
    "outside_hours": "utter_clash_closed",
}


def times_said(text: str, said: TimeConstraint, draft: Draft, language: str) -> int | None:
    """How many visits, where a number can mean that: "six sessions", "8" as an answer; 1 for "just once"."""
    asked = is_asked(draft)
    if draft.repeats and speech.says("just_once", text, language):
        return 1
    if not (asked or draft.repeats or said.recurrence or _one_weekday(said)):
        return None
    word = speech.said("how_many", text, language)
    if word is None and asked:
        word = text.strip(" .!")
    return speech.number(word, language) if word else None


def is_asked(draft: Draft) -> bool:
    """Whether "six" now says how often, and no hour."""
    return draft.question is not None and draft.question.kind == "how_often"


def heard(draft: Draft, times: int | None, said: TimeConstraint | None) -> Draft:
    """The draft with what one message says of recurring."""
    known = draft.repeats
    if draft.goal != "book" or times == 1:
        return draft.but(repeats=None)
    if said and said.recurrence:
        rule = said.recurrence
        known = (known or Repeats(unit=rule.unit)).but(
            unit=rule.unit, every=rule.every, weekdays=rule.weekdays
        )
    elif known is None and times and said:
        known = Repeats(unit="week", weekdays=said.wishes[0].weekdays)
    if known is None:
        return draft
    if times:
        known = known.but(count=times, until=None, days=None)
    elif said:
        known = _ended_by(said, known)
    return draft.but(repeats=known)


def rule_of(repeats: Repeats, slot: Slot, zone: str) -> str:
    """As RFC 5545 writes it; a first visit on another day than was said takes the rule along."""
    first = slot.start.astimezone(ZoneInfo(zone)).date()
    parts = [f"FREQ={_FREQUENCIES[repeats.unit]}", f"INTERVAL={repeats.every}"]
    if repeats.unit == "week" and first.weekday() in repeats.weekdays:
        parts.append("BYDAY=" + ",".join(_DAYS[day] for day in repeats.weekdays))
    if repeats.count:
        return ";".join([*parts, f"COUNT={repeats.count}"])
    last = repeats.until or first + timedelta(days=(repeats.days or 1) - 1)
    return ";".join([*parts, f"UNTIL={max(last, first):%Y%m%d}"])


def towards_series(
    draft: Draft, slot: Slot, planned: Planned | None, desk: Desk, lines: tuple[Line, ...]
) -> PlanSeries | Speak:
    """How often is asked if it was not said; then the core is, and then the customer."""
    if draft.repeats and not draft.repeats.has_end:
        return _ask_how_often(draft, slot, desk, lines)
    return PlanSeries(draft, lines) if planned is None else _summed_up(draft, slot, planned, desk, lines)


def _ask_how_often(draft: Draft, slot: Slot, desk: Desk, lines: tuple[Line, ...]) -> Speak:
    options = tuple(
        Option(kind="times", label=words("utter_button_visits", desk.language, count=n), value=n)
        for n in _COUNTS_OFFERED
    )
    asking = Line("utter_ask_how_often", offers.slot_facts(slot, draft, desk))
    return Speak(draft, (*lines, asking), "how_often", options)


def _summed_up(draft: Draft, slot: Slot, planned: Planned, desk: Desk, lines: tuple[Line, ...]) -> Speak:
    assert draft.repeats is not None
    facts = {**offers.slot_facts(slot, draft, desk), **_dates(planned.booked, desk)}
    asks = "utter_series_ask_first" if offers.asks_first(draft, desk) else "utter_series_ask"
    said = (Line("utter_series_summary", facts), *_clashes(planned, draft, desk), Line(asks, facts))
    agreed = draft.repeats.but(planned=tuple(each.start for each in planned.booked))
    return Speak(draft.but(repeats=agreed), (*lines, *said), "confirm", offers.yes_or_change(draft, desk))


def booked(planned: Planned, draft: Draft, desk: Desk) -> Speak:
    first = planned.booked[0]
    facts = {**offers.visit_facts(first, desk), **_dates(planned.booked, desk)}
    key = "utter_series_requested" if first.is_request else "utter_series_booked"
    lines = (Line(key, facts), *_clashes(planned, draft, desk))
    after, options = Draft(appointment_id=first.id), (offers.my_visits(desk),)
    if first.undo_until is None:
        return Speak(after, lines, "next", options)
    done = Change(
        goal="book",
        appointment_id=first.id,
        version=first.version,
        until=first.undo_until,
        series_id=first.series_id,
    )
    return Speak(after.but(done=done), lines, "next", (offers.undo(desk), *options))


def undone(visits: list[Appointment], desk: Desk) -> Line:
    return Line("utter_series_undone", {**offers.visit_facts(visits[0], desk), **_dates(visits, desk)})


def series_line(visits: list[Appointment], desk: Desk) -> Line:
    """Those of one series that are still to come, as one line."""
    return Line("utter_series_line", {**offers.visit_facts(visits[0], desk), **_dates(visits, desk)})


def _one_weekday(said: TimeConstraint) -> bool:
    return len(said.wishes) == 1 and len(said.wishes[0].weekdays) == 1


def _ended_by(said: TimeConstraint, known: Repeats) -> Repeats:
    """ "Until Christmas", "in January", "for three months"."""
    if said.duration_seconds and said.duration_seconds >= _A_WEEK.total_seconds():
        return known.but(days=round(said.duration_seconds / 86400), count=None, until=None)
    ends = [each for each in said.wishes if each.date_to]
    if not ends or ends[-1].date_to is None:
        return known
    begins, last = ends[-1].date_from, ends[-1].date_to - timedelta(days=1)
    if begins and last - begins <= _A_WEEK:
        return known
    return known.but(until=last, count=None, days=None)


def _dates(visits: list[Appointment], desk: Desk) -> dict[str, Any]:
    """How many, the first, the last, and each of them; whom they are with only where that differs."""
    differ = len({each.staff_id for each in visits}) > 1
    said = [
        _short(each.start, each.zone, desk) + (f" · {called(each.staff_name, desk.staff)}" if differ else "")
        for each in visits
    ]
    listed = said if len(said) <= _MOST_DATES else [*said[: _MOST_DATES - 1], "…", said[-1]]
    return {"count": len(visits), "first": said[0], "last": said[-1], "dates": "\n".join(listed)}


def _clashes(planned: Planned, draft: Draft, desk: Desk) -> tuple[Line, ...]:
    """What of the rule cannot be as said: first what is taken at another time that day, then what is left out."""
    zone = zone_of(draft, desk)
    moved = [
        Line("utter_series_moved", {"was": _wall(each.wall_start, desk), "to": _short(each.to, zone, desk)})
        for each in planned.moved
    ]
    by_reason: dict[str, list[str]] = {}
    for clash in planned.skipped:
        by_reason.setdefault(_REASONS.get(clash.code, "utter_clash_other"), []).append(clash.wall_start)
    left_out = [_left_out(reason, starts, desk) for reason, starts in by_reason.items()]
    return (*moved, *left_out)


def _left_out(reason: str, starts: Iterable[str], desk: Desk) -> Line:
    said = ", ".join(_wall(each, desk) for each in starts)
    return Line("utter_series_left_out", {"dates": said, "reason": words(reason, desk.language)})


def _wall(start: str, desk: Desk) -> str:
    return short_moment(datetime.fromisoformat(start).replace(tzinfo=ZoneInfo("UTC")), offers.locale_of(desk))


def _short(start: datetime, zone: str, desk: Desk) -> str:
    return short_moment(start.astimezone(ZoneInfo(zone)), offers.locale_of(desk))
