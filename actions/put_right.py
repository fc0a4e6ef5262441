"""Whether what was wrong has been put right: yes, no, or words that tell."""

from __future__ import annotations

from actions import rating, speech
from actions.choose_alternative import tapped
from actions.core_types import Desk, Notice
from actions.draft import Draft
from actions.outcome import Outcome, SayPutRight
from actions.side_questions import told_beside
from actions.turn_types import Heard, Line

_PLAINLY = {"affirm": "yes", "deny": "no", "thank": "yes", "complaint": "no", "abuse": "no"}
_NOT_OF_IT = frozenset(
    "greet goodbye wait ask_price ask_hours ask_location ask_services book_appointment".split()
)
_PLAIN = frozenset({"affirm", "deny", "thank"})
_GOOD_ENOUGH = 4
_FEWEST_WORDS = 3


def reply(notice: Notice, draft: Draft, heard: Heard, desk: Desk) -> Outcome | None:
    option = tapped(heard, draft, desk)
    answer = option.value if option else None if heard.tap else _answer(heard, desk)
    if answer is None:
        return None
    plain = heard.picture or (heard.intent in _PLAIN and len(heard.text.split()) < _FEWEST_WORDS)
    effect = SayPutRight(notice.visit.id, answer == "yes", None if plain else heard.text or None, notice.id)
    return Outcome(Draft(), (Line(f"utter_put_right_{answer}"),), "say", effects=(effect,))


def _answer(heard: Heard, desk: Desk) -> str | None:
    """Who writes more than yes or no has something that is not right yet, unless they say that it is."""
    score = rating.pictured(heard.picture, desk.language) if heard.picture else None
    if heard.picture:
        return None if score is None else "yes" if score >= _GOOD_ENOUGH else "no"
    if speech.says("still_wrong", heard.text, desk.language):
        return "no"
    if speech.says("put_right_now", heard.text, desk.language):
        return "yes"
    if heard.intent in _PLAINLY:
        return _PLAINLY[heard.intent]
    score = rating.said(heard.text, desk.language)
    if score is not None:
        return "yes" if score >= _GOOD_ENOUGH else "no"
    told = told_beside(heard.text, desk.language).split()
    return "no" if len(told) >= _FEWEST_WORDS and heard.intent not in _NOT_OF_IT else None
