"""Pure: draft + what the core answered → the next thing to ask the core, or to say.

`decide` is called again after each answer of the core until it speaks. It offers rather than interrogates: as soon as a
service is known three concrete times are on the table, and one exact wish that is free goes straight to the summary.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

from actions import (
    cancel_many,
    companions,
    not_with,
    offers,
    policies,
    reasons,
    repeats,
    services,
    the_usual,
    waiting,
)
from actions.core_series import Planned
from actions.core_types import Appointment, Closed, Desk, Found, Slot
from actions.draft import WAITS, Draft, Option
from actions.query import pins_one_start, query_for
from actions.repeats import PlanSeries
from actions.still_there import without_what_is_gone
from actions.summary import opening, summary
from actions.turn_types import Line, Query, Speak
from actions.wishes import exactly_at, settled, wanted, without_the_day

_MOST_REMEMBERED = 100
_WHICH = {
    "move": "utter_which_to_move",
    "cancel": "utter_which_to_cancel",
    "earlier": "utter_which_to_have_earlier",
}


@dataclass(frozen=True)
class Known:
    """What this turn has learnt from the core so far: `found` answers `asked`; `refused` is the newest no."""

    asked: Query | None = None
    found: Found | None = None
    held: bool = False
    planned: Planned | None = None
    refused: Closed | None = None
    lines: tuple[Line, ...] = field(default=())

    def but(self, **changes: object) -> Known:
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Search:
    query: Query


@dataclass(frozen=True)
class KeepSlot:
    """Hold this draft's slot while the customer decides; `lines` are said in any case."""

    draft: Draft
    slot: Slot
    lines: tuple[Line, ...]


Next = Search | KeepSlot | PlanSeries | Speak


def decide(draft: Draft, desk: Desk, known: Known) -> Next:
    if known.refused is not None:
        return _turned_down(draft, desk, known, known.refused)
    if draft.goal == "cancel" and draft.several:
        return cancel_many.ask(draft, desk, known.lines)
    if draft.goal in ("move", "cancel", "earlier") and not desk.appointment(draft.appointment_id):
        return _which_appointment(draft, desk, known)
    if draft.goal == "cancel":
        return _confirm_cancel(draft, desk, known)
    if draft.goal is None:
        return Speak(draft, (*known.lines, Line("utter_how_can_i_help")), None, offers.first_steps(desk))
    draft, gone = without_what_is_gone(draft, desk)
    known = known.but(lines=(*known.lines, *gone), held=known.held and draft.slot is not None)
    visit = desk.appointment(draft.appointment_id)
    if draft.goal == "move" and visit and visit.reschedules_left == 0:
        return _ended(Closed(code="reschedule_limit"), draft, desk, known)
    if draft.goal == "move" and draft.service_id is None:
        return _ended(Closed(code="cannot_be_moved"), draft, desk, known)
    if draft.service_id is None or draft.either:
        return _which_service(draft, desk, known)
    draft, nobody_else = not_with.somebody_is_left(draft, desk)
    known = known.but(lines=(*known.lines, *nobody_else))
    if draft.goal in WAITS:
        return _what_is_unclear(draft, desk, known) or waiting.ask_to_join(draft, desk, known.lines)
    if asking := companions.ask_what_is_open(draft, desk, known.lines):
        return asking
    if draft.slot is not None:
        return _towards_confirmation(draft, draft.slot, desk, known)
    return _towards_a_slot(draft, desk, known)


def _which_appointment(draft: Draft, desk: Desk, known: Known) -> Next:
    if not desk.appointments:
        lines = (*known.lines, Line("utter_no_appointments"))
        return Speak(Draft(), lines, None, offers.first_steps(desk))
    if len(desk.appointments) == 1:
        return decide(about(draft, desk.appointments[0]), desk, known)
    key = _WHICH[draft.goal or "move"]
    options = tuple(offers.appointment_option(each, desk) for each in desk.appointments)
    if draft.goal == "cancel":
        options = (*options, cancel_many.all_of_them(desk))
    return Speak(draft, (*known.lines, Line(key)), "which_appointment", options)


def about(draft: Draft, visit: Appointment) -> Draft:
    """The draft, now about this visit: it keeps its service, person and place unless the customer said otherwise."""
    return draft.but(
        appointment_id=visit.id,
        **services.of_visit(visit),
        staff_id=draft.staff_id or visit.staff_id,
        location_id=draft.location_id or visit.location_id,
        attendee=visit.attendee,
    )


def _confirm_cancel(draft: Draft, desk: Desk, known: Known) -> Speak:
    visit = desk.appointment(draft.appointment_id)
    assert visit is not None
    asking = Line("utter_confirm_cancel", offers.visit_facts(visit, desk))
    lines = (*known.lines, policies.of_cancelling(visit, desk), asking)
    return Speak(draft, lines, "confirm", offers.keep_or_cancel(desk))


def _which_service(draft: Draft, desk: Desk, known: Known) -> Next:
    if draft.either:
        options = offers.services_meant(draft, desk)
        return Speak(draft, (*known.lines, Line("utter_which_reading")), "service", options)
    if supposed := the_usual.put_forward(draft, desk):
        return decide(supposed[0], desk, known.but(lines=(*known.lines, *supposed[1])))
    options = offers.service_options(desk)
    return Speak(draft, (*known.lines, reasons.what_for(draft, desk)), "service", options)


def _towards_a_slot(draft: Draft, desk: Desk, known: Known) -> Next:
    if unclear := _what_is_unclear(draft, desk, known):
        return unclear
    found, constraint = known.found, wanted(draft)
    if found is None:
        return Search(query_for(draft, desk))
    if constraint and constraint.elsewhere and not draft.shown:
        known = known.but(lines=(*known.lines, reasons.our_clock(draft, desk)))
    return _offer(draft, desk, known, found)


def _what_is_unclear(draft: Draft, desk: Desk, known: Known) -> Next | None:
    """What has to be asked before anything is looked for: who is meant, and which time."""
    meant = offers.people_meant(draft, desk)
    if len(meant) > 1:
        return Speak(draft, (*known.lines, Line("utter_which_person")), "person", meant)
    constraint = wanted(draft)
    if constraint and constraint.refused and not constraint.skipped:
        line = reasons.no_such_day(constraint, draft, desk)
        return decide(without_the_day(draft), desk, known.but(lines=(*known.lines, line)))
    if constraint and constraint.open and constraint.open[0].reason != "fold":
        options = offers.reading_options(constraint.open[0], draft, desk)
        key = "utter_date_or_weekday" if constraint.open[0].reason == "mismatch" else "utter_which_reading"
        return Speak(draft, (*known.lines, Line(key)), "reading", options)
    return None


def _offer(draft: Draft, desk: Desk, known: Known, found: Found) -> Next:
    wished = query_for(draft, desk)
    if found.slots and not draft.shown:
        known = known.but(lines=(*known.lines, *reasons.earlier_wishes_gone(draft, desk, found)))
        if pins_one_start(wished.wishes, found.wish):
            return decide(draft.but(slot=found.slots[0]), desk, known)
    if found.slots:
        return _offer_slots(draft, desk, known, opening(draft, desk), found.slots)
    if found.closed and reasons.ends_it(found.closed):
        return _ended(found.closed, draft, desk, known)
    if found.closed and found.closed.code == reasons.AMBIGUOUS_TIME:
        return _which_of_two(draft, desk, known, found)
    if draft.shown:
        reason: tuple[Line, ...] = (Line("utter_no_more_times"),)
    elif found.closed and (wished.wishes or wished.wall):
        reason = (reasons.why_closed(draft, desk, found.closed),)
    elif known.asked and not known.asked.wishes:
        return Search(replace(known.asked, wishes=((desk.now, desk.now + _horizon(desk)),)))
    else:
        reason = ()
    may_wait = bool(draft.shown) or waiting.could_open_up(found.closed)
    return _offer_near(settled(draft), desk, known, reason, found.alternatives, may_wait=may_wait)


def _horizon(desk: Desk) -> timedelta:
    """Asked about as a whole when the soonest time was wished for and there is none: the core then says why."""
    return timedelta(days=desk.business.policy.horizon_days)


def _which_of_two(draft: Draft, desk: Desk, known: Known, found: Found) -> Next:
    """A wall time that comes twice: the customer says which, unless neither can be had."""
    if not found.alternatives:
        return Search(query_for(settled(draft), desk))
    opening = reasons.which_of_two(found.alternatives, draft, desk)
    return _offer_slots(draft, desk, known, opening, found.alternatives)


def _offer_near(
    draft: Draft, desk: Desk, known: Known, reason: tuple[Line, ...], slots: list[Slot], *, may_wait: bool
) -> Speak:
    known = known.but(lines=(*known.lines, *reasons.no_again(draft, desk), *reason))
    to_wait = waiting.button(draft, desk) if may_wait else ()
    if slots:
        by_date = sorted(slots, key=lambda each: each.start)
        return _offer_slots(draft, desk, known, Line("utter_nearest"), by_date, to_wait)
    key = "utter_nothing_free" if offers.can_be_widened(draft) else "utter_nothing_at_all"
    lines = (*known.lines, Line(key, offers.wish_facts(draft, desk)))
    return Speak(draft.but(shown=()), lines, "time", (*to_wait, *offers.no_times_left(draft, desk)))


def _offer_slots(
    draft: Draft, desk: Desk, known: Known, opening: Line, slots: list[Slot], beside: tuple[Option, ...] = ()
) -> Speak:
    options = (*(offers.slot_option(each, draft, desk) for each in slots), offers.more(desk), *beside)
    options += the_usual.instead(draft, desk)
    shown = (*draft.shown, *(each.start.isoformat() for each in slots))
    return Speak(draft.but(shown=shown[-_MOST_REMEMBERED:]), (*known.lines, opening), "slot", options)


def _turned_down(draft: Draft, desk: Desk, known: Known, no: Closed) -> Next:
    """The core said no to what seemed possible when it was offered or said."""
    arranging, slot = draft.goal in ("book", "move"), draft.slot
    if arranging and slot and reasons.about_the_time(no):
        return _another_time(draft, slot, desk, known, no)
    known = known.but(refused=None)
    if draft.repeats and no.code == "series_clash" and known.planned is None:
        return decide(draft, desk, known.but(held=True, lines=(*known.lines, Line("utter_series_changed"))))
    if arranging and no.code == "not_offered":
        lines = (*known.lines, reasons.person_cannot(draft, desk))
        return decide(draft.without_slot().but(staff_id=None), desk, known.but(lines=lines))
    if draft.goal == "book" and reasons.needs_another_service(no):
        lines = (*known.lines, reasons.another_service(no, draft, desk))
        fresh = the_usual.turned_down(draft).but(service_id=None, also=(), staff_id=None, location_id=None)
        return _which_service(fresh, desk, known.but(lines=lines))
    return _ended(no, draft, desk, known)


def _another_time(draft: Draft, slot: Slot, desk: Desk, known: Known, no: Closed) -> Next:
    """Why that time is not to be had any more, and what is near: the core may have said so, else it is asked."""
    when = exactly_at(slot.start, draft, desk).to_json()
    wish = draft.without_slot().but(when=when, shown=(slot.start.isoformat(),))
    near = [] if draft.party else no.alternatives
    if not near and known.found is None:
        return Search(query_for(wish, desk))
    if not near and known.found:
        near = known.found.slots or known.found.alternatives
    if no.code == "slot_taken":
        reason = Line("utter_just_taken", offers.slot_facts(slot, draft, desk))
    else:
        reason = reasons.why_closed(wish, desk, no)
    may_wait = waiting.could_open_up(no)
    return _offer_near(wish, desk, known, (reason,), near, may_wait=may_wait)


def _ended(no: Closed, draft: Draft, desk: Desk, known: Known) -> Speak:
    lines = (*known.lines, *reasons.ending(no, draft, desk))
    return Speak(Draft(), lines, "next", offers.after_a_no(no, desk))


def cannot(draft: Draft, desk: Desk) -> Speak:
    """An honest end for whatever does not come to one."""
    return _ended(Closed(code="unsettled"), draft, desk, Known())


def _towards_confirmation(draft: Draft, slot: Slot, desk: Desk, known: Known) -> Next:
    if not known.held:
        return KeepSlot(draft, slot, known.lines)
    draft = draft.but(when=exactly_at(slot.start, draft, desk).to_json(), shown=())
    if desk.customer.name is None:
        facts = offers.slot_facts(slot, draft, desk)
        return Speak(draft, (*known.lines, Line("utter_ask_name", facts)), "name")
    if draft.repeats and slot.beside:
        known, draft = known.but(lines=(*known.lines, Line("utter_one_of_a_series"))), draft.but(repeats=None)
    if draft.repeats:
        return repeats.towards_series(draft, slot, known.planned, desk, known.lines)
    options = offers.yes_or_change(draft, desk)
    shown = draft.addons_shown or any(each.kind == "addon" for each in options)
    lines = (*known.lines, *summary(draft, slot, desk))
    return Speak(draft.but(addons_shown=shown), lines, "confirm", options)
