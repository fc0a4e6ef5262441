"""The customer wants a visit: everything they said goes into the draft and three times come back."""

from __future__ import annotations

from actions.core_types import Desk
from actions.draft import Draft
from actions.outcome import Outcome
from actions.turn_types import Heard
from actions.understand import Facts, merged


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    draft, lines = merged(booking(draft), facts, desk)
    return Outcome(draft, lines)


def booking(draft: Draft) -> Draft:
    """The draft as one for a booking; moving or cancelling something else is put aside.

    A service whose price was just asked is the one "book that" means.
    """
    if draft.goal == "book":
        return draft.but(question=None)
    if draft.goal is None:
        return Draft(
            goal="book", service_id=draft.service_id, appointment_id=draft.appointment_id, note=draft.note
        )
    return Draft(goal="book")
