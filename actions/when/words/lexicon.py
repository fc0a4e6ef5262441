"""The table of one language, read once: which phrases carry which kind of meaning.

Everything particular to a language is in `languages/<code>.yml`; the grammar knows only the kinds.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from actions.when.words.tokens import folded, tokenize
from actions.when.words.vocabulary import Daypart, Lexicon, Meaning


def language_of(locale: str) -> str:
    return locale.replace("_", "-").partition("-")[0].lower()


@lru_cache(maxsize=256)
def has_table(locale: str) -> bool:
    code = language_of(locale)
    return code.isalpha() and (resources.files("actions.when.words") / "languages" / f"{code}.yml").is_file()


@lru_cache(maxsize=32)
def lexicon_for(locale: str) -> Lexicon:
    """The table for "en-GB", "en" …; only of languages that have one."""
    code, country = language_of(locale), locale.replace("_", "-").rpartition("-")[2].upper()
    file = resources.files("actions.when.words") / "languages" / f"{code}.yml"
    return _build(code, country, _loaded(file.read_text("utf-8")))


def _loaded(text: str) -> dict[str, Any]:
    """By libyaml where it is there, which takes a tenth of the time."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    table: dict[str, Any] = yaml.load(text, Loader=loader)
    return table


def _build(code: str, country: str, table: dict[str, Any]) -> Lexicon:
    lexicon = Lexicon(
        code,
        weak=_words(table, "weak"),
        weak_not_after=_words(table, "weak_not_after"),
        about_before_clocks=_words(table, "about_before_clocks"),
        verbs_after=_words(table, "verbs_after") or _words(table, "weak_not_after"),
        titles=_words(table, "titles"),
        articles=_words(table, "articles"),
        plurals=_words(table, "plurals"),
        ordinal_suffixes=_words(table, "ordinal_suffixes"),
        rank_suffixes=_words(table, "rank_suffixes"),
        ordinal_point=bool(table.get("ordinal_point")),
        greets=_words(table, "greets"),
        hyphen_dates=bool(table.get("hyphen_dates")),
        ordinal_heads=_words(table, "ordinal_heads"),
        street_endings=tuple(sorted(_words(table, "street_endings"))),
        endings=tuple(table.get("endings", ())),
        transcriptions=table.get("transcriptions", {}),
        marked_hours=bool(table.get("marked_hours")),
        parts=table.get("parts", {}),
        elisions=_words(table, "elisions"),
        numbered_days=table.get("numbered_days", {}),
        compounds=bool(table.get("compounds")),
        glued_halves=table.get("glued_halves", {}),
        glued_units=table.get("glued_units", {}),
        approximate_endings=tuple(table.get("approximate_endings", ())),
        fuzzy=tuple(sorted(_words(table, "fuzzy"))),
        not_typos=_words(table, "not_typos"),
    )
    _add_spelled_out(lexicon, table)
    _add_phrases(lexicon, country, table)
    return lexicon


def _add_spelled_out(lexicon: Lexicon, table: dict[str, Any]) -> None:
    for short, long in table.get("spelled_out", {}).items():
        words = tuple(token.text for token in tokenize(str(short), lexicon.elisions))
        rows = lexicon.spelled_out.setdefault(words[0], [])
        rows.append((words, tokenize(str(long), lexicon.elisions)))
        rows.sort(key=lambda row: -len(row[0]))


def _add_phrases(lexicon: Lexicon, country: str, table: dict[str, Any]) -> None:
    """A country's own words come before the language's, and holidays beside them."""
    seen: dict[tuple[str, ...], Meaning] = {}
    for phrase, rule in _holidays(table, country).items():
        for words in lexicon.spellings(phrase):
            lexicon.add(words, ("holiday", rule))
            seen[words] = ("holiday", rule)
    own: set[tuple[str, ...]] = set()
    for words, meaning in _spelled(_entries_of(table, country), lexicon):
        lexicon.add(words, meaning)
        own.add(words)
    for words, meaning in _spelled(_entries(table), lexicon):
        if words in own:
            continue
        if words not in seen:
            lexicon.add(words, meaning)
        if seen.setdefault(words, meaning) != meaning:
            raise ValueError(f"{lexicon.code}.yml: {' '.join(words)!r} is both {seen[words]} and {meaning}")
    for name, zone in _zones(tuple(table.get("zone_of_place", ()))):
        words = lexicon.words_of(name)
        if words not in seen:
            lexicon.add(words, ("zone", zone))


def _words(table: dict[str, Any], name: str) -> frozenset[str]:
    return frozenset(folded(str(word)) for word in table.get(name, ()))


def _spelled(
    entries: Iterator[tuple[object, str, Any]], lexicon: Lexicon
) -> Iterator[tuple[tuple[str, ...], Meaning]]:
    return ((words, (kind, value)) for phrase, kind, value in entries for words in lexicon.spellings(phrase))


def _entries_of(table: dict[str, Any], country: str) -> Iterator[tuple[object, str, Any]]:
    """What is said otherwise in one country: "fin de semaine" is the weekend in Québec."""
    own = table.get("countries", {}).get(country, {})
    for name, phrases in own.get("dayparts", {}).items():
        for phrase in phrases:
            yield phrase, "daypart", _daypart(name, table["dayparts"][name])
    for kind, values in own.get("words", {}).items():
        for value, phrases in values.items():
            for phrase in phrases:
                yield phrase, kind, value


def _entries(table: dict[str, Any]) -> Iterator[tuple[object, str, Any]]:
    for kind, first in (("weekday", 0), ("month", 1), ("num", 0), ("ord", 1)):
        name = {"num": "numbers", "ord": "ordinals"}.get(kind, f"{kind}s")
        for value, words in enumerate(table.get(name, ()), start=first):
            for word in words if isinstance(words, list) else [words]:
                yield word, kind, value
    for name, kind in (
        ("tens", "tens"),
        ("number_phrases", "few"),
        ("ordinal_tens", "ord"),
        ("minutes_past", "quarter"),
        ("minutes_behind", "minutes_behind"),
        ("half_unit", "half_unit"),
    ):
        for phrase, value in table.get(name, {}).items():
            yield phrase, kind, value
    for phrase, clock in table.get("clock_words", {}).items():
        yield phrase, "clockword", time.fromisoformat(clock)
    for name, kind in (("units", "unit"), ("halves", "half"), ("days", "relday")):
        for value, phrases in table.get(name, {}).items():
            for phrase in phrases:
                yield phrase, kind, value
    for name, part in table.get("dayparts", {}).items():
        meaning = _daypart(name, part)
        for phrase in part["words"]:
            yield phrase, "daypart", meaning
        for phrase in part.get("beside", ()):
            yield phrase, "meal", meaning
        for phrase in part.get("or_tomorrow", ()):
            yield phrase, "morrow", meaning
    for kind, values in table.get("words", {}).items():
        for value, phrases in values.items():
            for phrase in phrases:
                yield phrase, kind, value
    shares = table.get("and_a_half", ())
    for phrase, share in shares.items() if isinstance(shares, dict) else ((each, 0.5) for each in shares):
        yield phrase, "and_a_half", share
    for kind in ("noise", "filler"):
        for phrase in table.get(kind, ()):
            yield phrase, kind, None


def _zones(said: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Abbreviations, and "{} time" with every place; what is another word in the language stays that word."""
    names = _zone_names()
    for zone, words in names["abbreviations"].items():
        for word in words:
            yield word, zone
    for zone, places in names["places"].items():
        for place in places:
            for pattern in said:
                yield pattern.format(place), zone


@lru_cache(maxsize=1)
def _zone_names() -> dict[str, Any]:
    return _loaded((resources.files("actions.when.words") / "zones.yml").read_text("utf-8"))


def _holidays(table: dict[str, Any], country: str) -> dict[str, str]:
    """Phrase to rule; the country's own come before everybody's. Apostrophes may be left out."""
    rules: dict[str, str] = {}
    for names in (table.get("holidays_of", {}).get(country, {}), table.get("holidays", {})):
        for rule, phrases in names.items():
            for phrase in phrases:
                rules.setdefault(str(phrase), rule)
                rules.setdefault(str(phrase).replace("'", ""), rule)
                rules.setdefault(str(phrase).replace("st ", "st. "), rule)
    return rules


def _daypart(name: str, part: dict[str, Any]) -> Daypart:
    window, half = part["window"], part["half"]
    if window in ("opening", "closing"):
        return Daypart(name, None, None, half, window)
    start, end = (time.fromisoformat(clock) if clock else None for clock in window.split("-"))
    return Daypart(name, start, end, half)
