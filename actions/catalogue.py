""" "A trim with Ana" → a Service and a StaffMember of this business.

Names are matched against the live catalogue, so a service added this morning is understood this morning, with no
retraining. The longest phrase wins ("beard trim" before "trim"); a misspelling counts when the word is long enough
that it can hardly be another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from actions.core_types import Desk, Location, Service, StaffMember

_CLOSE_ENOUGH = 84
_SHORTEST_MISSPELT = 5
_WORD = re.compile(r"[^\W_]+")
_AFTER_A_PERSON_WORD = re.compile(r"\b(?:with|by|see|seeing|ask for|for)\s+([^\W\d_]{3,})", re.IGNORECASE)
_ANYONE = re.compile(
    r"\b(any(one|body|\s?1)|whoever|no preference|any (stylist|barber|person|of you|staff)|"
    r"(don'?t|do not) (mind|care) who)\b",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"\b(?:book|need|want|get|have|like|do you (?:do|offer)|how much (?:is|for))\s+"
    r"(?:me\s+|in\s+for\s+)?(?:an?|my|some)\s+([^\W\d_]+(?:\s+[^\W\d_]+)?)",
    re.IGNORECASE,
)
_NOT_A_SERVICE = frozenset(
    "appointment appt booking visit slot time times reservation session spot chat person human question word hand "
    "look bit quick new different another other earlier later nice good few way to for with on at in look list "
    "manager reminder change problem day date something anything price quote idea".split()
)


@dataclass(frozen=True)
class Named:
    """What a text names of this business; several services = the word fits all of them equally."""

    services: tuple[Service, ...] = ()
    staff: StaffMember | None = None
    anyone: bool = False
    location: Location | None = None
    unknown_service: str | None = None
    unknown_person: str | None = None


def named_in(text: str, desk: Desk) -> Named:
    services = _services_in(text, desk.services)
    staff = _staff_in(text, desk.staff)
    return Named(
        services=services,
        staff=staff,
        anyone=bool(_ANYONE.search(text)),
        location=_location_in(text, desk.locations),
        unknown_service=None if services else _unknown_service(text),
        unknown_person=None if staff else _unknown_person(text, desk),
    )


def _services_in(text: str, services: Sequence[Service]) -> tuple[Service, ...]:
    words = _words(text)
    scored: list[tuple[float, Service]] = []
    for service in services:
        best = max(
            (_score(words, _words(phrase)) for phrase in (service.name, *service.aliases)), default=0.0
        )
        if best:
            scored.append((best, service))
    top = max((score for score, _ in scored), default=0.0)
    return tuple(service for score, service in scored if score == top)


def _score(words: list[str], phrase: list[str]) -> float:
    """0 = not there; longer phrases score higher, misspelt ones a little lower than the same phrase spelt right."""
    size = len(phrase)
    if not size or size > len(words):
        return 0.0
    letters = sum(map(len, phrase))
    best = 0.0
    for at in range(len(words) - size + 1):
        window = words[at : at + size]
        if window == phrase:
            return float(letters)
        if all(_alike(said, meant) for said, meant in zip(window, phrase, strict=True)):
            best = letters - 0.5
    return best


def _alike(said: str, meant: str) -> bool:
    if said == meant or said.rstrip("s") == meant.rstrip("s"):
        return True
    long_enough = min(len(said), len(meant)) >= _SHORTEST_MISSPELT
    return long_enough and said[0] == meant[0] and fuzz.ratio(said, meant) >= _CLOSE_ENOUGH


def _staff_in(text: str, staff: Sequence[StaffMember]) -> StaffMember | None:
    words = set(_words(text))
    for member in staff:
        if any(set(_words(name)) <= words for name in _names(member)):
            return member
    for match in _AFTER_A_PERSON_WORD.finditer(text):
        said = match[1].lower()
        for member in staff:
            if any(_nearly(said, name.lower()) for name in _names(member)):
                return member
    return next(
        (
            m
            for m in staff
            for name in _names(m)
            for said in words
            if len(name) >= 5 and _alike(said, name.lower())
        ),
        None,
    )


def _names(member: StaffMember) -> list[str]:
    """A person answers to their first name, their full name and their aliases."""
    return [member.name, member.name.split()[0], *member.aliases]


def _nearly(said: str, name: str) -> bool:
    return said[0] == name[0] and fuzz.ratio(said, name) >= _CLOSE_ENOUGH


def _location_in(text: str, locations: Sequence[Location]) -> Location | None:
    words = _words(text)
    for location in locations:
        street = re.sub(r"^\d+\w*\s+", "", location.address.split(",")[0])
        if any(_score(words, _words(phrase)) for phrase in (location.name, street, location.name.split()[0])):
            return location
    return None


def _unknown_service(text: str) -> str | None:
    match = _WANTED.search(text)
    if not match:
        return None
    words = match[1].lower().split()
    if words[0] in _NOT_A_SERVICE:
        return None
    kept = [word for word in words if word not in _NOT_A_SERVICE]
    return " ".join(kept) or None


def _unknown_person(text: str, desk: Desk) -> str | None:
    """Only a capitalised name after "with" is taken for a person: "with my son" and "with colour" are not."""
    match = re.search(r"\bwith ([A-Z][a-z]{2,})\b", text)
    known = {word for service in desk.services for word in _words(service.name)}
    return match[1] if match and match[1].lower() not in known else None


def _words(text: str) -> list[str]:
    return _WORD.findall(_folded(text))


def _folded(text: str) -> str:
    return text.lower().replace("’", "'").replace("'", "").replace("-", " ")


def best_matching(text: str, labels: Iterable[str]) -> int | None:
    """The index of the one label that all the text's words stand in, or None when none or several do."""
    said = set(_words(text))
    fits = [n for n, label in enumerate(labels) if said and said <= set(_words(label))]
    return fits[0] if len(fits) == 1 else None
