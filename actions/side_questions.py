"""A question asked beside the matter: "yes – and where are you?" is a yes *and* a question, and both are answered."""

from __future__ import annotations

import re
from dataclasses import replace

from actions import about_the_house, ask_hours, ask_location, ask_price, speech
from actions.core_types import Desk
from actions.draft import Draft
from actions.turn_types import Heard, Line, Speak
from actions.understand import Facts

SIDE_QUESTIONS = {
    "ask_location": ask_location.location,
    "ask_phone": ask_location.phone,
    "ask_hours": ask_hours.apply,
    "ask_price": ask_price.apply,
}
_LIKELY_ENOUGH = 0.1
_SENTENCE = re.compile(r"[^.!?;\n]+[.!?;\n]*")
_LAST_PART = re.compile(r",|\b(?:and|but|y|e|pero)\b")
_BESIDE = {
    **SIDE_QUESTIONS,
    "our_hours": ask_hours.apply,
    "asks_the_terms": about_the_house.beside,
    "asks_for_a_reminder": about_the_house.beside,
    "only_the_team_knows": about_the_house.beside,
}


def _answers(intent: str, draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> tuple[Line, ...]:
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


def is_asked_beside(text: str, language: str) -> bool:
    return any(speech.says(key, text, language) for key in _BESIDE)


def told_beside(text: str, language: str) -> str:
    """What is told, without what is asked: "it was cold," of "it was cold, and when do you open?"."""
    return " ".join(_told(each[0], language) for each in _SENTENCE.finditer(text)).strip()


def _told(sentence: str, language: str) -> str:
    asked = [begins for key in _BESIDE for begins, _ in speech.places(key, sentence, language)]
    parts = [match.start() for match in _LAST_PART.finditer(sentence)]
    if asked:
        return sentence[: max((begins for begins in parts if begins < min(asked)), default=0)]
    if "?" in sentence:
        return sentence[: parts[-1]] if parts else ""
    return sentence


def with_side_answers(
    speak: Speak, intent: str, draft: Draft, facts: Facts, heard: Heard, desk: Desk
) -> Speak:
    """What else was asked is answered before an open question, so that the question stands last."""
    beside = tuple(
        line for line in _answers(intent, draft, facts, heard, desk) if not _tells_the_price(speak, line)
    )
    in_order = (*beside, *speak.lines) if speak.asks not in (None, "next") else (*speak.lines, *beside)
    return replace(speak, lines=in_order)


def _tells_the_price(speak: Speak, answer: Line) -> bool:
    """An offer and a summary name the price of what they are for."""
    named = str(answer.facts.get("line", "")).split(":")[0]
    return answer.key == "utter_price" and any(
        "price" in line.facts and named in str(line.facts.get("service")) for line in speak.lines
    )
