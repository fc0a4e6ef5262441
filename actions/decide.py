"""Pure: draft + what the core answered → the next thing to ask the core, or to say.

`decide` is called again after each answer of the core until it speaks. It offers rather than interrogates: as soon as a
service is known three concrete times are on the table, and one exact wish that is free goes straight to the summary.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from actions import offers
from actions.core_types import Appointment, Desk, Found, Slot
from actions.draft import Draft
from actions.turn_types import Line, Query, Speak
from actions.wishes import exactly_at, pins_one_start, query_for, wanted

_MOST_REMEMBERED = 100


@dataclass(frozen=True)
class Known:
    """What this turn has learnt from the core so far. `lost` = alternatives to a slot somebody else has just taken."""

    found: Found | None = None
    held: bool = False
    lost: tuple[Slot, ...] | None = None
    lines: tuple[Line, ...] = field(default=())

    def but(self, **changes: object) -> Known:
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Search:
    query: Query


@dataclass(frozen=True)
class KeepSlot:
    """Hold this draft's slot while the customer decides."""

    draft: Draft
    slot: Slot


Next = Search | KeepSlot | Speak


def decide(draft: Draft, desk: Desk, known: Known) -> Next:
    if draft.goal in ("move", "cancel") and not desk.appointment(draft.appointment_id):
        return _which_appointment(draft, desk, known)
    if draft.goal == "cancel":
        return _confirm_cancel(draft, desk, known)
    if draft.goal is None:
        return Speak(draft, (*known.lines, Line("utter_how_can_i_help")), None, offers.first_steps())
    if draft.service_id is None:
        return _which_service(draft, desk, known)
    if draft.slot is not None:
        return _towards_confirmation(draft, draft.slot, desk, known)
    return _towards_a_slot(draft, desk, known)


def _which_appointment(draft: Draft, desk: Desk, known: Known) -> Next:
    if not desk.appointments:
        lines = (*known.lines, Line("utter_no_appointments"))
        return Speak(Draft(), lines, None, offers.first_steps())
    if len(desk.appointments) == 1:
        return decide(about(draft, desk.appointments[0]), desk, known)
    key = "utter_which_to_move" if draft.goal == "move" else "utter_which_to_cancel"
    options = tuple(offers.appointment_option(each) for each in desk.appointments)
    return Speak(draft, (*known.lines, Line(key)), "which_appointment", options)


def about(draft: Draft, visit: Appointment) -> Draft:
    """The draft, now about this visit: it keeps its service, person and place unless the customer said otherwise."""
    return draft.but(
        appointment_id=visit.id,
        service_id=visit.service_id,
        staff_id=draft.staff_id or visit.staff_id,
        location_id=draft.location_id or visit.location_id,
    )


def _confirm_cancel(draft: Draft, desk: Desk, known: Known) -> Speak:
    visit = desk.appointment(draft.appointment_id)
    assert visit is not None
    facts = offers.visit_facts(visit, desk)
    late = (
        visit.free_cancel_until is not None
        and desk.now > visit.free_cancel_until
        and visit.late_fee_minor > 0
    )
    policy = Line("utter_cancel_fee" if late else "utter_cancel_free", facts)
    lines = (*known.lines, Line("utter_confirm_cancel", facts), policy)
    return Speak(draft, lines, "confirm", offers.keep_or_cancel())


def _which_service(draft: Draft, desk: Desk, known: Known) -> Speak:
    return Speak(draft, (*known.lines, Line("utter_ask_service")), "service", offers.service_options(desk))


def _towards_a_slot(draft: Draft, desk: Desk, known: Known) -> Next:
    constraint = wanted(draft)
    if constraint and constraint.refused:
        key = f"utter_time_{constraint.refused}"
        return decide(draft.but(when=None), desk, known.but(lines=(*known.lines, Line(key))))
    if constraint and constraint.open:
        reading = constraint.open[0]
        return Speak(
            draft,
            (*known.lines, Line("utter_which_reading")),
            "reading",
            offers.reading_options(reading, desk),
        )
    if known.found is None:
        return Search(query_for(draft, desk))
    return _offer(draft, desk, known, known.found)


def _offer(draft: Draft, desk: Desk, known: Known, found: Found) -> Next:
    query = query_for(draft, desk)
    if found.slots and pins_one_start(query.wishes) and not draft.shown:
        return decide(draft.but(slot=found.slots[0]), desk, known)
    if found.slots:
        return _offer_slots(draft, desk, known, _opening(draft, desk), found.slots)
    reason = Line("utter_no_more_times")
    if not draft.shown:
        reason = offers.why_closed(draft, desk, found.closed)
    if found.alternatives:
        return _offer_slots(draft, desk, known, reason, found.alternatives)
    lines = (*known.lines, reason, Line("utter_nothing_free"))
    return Speak(draft.but(shown=()), lines, "time", offers.no_times_left())


def _opening(draft: Draft, desk: Desk) -> Line:
    facts, visit = offers.wish_facts(draft, desk), desk.appointment(draft.appointment_id)
    if draft.goal == "move" and visit:
        return Line("utter_offer_move", {**facts, "was": offers.visit_facts(visit, desk)["moment"]})
    return Line("utter_offer", facts)


def _offer_slots(draft: Draft, desk: Desk, known: Known, opening: Line, slots: list[Slot]) -> Speak:
    options = (*(offers.slot_option(each, draft, desk) for each in slots), offers.more())
    shown = (*draft.shown, *(each.start.isoformat() for each in slots))
    return Speak(draft.but(shown=shown[-_MOST_REMEMBERED:]), (*known.lines, opening), "slot", options)


def _towards_confirmation(draft: Draft, slot: Slot, desk: Desk, known: Known) -> Next:
    if known.lost is not None:
        lost = Line("utter_just_taken", offers.slot_facts(slot, draft, desk))
        if known.lost:
            return _offer_slots(draft.without_slot(), desk, known, lost, list(known.lost))
        return decide(draft.without_slot().but(when=None), desk, Known(lines=(*known.lines, lost)))
    if not known.held:
        return KeepSlot(draft, slot)
    draft = draft.but(when=exactly_at(slot.start, draft, desk).to_json(), shown=())
    if desk.customer.name is None:
        facts = offers.slot_facts(slot, draft, desk)
        return Speak(draft, (*known.lines, Line("utter_ask_name", facts)), "name")
    return Speak(draft, (*known.lines, *_summary(draft, slot, desk)), "confirm", offers.yes_or_change(draft))


def _summary(draft: Draft, slot: Slot, desk: Desk) -> tuple[Line, ...]:
    facts = offers.slot_facts(slot, draft, desk)
    if draft.goal != "move":
        return (Line("utter_summary", facts),)
    visit = desk.appointment(draft.appointment_id)
    assert visit is not None
    return (Line("utter_move_summary", {**facts, "was": offers.visit_facts(visit, desk)["moment"]}),)
