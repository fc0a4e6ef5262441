"""What the customer has booked, each with a way to move or cancel it."""

from __future__ import annotations

from actions import offers, repeats
from actions.book_appointment import booking
from actions.core_types import Appointment, Desk, Waiting
from actions.draft import Draft, Option
from actions.outcome import Outcome
from actions.turn_types import Heard, Line
from actions.understand import Facts, merged
from actions.waiting import entry_line


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    kept = [each for each in desk.waiting if _still_makes_sense(each, desk)]
    if not desk.appointments and not kept:
        if facts.named.services and draft.goal is None:
            wish, lines_of_wish = merged(booking(draft, facts), facts, desk)
            return Outcome(wish, (Line("utter_no_appointments"), *lines_of_wish))
        return Outcome(draft, (Line("utter_no_appointments"),), "again", offers.first_steps(desk))
    lines = [Line("utter_your_appointments" if desk.appointments else "utter_no_appointments")]
    lines += _visits(desk)
    lines += [entry_line(each, desk) for each in kept]
    return Outcome(draft, tuple(lines), "again", _next_steps(desk, waits=bool(kept)))


def _visits(desk: Desk) -> list[Line]:
    """One line a visit; those of a series share theirs, where the first of them would be."""
    together: dict[tuple[str, int], list[Appointment]] = {}
    for visit in desk.appointments:
        key = ("series", visit.series_id) if visit.series_id else ("visit", visit.id)
        together.setdefault(key, []).append(visit)
    return [
        repeats.series_line(visits, desk)
        if len(visits) > 1
        else Line("utter_appointment_line", offers.visit_facts(visits[0], desk))
        for visits in together.values()
    ]


def _still_makes_sense(entry: Waiting, desk: Desk) -> bool:
    """Who waited for something earlier than a visit no longer does when that visit has gone."""
    return entry.earlier_appointment_id is None or desk.appointment(entry.earlier_appointment_id) is not None


def _next_steps(desk: Desk, *, waits: bool) -> tuple[Option, ...]:
    of_visits = (
        offers.intent_option("utter_button_move", "reschedule_appointment", desk),
        offers.intent_option("utter_button_cancel", "cancel_appointment", desk),
        offers.intent_option("utter_button_book_another", "book_appointment", desk),
    )
    leave = offers.intent_option("utter_button_leave_waitlist", "leave_waitlist", desk)
    steps = of_visits if desk.appointments else offers.first_steps(desk)[:1]
    return (*steps, leave) if waits else steps
