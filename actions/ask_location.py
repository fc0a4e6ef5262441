"""Where the business is, and the number to reach it by."""

from __future__ import annotations

from actions import speech
from actions.core_types import Desk
from actions.draft import Draft
from actions.offers import first_steps
from actions.outcome import Outcome
from actions.turn_types import Heard, Line
from actions.understand import Facts


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    """Asked for the number alone, the address stays unsaid."""
    by_phone, where = phone(draft, facts, heard, desk), location(draft, facts, heard, desk)
    if not by_phone.lines or not speech.says("ask_phone", heard.text, desk.language):
        return where
    if not speech.says("ask_location", heard.text, desk.language):
        return by_phone
    return Outcome(draft, (*where.lines, *by_phone.lines), "again", where.options)


def location(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    places = [facts.named.location] if facts.named.location else desk.locations
    lines = tuple(Line("utter_location", {"place": each.name, "address": each.address}) for each in places)
    return Outcome(draft, lines, "again", first_steps(desk)[:1])


def phone(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    number = desk.business.phone
    lines = (Line("utter_phone", {"phone": number}),) if number else ()
    return Outcome(draft, lines, "again", first_steps(desk)[:1])
