"""Cancelling a visit: find which one, state the policy, and only a yes cancels it."""

from __future__ import annotations

from actions import speech, when
from actions.core_types import Desk
from actions.decide import about
from actions.draft import Draft
from actions.outcome import Outcome
from actions.turn_types import Heard, Line
from actions.understand import Facts
from actions.visits import meant


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    """In the middle of a booking with nothing booked yet, "cancel" drops what is being arranged."""
    if draft.goal == "book" and not desk.appointments:
        return Outcome(Draft(), (Line("utter_dropped"),), "say")
    fitting = meant(draft, facts, _day_said(facts), heard, desk)
    draft = Draft(goal="cancel")
    if len(fitting) > 1 and speech.says("all_of_them", heard.text, desk.language):
        return Outcome(draft.but(several=tuple(each.id for each in fitting)))
    return Outcome(about(draft, fitting[0]) if len(fitting) == 1 else draft)


def _day_said(facts: Facts) -> when.Wish | None:
    """ "Cancel Friday's": here the time said is the visit's own."""
    if facts.when is None:
        return None
    return facts.when.source or (facts.when.wishes[0] if facts.when.wishes else None)
