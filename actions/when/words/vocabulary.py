"""What the words of one language mean, and how one that is misspelt, compound or split apart is found again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from functools import cached_property
from typing import Any

from rapidfuzz.distance import OSA

from actions.when.words.tokens import Token, folded, tokenize

Meaning = tuple[str, Any]
_COMPOUND_HEADS = frozenset(
    {"weekday", "month", "relday", "morrow", "num", "few", "half_unit", "quarter", "unit"}
)
_COMPOUND_TAILS = frozenset({"daypart", "morrow", "unit", "part", "weekend", "slot"})


@dataclass(frozen=True)
class Daypart:
    name: str
    start: time | None
    end: time | None
    half: str
    """Half of the day that hours belong to beside it: am, pm, noon, night or late."""
    edge: str | None = None
    """"opening" or "closing" when the window hangs on the opening hours."""


@dataclass
class Lexicon:
    code: str
    phrases: dict[str, list[tuple[tuple[str, ...], Meaning]]] = field(default_factory=dict)
    """First word → (all its words, meaning), longest first."""
    weak: frozenset[str] = frozenset()
    weak_not_after: frozenset[str] = frozenset()
    about_before_clocks: frozenset[str] = frozenset()
    """Words of no meaning but before a time: "like 3"."""
    verbs_after: frozenset[str] = frozenset()
    """The same for weekdays that are verbs: "I sat"."""
    titles: frozenset[str] = frozenset()
    """Behind one of these every day or month is a name: "Herr Freitag"."""
    articles: frozenset[str] = frozenset()
    """Before a number they make a date of it: "the 27"."""
    plurals: frozenset[str] = frozenset()
    ordinal_suffixes: frozenset[str] = frozenset()
    rank_suffixes: frozenset[str] = frozenset()
    """Ordinals that name no date by themselves: "le 2e mardi", where the date is "le 2"."""
    ordinal_point: bool = False
    """A full stop makes an ordinal ("am 3. Dezember"), and one between two numbers a date before a clock."""
    greets: frozenset[str] = frozenset()
    """Parts of the day that greet when they begin a message: "Abend, …", but not "Vormittag, …"."""
    hyphen_dates: bool = False
    """ "3-4" is the 3rd of April unless something says that it is hours."""
    ordinal_heads: frozenset[str] = frozenset()
    """After one of these a number with a full stop is an ordinal even at the end: "am 25."."""
    street_endings: tuple[str, ...] = ()
    """Names of streets whose number follows end so: "Hauptstraße 12"."""
    endings: tuple[str, ...] = ()
    """What a `~` in a phrase stands for: the inflections of "nächst~"."""
    transcriptions: dict[str, str] = field(default_factory=dict)
    """How letters are spelt where a keyboard lacks them: ü as ue."""
    marked_hours: bool = False
    """A bare number beside a weekday is a date, because hours carry a word: "mardi 15"."""
    parts: dict[str, dict[str, tuple[int, int]]] = field(default_factory=dict)
    """Parts of a week, month or year where the language has its own: [3, 7] are Thursday to Sunday."""
    elisions: frozenset[str] = frozenset()
    numbered_days: dict[str, int] = field(default_factory=dict)
    """Days whose names are numbers too: "segunda" is Monday, and the second."""
    spelled_out: dict[str, list[tuple[tuple[str, ...], list[Token]]]] = field(default_factory=dict)
    """First word → (all the words, what they stand for): "del" is "de el"."""
    compounds: bool = False
    """Two words of time are written as one: "Freitagvormittag"."""
    glued_halves: dict[str, str] = field(default_factory=dict)
    glued_units: dict[str, str] = field(default_factory=dict)
    """Signs that directly behind a number are units: 15'."""
    approximate_endings: tuple[str, ...] = ()
    fuzzy: tuple[str, ...] = ()
    not_typos: frozenset[str] = frozenset()

    def add(self, words: tuple[str, ...], meaning: Meaning) -> None:
        rows = self.phrases.setdefault(words[0], [])
        rows.append((words, meaning))
        rows.sort(key=lambda row: -len(row[0]))

    def tokens_of(self, text: str) -> list[Token]:
        """The text in words, contractions spelled out; both halves of one keep its place in the text."""
        tokens = tokenize(text, self.elisions)
        if not self.spelled_out:
            return tokens
        out: list[Token] = []
        place = 0
        while place < len(tokens):
            for words, meant in self.spelled_out.get(tokens[place].text, ()):
                row = tokens[place : place + len(words)]
                if tuple(token.text for token in row) == words:
                    out += [Token(t.kind, t.text, row[0].start, row[-1].end, False) for t in meant]
                    break
            else:
                row = tokens[place : place + 1]
                out += row
            place += len(row)
        return out

    def words_of(self, phrase: str) -> tuple[str, ...]:
        """As `tokens_of` would have it, which letters and spaces alone do not need."""
        if not phrase.replace(" ", "").isalpha():
            return tuple(token.text for token in self.tokens_of(phrase))
        words = tuple(folded(phrase).split())
        if self.spelled_out.keys().isdisjoint(words):
            return words
        return tuple(token.text for token in self.tokens_of(phrase))

    def spellings(self, phrase: object) -> list[tuple[str, ...]]:
        """The phrase with every inflection, and as it is spelt without the letters of `transcriptions`."""
        written = [str(phrase)]
        while self.endings and "~" in written[0][1:]:
            written = [text.replace("~", ending, 1) for text in written for ending in self.endings]
        if any(letter in str(phrase) for letter in self.transcriptions):
            plain = str.maketrans(self.transcriptions)
            written += [text.translate(plain) for text in written]
        return [self.words_of(text) for text in written]

    def single(self, word: str) -> Meaning | None:
        """What the word means on its own."""
        return next((meaning for words, meaning in self.phrases.get(word, ()) if len(words) == 1), None)

    def halves_of(self, word: str) -> tuple[str, str] | None:
        """The two words of time that a compound is made of."""
        if not self.compounds or len(word) < 7:
            return None
        for cut in range(3, len(word) - 2):
            first, second = self.single(word[:cut]), self.single(word[cut:])
            if first and second and first[0] in _COMPOUND_HEADS and second[0] in _COMPOUND_TAILS:
                return word[:cut], word[cut:]
        return None

    def knows(self, word: str) -> bool:
        return word in self.phrases

    def corrected_month(self, word: str) -> str | None:
        """The month that a word with a number beside it is one slip away from: "Marh 7"."""
        if len(word) < 4 or self.knows(word) or word in self.not_typos:
            return None
        near = [
            month
            for month in self._long_months
            if month[0] == word[0] and OSA.distance(word, month, score_cutoff=1) <= 1
        ]
        return near[0] if len(near) == 1 else None

    @cached_property
    def _long_months(self) -> tuple[str, ...]:
        meanings = ((word, self.single(word)) for word in self.phrases if len(word) > 4)
        return tuple(word for word, meaning in meanings if meaning and meaning[0] == "month")

    def corrected(self, word: str) -> str | None:
        """The day or month that a misspelt word is closest to; `None` unless exactly one is close."""
        if len(word) < 5 or word in self.not_typos or not word.isalpha():
            return None
        limit = 1 if len(word) < 8 else 2
        near: list[tuple[int, str]] = []
        for target in self.fuzzy:
            if target[0] == word[0]:
                distance = OSA.distance(word, target, score_cutoff=limit)
                if distance <= limit:
                    near.append((distance, target))
        near.sort()
        if not near or (len(near) > 1 and near[0][0] == near[1][0]):
            return None
        return near[0][1]
