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
    """The draft as one for a booking; moving or cancelling something else is put aside."""
    return draft.but(question=None) if draft.goal == "book" else Draft(goal="book")
