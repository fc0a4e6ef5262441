"""How alike what was said and what is meant are, word by word: misspellings count where a word is long enough."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from actions.speech import folded, words_of_all

_CLOSE_ENOUGH = 84
_SHORTEST_MISSPELT = 5
_SHORTEST_STEM = 4
_SHORTEST_IN_COMPANY = 4
"""Beside a word of the same phrase that is spelt right: "blood tset"."""
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """Without accents, which many leave out when they type."""
    plain = unicodedata.normalize("NFC", text.lower()).replace("’", "'").replace("'", "").replace("-", " ")
    return _WORD.findall(folded(plain))


def score(said: list[str], phrase: list[str]) -> float:
    """0 = not there; longer phrases score higher, misspelt ones a little lower than the same phrase spelt right."""
    return max((score for _, score in places(said, phrase)), default=0.0)


def places(said: list[str], phrase: list[str]) -> Iterator[tuple[int, float]]:
    """Each word of `said` at which the phrase begins, with its score there."""
    size, letters = len(phrase), sum(map(len, phrase))
    for at in range(len(said) - size + 1 if size else 0):
        window = said[at : at + size]
        shortest = _SHORTEST_MISSPELT if _nothing_spelt_right(window, phrase) else _SHORTEST_IN_COMPANY
        if window == phrase:
            yield at, float(letters)
        elif all(alike(word, meant, shortest) for word, meant in zip(window, phrase, strict=True)):
            yield at, letters - 0.5


def _nothing_spelt_right(said: list[str], phrase: list[str]) -> bool:
    return not any(
        word == meant and len(word) >= _SHORTEST_IN_COMPANY for word, meant in zip(said, phrase, strict=True)
    )


def same_word(said: str, meant: str) -> bool:
    """Alike, or one of them the other with an ending: "leaking", "leak"."""
    short, long = sorted((said, meant), key=len)
    ending = long[len(short) :] if len(short) >= _SHORTEST_STEM and long.startswith(short) else ""
    return alike(said, meant) or ending in words_of_all("endings")


def alike(said: str, meant: str, shortest: int = _SHORTEST_MISSPELT) -> bool:
    """`shortest`: how long both must be before a misspelling is forgiven."""
    if said == meant or said.rstrip("s") == meant.rstrip("s"):
        return True
    long_enough = min(len(said), len(meant)) >= shortest
    if not long_enough or said[0] != meant[0]:
        return False
    return fuzz.ratio(said, meant) >= _CLOSE_ENOUGH or _two_letters_swapped(said, meant)


def _two_letters_swapped(said: str, meant: str) -> bool:
    """ "Brwon": the commonest slip, which costs a short word more than a letter left out."""
    return sorted(said) == sorted(meant) and OSA.distance(said, meant) == 1
