"""How good it was, in whatever words: "4", "8/10", "5 stars", "meh", "loved it" – as a number of 1 to 5."""

from __future__ import annotations

import re

from actions import speech

_BEST = 5
_OUT_OF = re.compile(r"(\d{1,2}(?:[.,]\d)?)\s*(?:/|out of|sobre|de)\s*(5|10)(?!\d)", re.IGNORECASE)
_STARS = re.compile(r"(\d)\s*(?:\*|⭐|stars?|estrellas?)", re.IGNORECASE)
_ROW_OF_STARS = re.compile(r"(?:⭐\ufe0f?|\*|★){1,5}")
_NUMBER_FIRST = re.compile(r"^\W*(\d{1,2})(?:[.,]\d)?(?![\d:/]|\s*(?:pm|am|h|min))(?=\W|$)")
_NUMBER_AT_END = re.compile(r"(?<![\d:/.])(\d{1,2})\W*$")
#: The first that is said counts: what is "not good" must not be taken for good.
_WORDS = (
    ("rates_2_of_good", 2),
    ("rates_4_of_bad", 4),
    *((f"rates_{score}", score) for score in (1, 5, 2, 3, 4)),
)


def said(text: str, language: str) -> int | None:
    """1 to 5; None when the words do not tell."""
    number = _number(text)
    return number if number is not None else _in_words(text, language)


def corrected(text: str, language: str) -> int | None:
    """ "Sorry, I meant 5": another score than was given before."""
    if not speech.says("meant_another_score", text, language):
        return None
    at_end = _NUMBER_AT_END.search(text)
    return _of_five(at_end[1]) if at_end else said(text, language)


def of_ten(text: str) -> int | None:
    """0 to 10, for a question that asks for that."""
    found = re.search(r"(?<![\d:])(\d{1,2})(?![\d:])", text)
    return int(found[1]) if found and int(found[1]) <= 2 * _BEST else None


def _number(text: str) -> int | None:
    if found := _OUT_OF.search(text):
        share = float(found[1].replace(",", ".")) / int(found[2])
        return max(1, min(_BEST, int(share * _BEST + 0.5)))
    if stars := _STARS.search(text):
        return _of_five(stars[1])
    if row := _ROW_OF_STARS.fullmatch(text.strip()):
        return sum(row[0].count(star) for star in "⭐*★")
    first = _NUMBER_FIRST.search(text)
    return _of_five(first[1]) if first else None


def _of_five(digits: str) -> int | None:
    """What is more than five is of ten."""
    number = int(digits)
    if number > 2 * _BEST:
        return None
    return max(1, number if number <= _BEST else (number + 1) // 2)


def _in_words(text: str, language: str) -> int | None:
    return next((score for key, score in _WORDS if speech.says(key, text, language)), None)
