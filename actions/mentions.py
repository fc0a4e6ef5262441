"""Which services a text names, place by place.

Two services in two places with an "and" between them are both wanted; one word that fits two services is one wish that
has to be made clear; and what follows "without" is not wanted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from actions import speech
from actions.core_types import Service
from actions.likeness import places, same_word, words_of

_WORD = re.compile(r"[^\W_]+(?:['’]+[^\W_]+)*")
_VARIANT = re.compile(r"\s*[(:,–]|\s+-\s|\s+(?=\d)")
_Wish = tuple[Service, ...]
_WORDS_BETWEEN = 3


@dataclass(frozen=True)
class Mentions:
    """`wanted`: one a place, the services that its words fit equally; `without`: what is not wanted."""

    wanted: tuple[_Wish, ...] = ()
    without: _Wish = ()


@dataclass(frozen=True)
class _Place:
    """Words from the `first` to before `end`; the more letters they have in common, the greater the `weight`."""

    weight: float
    first: int
    end: int
    services: _Wish


def mentions_in(text: str, services: Sequence[Service], language: str) -> Mentions:
    words = list(_WORD.finditer(text))
    wanted: list[_Place] = []
    without: list[Service] = []
    since = 0
    said = [words_of(word[0])[0] for word in words]
    for place in _places(said, services) or _loosely(said, services):
        between = text[since : words[place.first].start()]
        since = words[place.end - 1].end()
        if speech.says("not_wanted", between, language):
            without += place.services
        elif wanted and speech.says("either_wanted", between, language):
            wanted[-1] = replace(wanted[-1], services=(*wanted[-1].services, *place.services))
        elif not wanted or speech.says("both_wanted", between, language):
            wanted.append(place)
        elif place.weight > wanted[-1].weight:
            wanted[-1] = place
    return Mentions(_told_apart([place.services for place in wanted]), tuple(without))


def places_in(text: str, services: Sequence[Service]) -> list[tuple[int, int, _Wish]]:
    """Where services are named, [begins, ends), and which the words fit."""
    words = list(_WORD.finditer(text))
    found = _places([words_of(word[0])[0] for word in words], services)
    return [(words[each.first].start(), words[each.end - 1].end(), each.services) for each in found]


def _places(said: list[str], services: Sequence[Service]) -> list[_Place]:
    """The heaviest first take their words; what else fits the same words as well is meant there too."""
    fits = [
        _Place(weight, at, at + len(phrase), (service,))
        for service, phrases in zip(services, _phrases(services), strict=True)
        for phrase in phrases
        for at, weight in places(said, list(phrase))
    ]
    kept: list[_Place] = []
    for fit in sorted(fits, key=lambda each: -each.weight):
        n = next((n for n, each in enumerate(kept) if fit.first < each.end and each.first < fit.end), None)
        if n is None:
            kept.append(fit)
        elif fit.weight == kept[n].weight and fit.services[0] not in kept[n].services:
            kept[n] = replace(kept[n], services=(*kept[n].services, *fit.services))
    told = [replace(each, services=_closest(each.services, said)) for each in kept]
    return sorted(told, key=lambda each: each.first)


def _phrases(services: Sequence[Service]) -> list[set[tuple[str, ...]]]:
    """What each answers to: its names, and "balayage" where "Balayage (half head)" is no other's whole name."""
    whole = [{tuple(words_of(name)) for name in (each.name, *each.aliases)} for each in services]
    known = set().union(*whole)
    short = [tuple(words_of(_VARIANT.split(each.name)[0])) for each in services]
    return [
        names | ({stem} if stem and stem not in known else set())
        for names, stem in zip(whole, short, strict=True)
    ]


def _closest(wish: _Wish, said: Sequence[str]) -> _Wish:
    """Of services that fit the same words, those of whose names more is said: "balayage, the half head one"."""
    if len(wish) < 2:
        return wish
    counts = [len(set(words_of(each.name)) & set(said)) for each in wish]
    return tuple(each for each, count in zip(wish, counts, strict=True) if count == max(counts))


def _loosely(said: list[str], services: Sequence[Service]) -> list[_Place]:
    """ "My sink is totally blocked" is a "blocked sink", and "leaking" a "leak": in any order, close together."""
    found = []
    for service in services:
        for phrase in (words_of(name) for name in (service.name, *service.aliases)):
            at = [
                next((n for n, word in enumerate(said) if same_word(word, meant)), None) for meant in phrase
            ]
            places = [n for n in at if n is not None]
            if len(places) == len(phrase) and max(places) - min(places) < len(phrase) + _WORDS_BETWEEN:
                weight = float(sum(map(len, phrase)))
                found.append(_Place(weight, min(places), max(places) + 1, (service,)))
    heaviest = max((each.weight for each in found), default=0.0)
    return [each for each in found if each.weight == heaviest][:1]


def _told_apart(wishes: Sequence[_Wish]) -> tuple[_Wish, ...]:
    """ "A colour, the full colour": said twice, and the second time more clearly."""
    kept: list[_Wish] = []
    for wish in wishes:
        for n, earlier in enumerate(kept):
            if both := tuple(each for each in earlier if each in wish):
                kept[n] = both
                break
        else:
            kept.append(wish)
    return tuple(kept)
