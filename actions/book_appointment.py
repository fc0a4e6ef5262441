"""The customer wants a visit: everything they said goes into the draft and three times come back."""

from __future__ import annotations

from actions.core_types import Desk
from actions.draft import Draft
from actions.outcome import Outcome
from actions.turn_types import Heard
from actions.understand import Facts, merged


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    draft, lines = merged(booking(draft, facts), facts, desk)
    return Outcome(draft, lines)


def booking(draft: Draft, facts: Facts) -> Draft:
    """The draft as one for a booking; moving or cancelling something else is put aside.

    Services whose price was just asked are what "book that" means, unless others are named.
    """
    if draft.goal == "book":
        return draft.but(question=None)
    if draft.goal is None:
        fresh = Draft(goal="book", appointment_id=draft.appointment_id, note=draft.note)
        asked_of = {} if facts.named.wishes else {"service_id": draft.service_id, "also": draft.also}
        return fresh.but(**asked_of)
    return Draft(goal="book")
