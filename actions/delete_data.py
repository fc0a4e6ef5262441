""" "Delete my data": what goes is said first, and only an explicit yes erases."""

from __future__ import annotations

from actions.core_types import Desk
from actions.draft import Draft, Option, Question
from actions.offers import visit_facts
from actions.outcome import Outcome
from actions.turn_types import Heard, Line
from actions.understand import Facts
from actions.words import words


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    """Visits to come are named, for the same yes cancels them."""
    options = (
        Option(kind="forget", label=words("utter_button_yes_delete", desk.language)),
        Option(kind="no", label=words("utter_button_keep_data", desk.language)),
    )
    lines = [Line("utter_delete_data", {"business": desk.business.name})]
    if desk.appointments:
        visits = (Line("utter_appointment_line", visit_facts(each, desk)) for each in desk.appointments)
        lines += [Line("utter_delete_cancels"), *visits]
    asking = draft.but(question=Question(kind="forget", options=options))
    return Outcome(asking, tuple(lines), "again")


def kept(draft: Draft) -> Outcome:
    """Nothing was deleted, and what was being arranged goes on."""
    line = Line("utter_data_kept")
    return Outcome(draft.but(question=None), (line,), "decide" if draft.goal else "say")
