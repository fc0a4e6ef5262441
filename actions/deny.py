"""No – to whatever the last question was; "no, Friday" is a correction and keeps the rest."""

from __future__ import annotations

from actions import delete_data, offers, the_usual
from actions.core_types import Desk
from actions.draft import WAITS, Draft, Question
from actions.outcome import Outcome
from actions.turn_types import Heard, Line
from actions.understand import Facts, merged


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    asked = draft.question.kind if draft.question else None
    if asked == "forget":
        return delete_data.kept(draft)
    if facts.any and draft.goal in ("book", "move", *WAITS):
        changed, lines = merged(draft, facts, desk)
        if asked != "confirm" or lines or not _says_it_again(changed, draft):
            return Outcome(changed, lines)
    if asked == "confirm" and draft.goal == "cancel":
        return Outcome(Draft(), (Line("utter_kept_many" if draft.several else "utter_kept"),), "say")
    if draft.goal in WAITS:
        return Outcome(Draft(), (Line("utter_dropped"),), "say", offers.first_steps(desk))
    if asked in ("confirm", "name"):
        options = offers.changes(draft, desk)
        return Outcome(draft.but(question=Question(kind="change", options=options)), (), "again")
    if asked in ("slot", "time") and draft.assumed:
        return Outcome(the_usual.turned_down(draft))
    if asked in ("slot", "time"):
        standing = draft.but(question=Question(kind="time", options=(offers.more(desk),)))
        return Outcome(standing, (), "again")
    if asked in ("service", "change", "which_appointment", "waiting", "how_often", "how_many"):
        return Outcome(Draft(), (Line("utter_dropped"),), "say", offers.first_steps(desk))
    return Outcome(draft.but(question=None), (Line("utter_no_problem"),), "say")


def _says_it_again(changed: Draft, draft: Draft) -> bool:
    """ "No", and then what the summary has already: something of it is wrong that was not understood."""
    return draft.goal not in WAITS and (changed.agreed, changed.note) == (draft.agreed, draft.note)
