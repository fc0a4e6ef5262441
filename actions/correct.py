""" "No, Friday", "make it 4 instead": the new wish replaces the old one and everything else stays."""

from __future__ import annotations

from actions import deny, inform
from actions.core_types import Desk
from actions.draft import Draft
from actions.outcome import Outcome
from actions.turn_types import Heard
from actions.understand import Facts


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    """A correction that says nothing new is a no, and under a summary it is a no to that.

    "Move it", of what is not booked yet, asks for other times.
    """
    at_a_summary = draft.question is not None and draft.question.kind == "confirm" and draft.goal != "cancel"
    if facts.any and not at_a_summary:
        return inform.apply(draft, facts, heard, desk)
    if heard.intent == "reschedule_appointment" and draft.slot and not facts.any:
        return Outcome(draft.without_slot().but(when=None))
    return deny.apply(draft, facts, heard, desk)
