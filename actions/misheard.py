"""What the classifier took a sentence for, set right where the sentence's own words leave no doubt.

Names are this business's, so the classifier cannot know them: "Stop smoking session" is a service and stops nothing.
"""

from __future__ import annotations

import unicodedata

from actions import speech, unspoken
from actions.catalogue import only_names
from actions.core_types import Desk
from actions.draft import Draft
from actions.intents import FALLBACK
from actions.likeness import alike, words_of
from actions.turn_types import Heard
from actions.understand import Facts

_UNSURE = frozenset({FALLBACK, "out_of_scope"})
_ASKS_FOR_US = _UNSURE | {"human_handoff", "list_appointments", "ask_services"}
_LONGEST_CORRECTION_WORDS = 6
_SHORTEST_MISSPELT = 4


def set_right(heard: Heard, facts: Facts, draft: Draft, desk: Desk) -> str:
    intent, text = heard.intent, heard.text
    asked = draft.question.kind if draft.question else None
    if facts.named.services and only_names(text, desk):
        return "inform"
    if intent in _ASKS_FOR_US and desk.business.phone and speech.says("ask_phone", text, desk.language):
        return "ask_location"
    if intent == "running_late" and _is_not_late(text, draft, desk):
        return FALLBACK
    if intent == "human_handoff" and _wants_another_of_us(text, facts, draft, desk):
        return "correct"
    if intent == "undo" and not speech.says("takes_back", text, desk.language):
        return FALLBACK  # what is written stands until they say that it should not
    if intent == "wait" and draft.goal and _says_it_anew(text, facts):
        return "correct"
    asks_what_could_be = facts.named.services and speech.says("could_i", text, desk.language)
    if intent == "list_appointments" and asks_what_could_be:
        return "check_availability"
    if asked == "confirm" and intent in _UNSURE and not facts.any and _only_agrees(text, desk.language):
        return "affirm"
    if intent in _UNSURE and draft.question is None and unspoken.language_of(text):
        return "out_of_scope"  # who is told which languages are spoken
    if intent in _UNSURE and _speaks_of_a_visit(intent, facts):
        return "inform"
    if (
        intent in _UNSURE
        and draft.goal is None
        and desk.appointments
        and _cancels_briefly(text, desk.language)
    ):
        return "cancel_appointment"
    return intent


def _is_not_late(text: str, draft: Draft, desk: Desk) -> bool:
    """In reply to what we said by ourselves, being late is said in so many words."""
    asks = text.rstrip().endswith("?")
    return draft.notice is not None and (asks or not speech.says("of_lateness", text, desk.language))


def _wants_another_of_us(text: str, facts: Facts, draft: Draft, desk: Desk) -> bool:
    """ "Not with Dev", "a colleague is fine": for the visit, not to talk to."""
    another = facts.named.not_with or facts.named.somebody_else
    return bool(draft.goal in ("book", "move") and another) and not speech.says(
        "asks_to_talk", text, desk.language
    )


def _cancels_briefly(text: str, language: str) -> bool:
    """ "Cancel one of them" with visits standing; what is not ours to cancel is asked for its evidence elsewhere."""
    return len(text.split()) <= _LONGEST_CORRECTION_WORDS and speech.says("cancels", text, language)


def _says_it_anew(text: str, facts: Facts) -> bool:
    """ "No wait, a check-up": what comes behind the "wait" is what is meant."""
    short = len(text.split()) <= _LONGEST_CORRECTION_WORDS
    return bool(facts.named.services or facts.named.people or (facts.when and short))


def _only_agrees(text: str, language: str) -> bool:
    """ "Perfect, thaanks": a yes with nothing but thanks behind it, however they are spelt."""
    typed = unicodedata.normalize("NFC", text)
    courtesies = speech.words("after_a_name", language)
    return any(
        all(
            any(alike(word, each, _SHORTEST_MISSPELT) for each in courtesies)
            for word in words_of(typed[ends:])
        )
        for _, ends in speech.places("starts_with_yes", typed, language)
    )


def _speaks_of_a_visit(intent: str, facts: Facts) -> bool:
    """A time with a service of ours is a wish; with nothing but a name of ours, where nobody was sure."""
    timed = facts.when is not None and bool(facts.when.wishes)
    return timed and bool(facts.named.services or (facts.named.people and intent == FALLBACK))
