"""A person, please: the team is told, with the reason, and the customer is told what happens next."""

from __future__ import annotations

from actions.core_types import Desk
from actions.draft import Draft
from actions.outcome import HandOff, Outcome
from actions.turn_types import Heard, Line
from actions.understand import Facts


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    return _tell_the_team(draft, heard, desk, "utter_handoff", "asks for a person")


def complaint(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    return _tell_the_team(draft, heard, desk, "utter_complaint", "is not happy")


def _tell_the_team(draft: Draft, heard: Heard, desk: Desk, key: str, what: str) -> Outcome:
    reason = f"{what}: {heard.text}" if heard.text and not heard.tap else what
    facts = {"phone": desk.business.phone or "", "business": desk.business.name}
    return Outcome(draft.but(strikes=0), (Line(key, facts),), "say", effects=(HandOff(reason),))
