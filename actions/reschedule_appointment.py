"""Moving a visit: find which one, then search as for a booking, with the visit itself out of the way."""

from __future__ import annotations

from dataclasses import replace

from actions.core_types import Desk
from actions.decide import about
from actions.draft import Draft
from actions.outcome import Outcome
from actions.turn_types import Heard
from actions.understand import Facts, facts_in, merged
from actions.visits import day_said, meant
from actions.wishes import on_the_day_of


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    before = draft
    draft = draft.but(question=None) if draft.goal == "move" else Draft(goal="move")
    if draft.appointment_id is None:
        names_the_visit = before.question is not None and before.question.kind == "which_appointment"
        source = day_said(facts) if names_the_visit else facts.when.source if facts.when else None
        fitting = meant(before, facts, source, heard, desk)
        if len(fitting) == 1:
            draft = about(draft, fitting[0])
            facts = Facts() if names_the_visit else facts_in(heard, draft, desk)
    draft, lines = merged(_on_its_day(draft, facts, desk), _only_new_wishes(facts, draft), desk)
    return Outcome(draft, lines)


def _on_its_day(draft: Draft, facts: Facts, desk: Desk) -> Draft:
    """ "Move it to 4" is 4 on the day of the visit, until another day is spoken of."""
    visit, said = desk.appointment(draft.appointment_id), facts.when
    if visit is None or draft.when or said is None or said.shift or not said.wishes:
        return draft
    if any(wish.date_from or wish.date_to or wish.weekdays for wish in said.wishes):
        return draft
    return draft.but(when=on_the_day_of(visit.start, draft, desk).to_json())


def _only_new_wishes(facts: Facts, draft: Draft) -> Facts:
    """The service and person named say which visit is meant, not what it should become."""
    if draft.appointment_id is None:
        return Facts(when=facts.when)
    return replace(facts, named=replace(facts.named, wishes=(), without=(), unknown_service=None))
