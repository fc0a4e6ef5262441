"""An answer, or a wish with no verb: "Tuesday at 3", "with Ana", "a beard trim".

With nothing under way it starts a booking: nothing is written without a summary and a yes, so offering times is safe.
"""

from __future__ import annotations

from actions import cancel_appointment, offers, out_of_scope
from actions.book_appointment import booking
from actions.core_types import Desk
from actions.draft import Draft
from actions.noted import with_note
from actions.outcome import AddNote, Outcome
from actions.turn_types import Heard, Line
from actions.understand import Facts, merged

_LONGEST_NAME_OF_A_SERVICE = 30


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    asked = draft.question.kind if draft.question else None
    if facts.note and not facts.any:
        return _noted(facts.note, draft, desk)
    if not facts.any:
        if facts.name:
            return Outcome(draft, (), "again")
        if asked == "service" and len(heard.text) <= _LONGEST_NAME_OF_A_SERVICE:
            return Outcome(draft, (Line("utter_unknown_service", {"said": heard.text.strip(" .!?")}),))
        return out_of_scope.apply(draft, facts, heard, desk)
    if draft.goal is None:
        draft = booking(draft, facts)
    if draft.goal == "cancel":
        return cancel_appointment.apply(draft, facts, heard, desk)
    return Outcome(*merged(draft, facts, desk))


def _noted(note: str, draft: Draft, desk: Desk) -> Outcome:
    """Kept with what is being booked, else with the visit just booked or the next one."""
    if draft.goal not in (None, "cancel") or not desk.appointments:
        said = () if _says_it_back(draft) else (Line("utter_note_kept", {"note": note}),)
        return Outcome(draft.but(note=with_note(draft.note, note)), said, "again")
    visit = desk.appointment(draft.appointment_id) or desk.appointments[0]
    noted = visit.model_copy(update={"note": with_note(visit.note, note)})
    line = Line("utter_noted", offers.visit_facts(noted, desk))
    return Outcome(draft, (line,), "again", effects=(AddNote(visit, noted.note or note),))


def _says_it_back(draft: Draft) -> bool:
    return draft.question is not None and draft.question.kind == "confirm"
