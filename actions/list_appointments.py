"""What the customer has booked, each with a way to move or cancel it."""

from __future__ import annotations

from actions import offers
from actions.core_types import Desk
from actions.draft import Draft
from actions.outcome import Outcome
from actions.turn_types import Heard, Line
from actions.understand import Facts


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    if not desk.appointments:
        return Outcome(draft, (Line("utter_no_appointments"),), "again", offers.first_steps(desk))
    lines = [Line("utter_your_appointments")]
    lines += [Line("utter_appointment_line", offers.visit_facts(each, desk)) for each in desk.appointments]
    options = (
        offers.intent_option("utter_button_move", "reschedule_appointment", desk),
        offers.intent_option("utter_button_cancel", "cancel_appointment", desk),
        offers.intent_option("utter_button_book_another", "book_appointment", desk),
    )
    return Outcome(draft, tuple(lines), "again", options)
