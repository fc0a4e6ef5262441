""" "Whenever", "anyone", "you choose": what was asked is left open, and the first that fits is proposed."""

from __future__ import annotations

from actions import choose_alternative
from actions.book_appointment import booking
from actions.core_types import Desk
from actions.draft import Draft
from actions.offers import first_steps
from actions.outcome import Outcome
from actions.turn_types import Heard, Line
from actions.understand import Facts, merged


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    offered = draft.options_of("slot")
    says_who = facts.named.anyone or facts.named.not_with or facts.named.somebody_else
    if offered and not says_who:
        return choose_alternative.take(offered[0], draft, heard, desk)
    if draft.goal is None and facts.any:
        draft = booking(draft, facts)
    if draft.goal:
        return Outcome(*merged(draft, facts, desk))
    return Outcome(draft, (Line("utter_how_can_i_help"),), "say", first_steps(desk))
