"""The waitlist in words: what somebody waits for, said back before they join, and never as a booking.

A wish to wait is arranged in the draft like any other ("wait"; "earlier" for what would replace a visit there is), and
its times are the instants in which the visit may start.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from actions import offers
from actions.core_types import Appointment, Closed, Desk, Waiting
from actions.draft import Draft, Option
from actions.moments import moment, wish_said
from actions.turn_types import Line, Speak
from actions.when import TimeConstraint, Wish
from actions.wishes import Ranges, ranges_of, wanted, zone_of
from actions.words import words

_FULL = frozenset("taken slot_taken day_full resource_busy".split())


def could_open_up(closed: Closed | None) -> bool:
    """Whether others have what was wished for: they may give it back, which a closed day never is."""
    return closed is not None and closed.code in _FULL


def button(draft: Draft, desk: Desk) -> tuple[Option, ...]:
    """For a wish of which something could become free; a visit can only be replaced by an earlier one."""
    waits = waiting(draft)
    if waits is None or not ranges_waited(waits, desk):
        return ()
    return (offers.intent_option("utter_button_waitlist", "join_waitlist", desk),)


def waiting(draft: Draft) -> Draft | None:
    """What is being arranged, as a wish to wait for."""
    goals = {"book": "wait", "move": "earlier", "wait": "wait", "earlier": "earlier"}
    if draft.goal not in goals:
        return None
    return draft.without_slot().but(goal=goals[draft.goal])


def ask_to_join(draft: Draft, desk: Desk, lines: tuple[Line, ...]) -> Speak:
    """One question for what is missing, else the summary."""
    if draft.goal == "wait" and draft.when is None:
        any_time = Option(
            kind="reading",
            label=words("utter_button_any_time", desk.language),
            value=TimeConstraint(free="both").to_json(),
        )
        return Speak(draft, (*lines, Line("utter_wait_when", _facts(draft, desk))), "time", (any_time,))
    if not ranges_waited(draft, desk):
        facts = _facts(draft, desk)
        return Speak(draft.but(when=None), (*lines, Line("utter_wait_in_vain", facts)), "time")
    if desk.customer.name is None:
        return Speak(draft, (*lines, Line("utter_wait_name", _facts(draft, desk))), "name")
    key = "utter_wait_earlier_summary" if draft.goal == "earlier" else "utter_wait_summary"
    yes_or_no = (
        Option(kind="yes", label=words("utter_button_yes_wait", desk.language)),
        Option(kind="no", label=words("utter_button_leave", desk.language)),
    )
    return Speak(draft, (*lines, Line(key, _facts(draft, desk))), "confirm", yes_or_no)


def joined(draft: Draft, desk: Desk) -> Speak:
    key = "utter_waits_for_earlier" if draft.goal == "earlier" else "utter_waits"
    return Speak(Draft(), (Line(key, _facts(draft, desk)),), "next", (offers.my_visits(desk),))


def ranges_waited(draft: Draft, desk: Desk) -> Ranges:
    """When the visit may start; without a time said whenever it can be booked, but before the visit it replaces."""
    constraint, visit = wanted(draft), _replaced(draft, desk)
    if constraint and (constraint.wishes or constraint.exclude):
        ranges = ranges_of(constraint, draft, desk)
    else:
        ranges = ((desk.now, desk.now + timedelta(days=desk.business.policy.horizon_days)),)
    if visit is None:
        return ranges
    return tuple((begins, min(ends, visit.start)) for begins, ends in ranges if begins < visit.start)


def note_for_the_team(draft: Draft, desk: Desk) -> str | None:
    """What a place on the waitlist has no room for: further services, who comes, what they should know."""
    together = offers.wish_facts(draft, desk)["service"] if draft.also else None
    return "; ".join(each for each in (together, draft.attendee, draft.note) if each) or None


def entry_line(entry: Waiting, desk: Desk) -> Line:
    """One who waits, among the visits that are booked."""
    service, member = desk.service(entry.service_id), desk.staff_member(entry.staff_id)
    facts = {
        "service": service.name if service else words("utter_that_service", desk.language),
        "with_person": offers.with_person(member.name, desk) if member else "",
        "wish": _span(entry, desk),
    }
    return Line("utter_waiting_line", facts)


def entry_option(entry: Waiting, desk: Desk) -> Option:
    facts = entry_line(entry, desk).facts
    return Option(kind="waiting", label=f"{facts['service']} · {facts['wish']}", value=entry.id)


def _replaced(draft: Draft, desk: Desk) -> Appointment | None:
    return desk.appointment(draft.appointment_id) if draft.goal == "earlier" else None


def _facts(draft: Draft, desk: Desk) -> dict[str, Any]:
    visit = _replaced(draft, desk)
    stands = {"stands": offers.visit_facts(visit, desk)["moment"]} if visit else {}
    facts = {**offers.wish_facts(draft, desk), **stands}
    return {**facts, "name": desk.customer.name or "", "wish": _wish(draft, desk, **stands)}


def _wish(draft: Draft, desk: Desk, stands: str | None = None) -> str:
    constraint, language = wanted(draft), desk.language
    said = words("utter_any_time", language)
    if stands:
        said = words("utter_before_visit", language, moment=stands)
    if constraint is None:
        return said
    if constraint.wishes:
        said = _either(constraint.wishes, draft, desk)
    if not constraint.exclude:
        return said
    return words("utter_except", language, wish=said, excluded=_either(constraint.exclude, draft, desk))


def _either(wishes: tuple[Wish, ...], draft: Draft, desk: Desk) -> str:
    said = dict.fromkeys(offers.wish_in_words(each, draft, desk) for each in wishes)
    return f" {words('utter_or', desk.language)} ".join(said)


def _span(entry: Waiting, desk: Desk) -> str:
    """From the first to the last of its times."""
    zone = zone_of(Draft(location_id=entry.location_id), desk)
    first = entry.ranges[0].start.astimezone(ZoneInfo(zone))
    last = (entry.ranges[-1].end - timedelta(minutes=1)).astimezone(ZoneInfo(zone))
    locale = offers.locale_of(desk)
    if first == last:
        return moment(first, locale)
    days = Wish(date_from=first.date(), date_to=last.date() + timedelta(days=1))
    return wish_said(days, zone, locale)
