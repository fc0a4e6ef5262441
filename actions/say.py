"""Decision → one message plan: text, choices, links. `domain.yml` holds the words.

One message a turn: the lines of a decision are joined, and each option becomes a choice whose payload names the draft's
version, so that a tap on an old message is recognised.
"""

from __future__ import annotations

from typing import Any

from actions.turn_types import Speak
from actions.words import ENGLISH, sentence

SILENCE: dict[str, Any] = {"text": "", "choices": [], "links": [], "silent": True}
"""The plan that says nothing: somebody else speaks."""


def say(speak: Speak, version: int, language: str = ENGLISH) -> dict[str, Any]:
    """The plan for `speak`, whose choices answer the draft of that version."""
    return {
        "language": language,
        "text": "\n".join(sentence(line.key, language, **line.facts) for line in speak.lines),
        "choices": [
            {"label": option.label, "payload": f'/choose_alternative{{"version": {version}, "n": {n}}}'}
            for n, option in enumerate(speak.options, start=1)
        ],
        "links": [{"label": label, "url": url} for label, url in speak.links],
    }
