""" "Let me know if something opens up": a wish is kept for a time that is not free, and it is no booking."""

from __future__ import annotations

from actions import waiting
from actions.core_types import Desk
from actions.decide import about
from actions.draft import WAITS, Draft
from actions.outcome import Commit, Outcome
from actions.turn_types import Heard
from actions.understand import Facts, merged
from actions.visits import meant
from actions.wishes import beside_what_is_shown


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    if draft.goal in WAITS and draft.question and draft.question.kind == "confirm" and not facts.any:
        return Outcome(draft, effects=(Commit(),))
    sooner = facts.when is not None and facts.when.order == "earlier"
    wish = waiting.waiting(draft)
    if wish is None:
        wish = _anew(draft, facts, heard, desk, sooner=sooner)
    elif facts.when and sooner and (before := beside_what_is_shown(draft, facts.when, desk)):
        return Outcome(wish.but(when=before.to_json()))
    wish, lines = merged(wish, facts, desk)
    return Outcome(wish, lines)


def _anew(draft: Draft, facts: Facts, heard: Heard, desk: Desk, *, sooner: bool) -> Draft:
    """Something earlier than a visit there is, else a wish of its own; a price just asked says for what."""
    if not sooner or not desk.appointments:
        return Draft(goal="wait", service_id=draft.service_id)
    just_booked = desk.appointment(draft.appointment_id)
    fitting = [just_booked] if just_booked else meant(draft, facts, None, heard, desk)
    wish = Draft(goal="earlier")
    return about(wish, fitting[0]) if len(fitting) == 1 else wish
