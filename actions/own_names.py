"""The business's own names are names: "Christmas makeup" is no day, and "Ana's special" asks for nobody."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from actions.core_types import Desk
from actions.likeness import words_of
from actions.speech import folded

_A_NAME = "_"
"""A word that means nothing: what stands behind a name still stands behind something."""


def without_services(text: str, desk: Desk) -> str:
    """The text with the services' names of several words crossed out, letter by letter."""
    return _without(
        text, (name for each in (*desk.services, *desk.addons) for name in (each.name, *each.aliases))
    )


def without_staff(text: str, desk: Desk) -> str:
    """The text with the full names of the team crossed out."""
    return _without(text, (each.name for each in desk.staff))


def _without(text: str, names: Iterable[str]) -> str:
    text = unicodedata.normalize("NFC", text)
    said = {piece for name in names for piece in _pieces(words_of(name))}
    phrases = sorted(said, key=len, reverse=True)
    for words in phrases:
        spelt = r"\W+".join("['’]?".join(map(re.escape, word)) for word in words)
        for found in re.finditer(rf"(?<!\w){spelt}(?!\w)", folded(text), re.IGNORECASE):
            text = text[: found.start()] + _A_NAME * len(found[0]) + text[found.end() :]
    return text


def _pieces(words: list[str]) -> Iterator[tuple[str, ...]]:
    """A name of several words, and what leads up to a figure in one: "iPhone 12" of "Repair – iPhone 12"."""
    if len(words) > 1:
        yield tuple(words)
    for last, word in enumerate(words):
        if word.isdecimal():
            yield from (
                tuple(words[first : last + 1]) for first in range(last) if not words[first].isdecimal()
            )
