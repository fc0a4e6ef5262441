"""Months that are first names, told by the capital letter of the surname behind them: "for April Jones"."""

from __future__ import annotations

from dataclasses import replace

from actions.when.words.tokens import Token
from actions.when.words.vocabulary import Lexicon

_BEFORE_MONTHS = frozenset(
    {"in", "of", "by", "since", "until", "this", "next", "last", "part", "before", "after", "to"}
)


def without_names(tokens: list[Token], text: str, lexicon: Lexicon) -> list[Token]:
    """ "April Jones" is nobody's April; "In April Jones is away" and "April Haircuts" in a headline may be."""
    weak = [place for place, token in enumerate(tokens[:-1]) if token.text in lexicon.weak]
    if not weak or not any(letter.islower() for letter in text):
        return tokens
    cleaned = list(tokens)
    for place in weak:
        if _is_a_first_name(tokens, place, text, lexicon):
            cleaned[place] = replace(tokens[place], kind="name", text=f"{tokens[place].text} (name)")
    return cleaned


def _is_a_first_name(tokens: list[Token], place: int, text: str, lexicon: Lexicon) -> bool:
    token, after = tokens[place], tokens[place + 1]
    if (lexicon.single(token.text) or ("",))[0] != "month" or text[token.end : after.start] != " ":
        return False
    if not all(_is_capital(text, each) for each in (token, after)) or lexicon.knows(after.text):
        return False
    before = tokens[place - 1] if place else None
    if before is None or before.kind != "word" or lexicon.corrected(after.text):
        return False
    return (lexicon.single(before.text) or ("",))[0] not in _BEFORE_MONTHS and not _is_capital(text, before)


def _is_capital(text: str, token: Token) -> bool:
    written = text[token.start : token.end]
    return len(written) > 1 and written[0].isupper() and written[1:].islower()
