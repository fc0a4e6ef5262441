"""A question asked beside the matter: "yes – and where are you?" is a yes *and* a question, and both are answered."""

from __future__ import annotations

from actions import about_the_house, ask_hours, ask_location, ask_price, speech
from actions.core_types import Desk
from actions.draft import Draft
from actions.turn_types import Heard, Line
from actions.understand import Facts

SIDE_QUESTIONS = {
    "ask_location": ask_location.location,
    "ask_phone": ask_location.phone,
    "ask_hours": ask_hours.apply,
    "ask_price": ask_price.apply,
}
_LIKELY_ENOUGH = 0.1
_BESIDE = {
    **SIDE_QUESTIONS,
    "asks_the_terms": about_the_house.beside,
    "only_the_team_knows": about_the_house.beside,
}


def side_answers(intent: str, draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> tuple[Line, ...]:
    """The answers to what else was asked; none when the question was the matter itself."""
    if intent in (*SIDE_QUESTIONS, "ask_services", "out_of_scope") or heard.tap:
        return ()
    asked_of = Facts(named=facts.named)
    return tuple(
        line
        for question, answer in _BESIDE.items()
        if speech.says(question, heard.text, desk.language)
        for line in answer(draft, asked_of, heard, desk).lines
    )


def asked_after_all(heard: Heard, desk: Desk) -> str | None:
    """The question in what was taken for none of ours, if it sounds like one of ours at all."""
    likely = {name for name, share in heard.ranking if share >= _LIKELY_ENOUGH}
    asked = (each for each in SIDE_QUESTIONS if speech.says(each, heard.text, desk.language))
    return next((each for each in asked if each in likely), None)
