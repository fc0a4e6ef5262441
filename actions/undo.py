""" "Undo", "I didn't mean that": the last step is taken back while that is still possible."""

from __future__ import annotations

from actions.core_types import Desk
from actions.draft import Draft
from actions.offers import my_visits
from actions.outcome import Outcome, Undo
from actions.turn_types import Heard, Line
from actions.understand import Facts


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    if draft.done is None:
        return Outcome(draft, (Line("utter_nothing_to_undo"),), "again", (my_visits(desk),))
    return Outcome(draft, effects=(Undo(draft.done),))
