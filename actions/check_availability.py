""" "Is Ana free on Friday?" is answered with Friday's free times, ready to be taken."""

from __future__ import annotations

from actions.book_appointment import booking
from actions.core_types import Desk
from actions.draft import Draft
from actions.outcome import Outcome
from actions.turn_types import Heard
from actions.understand import Facts, merged


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    """Without a service the customer's usual one is looked up: a free hour depends on how long the visit takes."""
    draft, lines = merged(draft if draft.goal == "move" else booking(draft, facts), facts, desk)
    if draft.service_id is None:
        draft = draft.but(service_id=desk.customer.usual_service_id)
    return Outcome(draft, lines)
