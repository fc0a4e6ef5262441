"""How good it was, in whatever words: "8/10", "ten out of ten", "meh", "loved it", "😊" – as a number of 1 to 5."""

from __future__ import annotations

import re

from actions import speech

_BEST = 5
_OUT_OF = re.compile(r"(\d{1,2}(?:[.,]\d)?)\s*(?:/|out of|sobre|de)\s*(5|10)(?!\d)", re.IGNORECASE)
_STARS = re.compile(r"(\d)\s*(?:\*|⭐|stars?|estrellas?)", re.IGNORECASE)
_STAR = "⭐*★🌟"
_ROW_OF_STARS = re.compile(rf"(?:[{_STAR}]\ufe0f?\s*)+(?:[☆✩]\s*)*")
_NUMBER_FIRST = re.compile(r"^\W*(\d{1,2})(?:[.,]\d)?(?![\d:/]|\s*(?:pm|am|h|min))(?=\W|$)")
_NUMBER_AT_END = re.compile(r"(?<![\d:/.])(\d{1,2})\W*$")
_ANY_NUMBER = re.compile(r"(?<![\d:/.])(\d{1,2})(?![\d:/])")
_WORD = re.compile(r"[^\W\d_]{3,}")
#: A bare number that is more than five is of ten, if it is surely no slip.
_SURELY_OF_TEN = range(7, 2 * _BEST + 1)
_SCORES = range(1, _BEST + 1)
#: The first that is said counts: what is "not good" must not be taken for good.
_WORDS = (
    ("rates_2_of_good", 2),
    ("rates_4_of_bad", 4),
    *((f"rates_{score}", score) for score in (1, 5, 2, 3, 4)),
)


def said(text: str, language: str) -> int | None:
    """1 to 5; None when the words do not tell."""
    number = _number(text, language)
    return number if number is not None else _in_words(text, language)


def pictured(text: str, language: str) -> int | None:
    """Of pictures alone: stars are counted, faces that look one way say so; None when they do not tell."""
    if _ROW_OF_STARS.fullmatch(text.strip()):
        return _stars(text)
    seen = [score for score in _SCORES if speech.says(f"rates_{score}", text, language)]
    return max(seen) if seen and max(seen) - min(seen) <= 1 else None


def corrected(text: str, language: str) -> int | None:
    """ "Sorry, I meant 5": another score than was given before."""
    if not speech.says("meant_another_score", text, language):
        return None
    number = _NUMBER_AT_END.search(text) or _ANY_NUMBER.search(text)
    return _of_five(number[1]) if number else said(text, language)


def of_ten(text: str, language: str) -> int | None:
    """0 to 10, for a question that asks for that."""
    figures = _in_figures(text, language)
    if found := _OUT_OF.search(figures):
        return round(float(found[1].replace(",", ".")) * 2 * _BEST / int(found[2]))
    found = _given(figures, language) or _NUMBER_AT_END.search(figures)
    return int(found[1]) if found and int(found[1]) <= 2 * _BEST else None


def _number(text: str, language: str) -> int | None:
    figures = _in_figures(text, language)
    if found := _OUT_OF.search(figures):
        share = float(found[1].replace(",", ".")) / int(found[2])
        return max(1, min(_BEST, int(share * _BEST + 0.5)))
    if stars := _STARS.search(figures):
        return _of_five(stars[1])
    if _ROW_OF_STARS.fullmatch(text.strip()):
        return _stars(text)
    given = _given(text, language) or _given(figures, language, only_said_to_be=True)
    return _of_five(given[1]) if given else None


def _given(text: str, language: str, *, only_said_to_be: bool = False) -> re.Match[str] | None:
    """A number that stands first, or is said to be the score, and does not count people, minutes or the like."""
    places = [] if only_said_to_be else [match] if (match := _NUMBER_FIRST.search(text)) else []
    for begins, ends in speech.places("gives_a_score", text, language):
        places += [found] if (found := re.compile(r"(\d{1,2})").fullmatch(text, begins, ends)) else []
    counted = [begins for begins, _ in speech.places("counts_something", text, language)]
    return next((each for each in places if not _is_before(each.end(1), counted, text)), None)


def _is_before(ends: int, counted: list[int], text: str) -> bool:
    return any(ends <= begins and not text[ends:begins].strip() for begins in counted)


def _in_figures(text: str, language: str) -> str:
    """ "Ten out of ten" is 10 out of 10."""

    def figure(word: re.Match[str]) -> str:
        number = speech.number(word[0], language)
        return word[0] if number is None or number > 2 * _BEST else str(number)

    return _WORD.sub(figure, text)


def _stars(text: str) -> int:
    return min(_BEST, sum(text.count(star) for star in _STAR))


def _of_five(digits: str) -> int | None:
    """What is surely more than five is of ten."""
    number = int(digits)
    if number > _BEST:
        return (number + 1) // 2 if number in _SURELY_OF_TEN else None
    return max(1, number)


def _in_words(text: str, language: str) -> int | None:
    return next((score for key, score in _WORDS if speech.says(key, text, language)), None)
