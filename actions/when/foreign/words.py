"""The words of a language without a table, borrowed from dateparser's data: names of days and months, "tomorrow".

What dateparser does not tell apart (Hindi has one word for yesterday and tomorrow, Italian one abbreviation for
March and Tuesday) and what only turns a time into another one is marked as unread: see `foreign`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml
from dateparser.data.languages_info import language_order
from dateparser.languages.loader import default_loader

from actions.when.words.tokens import folded
from actions.when.words.vocabulary import Daypart, Lexicon, Meaning

UNREAD, SHORT, MONTHS_AHEAD = "unread", "short", "months_ahead"
_SIGNS = {"comma": ",;،、，", "stop": ".!?:؟।。", "to": "-–—~"}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_UNITS = ("year", "month", "week", "day", "hour", "minute", "second", "decade", "ago", "in")
_OFFSET = re.compile(r"(in )?(\d+) (\w+)( ago)?")
_COUNTED = re.compile(r"in \\1 (day|week)")
_SHORT_NAME = 3
"""Letters of an abbreviation that is a word of its own in many languages: Dutch "zo", Italian "set"."""
_PART_OF_A_WORD = 5
_KEYS: dict[str, Meaning] = {
    "quiet": ("filler", None),
    "at": ("at", ""),
    "oclock": ("oclock", ""),
    "morning": ("daypart", Daypart("morning", time(8), time(12), "am")),
    "afternoon": ("daypart", Daypart("afternoon", time(12), time(17), "pm")),
    "evening": ("daypart", Daypart("evening", time(17), time(21), "pm")),
    "around": ("around", ""),
    "or": ("or", ""),
    UNREAD: (UNREAD, None),
}
_HIDDEN = frozenset({"weekday", "month", "relday", UNREAD})


@dataclass(frozen=True)
class ForeignWords:
    lexicon: Lexicon
    language: str | None
    """As dateparser calls it; `None` where it does not know it."""
    hidden: tuple[str, ...]
    """Words of time that, inside a longer one, make that word unread: "vrijdagochtend"."""
    counted: tuple[tuple[re.Pattern[str], int], ...]
    """"In 3 days", as a pattern over the text in lower case, and how many days one of them is."""
    has_sentences: bool
    """Words that are not known may stand beside those that are."""

    def hides_in(self, word: str) -> bool:
        return any(name in word for name in self.hidden)


@lru_cache(maxsize=64)
def foreign_words(code: str) -> ForeignWords:
    """Of the language of a locale: "nl", "sv" …; of one that nobody knows only the figures."""
    listed, everywhere = _listed()["languages"].get(code, {}), _listed()["everywhere"]
    lexicon = Lexicon(code)
    known = code in language_order
    info: dict[str, Any] = default_loader.get_locale(code).info if known else {}
    meanings = dict(_named(info)) | dict(_listed_words(everywhere)) | dict(_listed_words(listed))
    for phrase, meaning in meanings.items():
        lexicon.add(lexicon.words_of(phrase), meaning)
    hidden = (phrase for phrase, (kind, _) in meanings.items() if kind in _HIDDEN)
    return ForeignWords(
        lexicon,
        code if known else None,
        tuple(sorted(phrase for phrase in hidden if len(phrase) >= _PART_OF_A_WORD)),
        tuple(_counted(info)),
        has_sentences=bool(listed),
    )


@lru_cache(maxsize=1)
def _listed() -> dict[str, Any]:
    listed: dict[str, Any] = yaml.safe_load(
        (resources.files("actions.when.foreign") / "words.yml").read_text("utf-8")
    )
    return listed


def _listed_words(listed: dict[str, list[str]]) -> Iterator[tuple[str, Meaning]]:
    for key, meaning in _KEYS.items():
        for phrase in listed.get(key, ()):
            yield folded(phrase), meaning


def _named(info: dict[str, Any]) -> Iterator[tuple[str, Meaning]]:
    found: dict[str, Meaning] = {}
    for phrase, meaning in _entries(info):
        same = found.setdefault(phrase, meaning)
        if same != meaning:
            found[phrase] = (UNREAD, None)
    for kind, signs in _SIGNS.items():
        found.update((sign, (kind, None)) for sign in signs)
    yield from found.items()


def _entries(info: dict[str, Any]) -> Iterator[tuple[str, Meaning]]:
    for kind, names, first in (("weekday", _WEEKDAYS, 0), ("month", _MONTHS, 1)):
        for value, name in enumerate(names, start=first):
            words = [folded(word).rstrip(".") for word in info.get(name, ())]
            longest = max(map(len, words), default=0)
            for word in words:
                is_short = len(word) <= _SHORT_NAME < longest
                yield word, (SHORT, (kind, value)) if is_short else (kind, value)
    for half in ("am", "pm"):
        for word in {half, *info.get(half, ())}:
            yield folded(word), ("half", half)
    for offset, phrases in info.get("relative-type", {}).items():
        for phrase in phrases:
            yield folded(phrase), _relative(offset)
    for unit in _UNITS:
        for word in info.get(unit, ()):
            yield folded(word), (UNREAD, None)


def _relative(offset: str) -> Meaning:
    """ "in 1 day" is tomorrow, "in 1 week" and "in 1 month" the next one; the rest is not read."""
    match = _OFFSET.fullmatch(offset)
    if match is None:
        return UNREAD, None
    count = int(match[2]) * (-1 if match[4] else 1)
    if match[3] == "day":
        return "relday", count
    kind = {"week": "week", "month": MONTHS_AHEAD}.get(match[3])
    return (kind, count) if kind and count in (0, 1) else (UNREAD, None)


def _counted(info: dict[str, Any]) -> Iterator[tuple[re.Pattern[str], int]]:
    for offset, patterns in info.get("relative-type-regex", {}).items():
        match = _COUNTED.fullmatch(offset)
        for pattern in patterns if match else ():
            before, number, behind = pattern.partition(r"(\d++[.,]?\d*+)")
            if not number:
                continue
            words = rf"(?<!\w){re.escape(before.lower())}(\d{{1,3}}){re.escape(behind.lower())}(?!\w)"
            yield re.compile(words), 7 if match and match[1] == "week" else 1
