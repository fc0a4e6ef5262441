"""An answer, or a wish with no verb: "Tuesday at 3", "with Ana", "a beard trim".

With nothing under way it starts a booking: nothing is written without a summary and a yes, so offering times is safe.
"""

from __future__ import annotations

from actions import cancel_appointment, out_of_scope
from actions.book_appointment import booking
from actions.core_types import Desk
from actions.draft import Draft
from actions.outcome import Outcome
from actions.turn_types import Heard, Line
from actions.understand import Facts, merged

_LONGEST_NAME_OF_A_SERVICE = 30


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    asked = draft.question.kind if draft.question else None
    if not facts.any:
        if asked == "service" and len(heard.text) <= _LONGEST_NAME_OF_A_SERVICE:
            return Outcome(draft, (Line("utter_unknown_service", {"said": heard.text.strip(" .!?")}),))
        return out_of_scope.apply(draft, facts, heard, desk)
    if draft.goal is None:
        draft = booking(draft)
    if draft.goal == "cancel":
        return cancel_appointment.apply(draft, facts, heard, desk)
    return Outcome(*merged(draft, facts, desk))
