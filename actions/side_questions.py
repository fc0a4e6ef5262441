"""A question asked beside the matter: "yes – and where are you?" is a yes *and* a question, and both are answered."""

from __future__ import annotations

import re

from actions import ask_hours, ask_location, ask_price
from actions.core_types import Desk
from actions.draft import Draft
from actions.turn_types import Heard, Line
from actions.understand import Facts

SIDE_QUESTIONS = {
    "ask_location": (
        ask_location.apply,
        r"\bwhere (are|is|r) (you|u|it|the)\b|\b(the|your) address\b|\bhow do i (get|find) (there|you)\b",
    ),
    "ask_hours": (
        ask_hours.apply,
        r"\b(opening|your) hours\b|\b(what time|when) do you (open|close)\b|\bopen (till|until)\b",
    ),
    "ask_price": (
        ask_price.apply,
        r"\bhow much\b|\bwhat('?s| is| does it| would it) (the )?(price|cost)\b|\bwhat do you charge\b",
    ),
}


def side_answers(intent: str, draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> tuple[Line, ...]:
    """The answers to what else was asked; none when the question was the matter itself."""
    if intent in SIDE_QUESTIONS or intent == "ask_services" or heard.tap:
        return ()
    asked_of = Facts(named=facts.named)
    return tuple(
        line
        for answer, pattern in SIDE_QUESTIONS.values()
        if re.search(pattern, heard.text, re.IGNORECASE)
        for line in answer(draft, asked_of, heard, desk).lines
    )
