"""Cancelling a visit: find which one, state the policy, and only a yes cancels it."""

from __future__ import annotations

from actions import list_appointments, speech
from actions.core_types import Desk
from actions.decide import about
from actions.draft import Draft
from actions.outcome import Outcome
from actions.turn_types import Heard, Line
from actions.understand import Facts
from actions.visits import day_said, meant


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    """In the middle of a booking with nothing booked yet, "cancel" drops what is being arranged."""
    if draft.goal == "book" and not desk.appointments:
        return Outcome(Draft(), (Line("utter_dropped"),), "say")
    if desk.waiting and not desk.appointments:
        return list_appointments.apply(Draft(), facts, heard, desk)
    fitting = meant(draft, facts, day_said(facts), heard, desk)
    draft = Draft(goal="cancel")
    if len(fitting) > 1 and speech.says("all_of_them", heard.text, desk.language):
        return Outcome(draft.but(several=tuple(each.id for each in fitting)))
    return Outcome(about(draft, fitting[0]) if len(fitting) == 1 else draft)
