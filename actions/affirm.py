"""Yes – to whatever the last question was, and with whatever else the same message says ("yes, but at 4")."""

from __future__ import annotations

from actions import choose_alternative
from actions.core_types import Desk
from actions.draft import WAITS, Draft
from actions.offers import first_steps
from actions.outcome import Commit, Erase, Outcome
from actions.turn_types import Heard, Line
from actions.understand import Facts, merged


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    asked = draft.question.kind if draft.question else None
    if asked == "forget":
        return Outcome(draft, effects=(Erase(),)) if not facts.any else Outcome(draft, (), "again")
    changed, lines = merged(draft, facts, desk)
    if asked == "confirm":
        if draft.goal == "cancel" or _as_agreed(changed, draft):
            return Outcome(draft.but(note=changed.note), lines, effects=(Commit(),))
        return Outcome(changed, lines)
    if facts.any and draft.goal:
        return Outcome(changed, lines)
    choices = draft.options_of("slot", "service", "appointment", "intent", "reading")
    if draft.question and len(choices) == 1:
        return choose_alternative.take(choices[0], draft, heard, desk)
    if asked == "slot" and draft.assumed:
        return Outcome(
            draft.without_slot().but(assumed=())
        )  # the usual it is; which time, is left to be said
    if asked == "change" and draft.slot:
        return Outcome(draft.but(question=None))  # nothing is to be changed after all: the summary again
    if draft.question and asked != "next":
        return Outcome(draft, (), "again")
    if draft.done or desk.appointment(draft.appointment_id) or desk.conversation.waiting:
        return Outcome(draft, (Line("utter_all_set"),), "again")
    return Outcome(draft, (Line("utter_how_can_i_help"),), "say", first_steps(desk))


def _as_agreed(changed: Draft, draft: Draft) -> bool:
    """A note is only said back. A place on the waitlist has no time of its own: there every wish counts."""
    if draft.goal in WAITS:
        return changed.but(note=draft.note) == draft
    return changed.agreed == draft.agreed
