"""A picture alone: a thumb is yes or no, and what else it says depends on what is asked."""

from __future__ import annotations

from dataclasses import replace

from actions.core_types import Desk
from actions.draft import Draft
from actions.outcome import Outcome
from actions.turn_types import Heard, Line
from actions.understand import Facts

REACT = "react"
_THUMBS = {**dict.fromkeys("👍👌🙌🤝✅", ("affirm", "yes")), **dict.fromkeys("👎❌", ("deny", "no"))}


def in_words(heard: Heard) -> Heard:
    """As what it is taken for; the picture itself stays known."""
    if heard.intent != REACT:
        return heard
    intent, text = _THUMBS.get(heard.text, (REACT, heard.text))
    return replace(heard, intent=intent, text=text, picture=heard.text)


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    asks = draft.question is not None and draft.question.kind != "next"
    return Outcome(draft, (), "again") if asks else Outcome(draft, (Line("utter_react"),), "keep")
