"""A customer who writes in a language that we have no words in: which one it most looks like.

They are told honestly what we speak, and helped as far as it goes: times, and the business's own names, are understood.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from actions.likeness import words_of
from actions.words import languages

_WORDS = Path(__file__).resolve().parent / "speech" / "unspoken" / "words.yml"
_SHORT = 2
"""In a message of so many words one that tells is enough."""


def language_of(text: str) -> str | None:
    """Its code, or None where nothing tells, or tells one language from another."""
    said = set(words_of(text))
    told = {code: len(said & telling) for code, telling in _telling().items()}
    most = max(told.values(), default=0)
    fitting = [code for code, count in told.items() if count == most]
    enough = most >= (1 if len(said) <= _SHORT else 2)
    return fitting[0] if enough and len(fitting) == 1 else None


@cache
def _telling() -> dict[str, frozenset[str]]:
    known = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    return {code: frozenset(words.split()) for code, words in known.items() if code not in languages()}
