"""Where the business is."""

from __future__ import annotations

from actions.core_types import Desk
from actions.draft import Draft
from actions.offers import first_steps
from actions.outcome import Outcome
from actions.turn_types import Heard, Line
from actions.understand import Facts


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    places = [facts.named.location] if facts.named.location else desk.locations
    lines = tuple(Line("utter_location", {"place": each.name, "address": each.address}) for each in places)
    return Outcome(draft, lines, "again", first_steps(desk)[:1])
