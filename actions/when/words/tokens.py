"""Text to tokens with their places: words, numbers, written dates and clocks, and what is certainly not time.

Prices, phone numbers, addresses of web and mail are recognised here: the grammar never sees their digits.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_MARK = (
    "[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0962\u0963\u0981-\u0983\u09bc-\u09d7"
    "\u200c\u200d]"
)
"""Vowel signs and joiners inside a word, which `re` takes for punctuation."""
_PATTERN = re.compile(
    r"""
    (?P<blocked>
        \S+@\S+ | https?://\S+ | www\.\S+                       # mail, web
      | [£$€¥]\s?\d[\d.,]*k?\b | \d[\d.,]*\s?[£$€¥%]
      | \#\s?\d+ | \+\d[\d\ ().-]{6,}\d                         # no. 5, +44 …
      | (?<!\d)0\d{2,4}[\ -]?\d{3}[\ -]?\d{3,4}(?!\d)           # 07700 900123
      | (?<!\d)0\d{1,3}(?:[\ ./-]\d{2,3}){3,4}(?!\d)           # 06 12 34 56 78
      | (?<!\d)\(?\d{3}\)?[\ .-]\d{3}[\ .-]\d{4}(?!\d)          # 212-555-0100
      | \b\d['’]\d{1,2}(?!\d)                                 # 5'10"
      | \d{5,} | \d+[.,]\d{3,} | \d{1,3}(?:,\d{3})+
      | \d+(?:\.\d+){3,}
    )
  | (?<![\w-])(?P<iso>\d{4}[-/.](?:1[0-2]|0?[1-9])[-/.](?:3[01]|[12]\d|0?[1-9]))(?:T(?=\d\d:))?(?![\d]|\.\w)
  | (?P<dmy>\d{1,2}(?P<mark>[/.-])\d{1,2}(?P=mark)(?:\d{4}|\d{2}))(?![\d/])
  | (?<![\d/.-])(?P<my>(?:1[0-2]|0?[1-9])\ ?[/-]\ ?(?:19|20|21)\d\d)(?![\d/:-])
  | (?P<ym>(?:19|20|21)\d\d\ ?[/-]\ ?(?:1[0-2]|0?[1-9]))(?![\d/:-])
  | (?P<clock>\d{1,2}(?:[:;]\d{2}(?::\d{2})?|h\d{2}))(?![\d:]|/\d{1,2}/)
  | (?<!\d[.:])(?P<dm>\d{1,2}/\d{1,2})(?![\d/]|\.\d)
  | (?P<dotted>\d{1,2}\.\d{1,2}\.?)(?![\d/])
  | (?P<num>\d+)
  | (?P<word>(?:[^\W\d_]MARK*)+(?:['’](?:[^\W\d_]MARK*)+)*['’]?)
  | (?P<sign>\S)
    """.replace("MARK", _MARK),
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    """As `folded` has it."""
    start: int
    end: int
    glued: bool
    """Nothing stands between this token and the one before: "3pm"."""


def tokenize(text: str, elisions: frozenset[str] = frozenset()) -> list[Token]:
    """`elisions` are the beginnings that a language ties to the next word: the l of "l'heure" is a token, as
    it is in "l heure"."""
    tokens: list[Token] = []
    previous_end = -1
    for match in _PATTERN.finditer(text):
        kind = str(match.lastgroup)
        start, end = match.span(kind)
        plain = folded(text[start:end])
        glued = start == previous_end
        previous_end = end
        if kind == "word":
            while len(plain) == end - start and (tied := _elided(plain, elisions)):
                tokens.append(Token(kind, tied, start, start + len(tied), glued))
                start, plain, glued = start + len(tied) + 1, plain[len(tied) + 1 :], True
            if plain.endswith("'") and not plain.endswith("s'"):
                plain, end = plain[:-1], end - 1
        if plain:
            tokens.append(Token(kind, plain, start, end, glued))
    return tokens


_LEFT_OUT = re.compile("[\u0300-\u036f\u064b-\u0652]")
"""Accents, and the vowels of Arabic: people leave them out, so tables and messages are read without."""


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Lower case, plain apostrophes, no accents."""
    lower = text.lower().replace("’", "'").replace("ß", "ss")
    if lower.isascii():
        return lower
    parts = unicodedata.normalize("NFKD", lower)
    return unicodedata.normalize("NFC", "".join(c for c in parts if not _LEFT_OUT.match(c)))


def _elided(word: str, elisions: frozenset[str]) -> str | None:
    head, mark, rest = word.partition("'")
    return head if mark and rest and head in elisions else None
