"""Who wanted no more messages wants them again: kept like the wish before it, with a word of welcome."""

from __future__ import annotations

from actions.core_types import Desk
from actions.draft import Draft
from actions.offers import first_steps
from actions.outcome import OptIn, Outcome
from actions.turn_types import Heard, Line
from actions.understand import Facts


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    lines = (Line("utter_resumed", {"business": desk.business.name}),)
    return Outcome(draft, lines, "again", first_steps(desk), effects=(OptIn(heard.text),))
