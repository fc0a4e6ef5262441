"""None of these: three others, in the direction the customer asked for."""

from __future__ import annotations

from actions.core_types import Desk
from actions.draft import Draft
from actions.offers import first_steps
from actions.outcome import Outcome
from actions.turn_types import Heard, Line
from actions.understand import Facts, merged
from actions.wishes import on_the_day_of


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    if draft.goal not in ("book", "move"):
        return Outcome(draft, (Line("utter_how_can_i_help"),), "say", first_steps(desk))
    if facts.any:
        return Outcome(*merged(draft, facts, desk))
    return Outcome(more(draft, desk))


def more(draft: Draft, desk: Desk) -> Draft:
    """The same wish without the times already shown; under a summary, the day it names."""
    if draft.slot:
        return draft.without_slot().but(when=on_the_day_of(draft.slot.start, draft, desk).to_json())
    return draft.but(question=None)
