"""What the customer has booked, each with a way to move or cancel it."""

from __future__ import annotations

from actions import offers
from actions.core_types import Desk
from actions.draft import Draft, Option
from actions.outcome import Outcome
from actions.turn_types import Heard, Line
from actions.understand import Facts


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    if not desk.appointments:
        return Outcome(draft, (Line("utter_no_appointments"),), "again", offers.first_steps())
    lines = [Line("utter_your_appointments")]
    lines += [Line("utter_appointment_line", offers.visit_facts(each, desk)) for each in desk.appointments]
    options = (
        Option(kind="intent", label="Move", value="reschedule_appointment"),
        Option(kind="intent", label="Cancel", value="cancel_appointment"),
        Option(kind="intent", label="Book another", value="book_appointment"),
    )
    return Outcome(draft, tuple(lines), "again", options)
