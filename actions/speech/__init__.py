"""How customers put things, as data: the word-patterns by which a sentence is understood, one file a language.

A sentence is read in the customer's language and in English, for people mix the two. Accents never matter.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ENGLISH = "en"
_FOLDER = Path(__file__).resolve().parent


def says(key: str, text: str, language: str) -> bool:
    """Whether one of the phrases `key` stands in `text`."""
    return said(key, text, language) is not None


def said(key: str, text: str, language: str) -> str | None:
    """What the phrases `key` point at in `text`, as it was typed: a phrase's group, or the whole phrase."""
    return next(iter(all_said(key, text, language)), None)


def all_said(key: str, text: str, language: str) -> list[str]:
    typed = unicodedata.normalize("NFC", text)
    return [typed[begins:ends] for begins, ends in places(key, typed, language)]


def places(key: str, text: str, language: str) -> list[tuple[int, int]]:
    """Where the phrases point in a text whose accents are composed: [begin, end) of a group, or of the whole phrase."""
    plain = folded(text)
    return [
        match.span(match.lastindex or 0)
        for known in _read_in(language)
        for match in _pattern(key, known).finditer(plain)
    ]


def without(key: str, text: str, language: str) -> str:
    """The text, with a stop where the phrases stood."""
    typed = unicodedata.normalize("NFC", text)
    for begins, ends in sorted(places(key, typed, language), reverse=True):
        typed = f"{typed[:begins]} . {typed[ends:]}"
    return typed


def words(key: str, language: str) -> frozenset[str]:
    """The words `key`, without accents."""
    return frozenset().union(*(_words(key, known) for known in _read_in(language)))


def words_of_all(key: str) -> frozenset[str]:
    """For what does not hang on the customer's language, such as the titles that the team's names carry."""
    return frozenset().union(*(_words(key, known) for known in languages()))


def place(word: str, language: str) -> int | None:
    """ "second" → 1, "last" → -1: a place in a list."""
    plain = folded(word.lower())
    places = (_file(known)["places"].get(plain) for known in _read_in(language))
    return next((n for n in places if n is not None), None)


def number(word: str, language: str) -> int | None:
    """ "12", "twelve", and what else counts as one, such as the minutes of "half an hour"."""
    plain = folded(word.lower())
    if plain.isdecimal():
        return int(plain)
    return next((n for known in _read_in(language) if (n := _file(known)["numbers"].get(plain))), None)


def singular(word: str) -> str:
    """ "children" → child; what is not known to be several loses its "s"."""
    known = (_file(each)["singular"].get(word) for each in languages())
    return next((one for one in known if one), word.removesuffix("s"))


@cache
def languages() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yml")))


def folded(text: str) -> str:
    """Letters without their accents, each in its place."""
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in text)


def _read_in(language: str) -> tuple[str, ...]:
    return (language, ENGLISH) if language != ENGLISH and language in languages() else (ENGLISH,)


@cache
def _pattern(key: str, language: str) -> re.Pattern[str]:
    """Its phrases between word borders, capitals ignored."""
    phrases = "|".join(_file(language)["phrases"][key])
    return re.compile(rf"(?<!\w)(?:{folded(phrases)})(?!\w)", re.IGNORECASE)


@cache
def _words(key: str, language: str) -> frozenset[str]:
    return frozenset(folded(_file(language)["words"][key]).split())


@cache
def _file(language: str) -> dict[str, Any]:
    known: dict[str, Any] = yaml.safe_load((_FOLDER / f"{language}.yml").read_text(encoding="utf-8"))
    return known
