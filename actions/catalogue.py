""" "A trim with Ana" → a Service and a StaffMember of this business.

Names are matched against the live catalogue, so a service added this morning is understood this morning, with no
retraining. The longest phrase wins ("beard trim" before "trim"); a misspelling counts when the word is long enough
that it can hardly be another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from actions import speech
from actions.core_types import Desk, Location, Service, StaffMember
from actions.likeness import alike, score, words_of
from actions.mentions import mentions_in
from actions.people import people_in, ruled_out

_SHORTEST_ALONE = 4
"""Where nothing else is said, a shorter misspelt word counts too."""


@dataclass(frozen=True)
class Named:
    """What a text names of this business; several people = the words fit all of them equally.

    `not_with`: who is not wanted; `somebody_else`: whoever was spoken of so far is not.

    `wishes`: the services wanted in one visit, each with those that its words fit equally; `without`: what is not
    wanted; `added`, `replaced`: how they go with what is arranged already, if that is said.
    """

    wishes: tuple[tuple[Service, ...], ...] = ()
    without: tuple[Service, ...] = ()
    added: bool = False
    replaced: bool = False
    people: tuple[StaffMember, ...] = ()
    not_with: tuple[StaffMember, ...] = ()
    somebody_else: bool = False
    anyone: bool = False
    location: Location | None = None
    unknown_service: str | None = None
    unknown_person: str | None = None

    @property
    def services(self) -> tuple[Service, ...]:
        """All that are wanted or may be meant."""
        return tuple(service for wish in self.wishes for service in wish)

    @property
    def staff(self) -> StaffMember | None:
        """The one person who is named."""
        return self.people[0] if len(self.people) == 1 else None


def named_in(text: str, desk: Desk, beside: str | None = None) -> Named:
    """`beside`: the text without the services' own names and without whoever the visit is for."""
    beside = text if beside is None else beside
    mentions = mentions_in(text, (*desk.services, *desk.addons), desk.language)
    named = bool(mentions.wanted or mentions.without)
    not_with, rest = ruled_out(beside, desk.staff, desk.language)
    people = people_in(rest, desk.staff, desk.language)
    return Named(
        wishes=mentions.wanted,
        without=mentions.without,
        added=named and speech.says("added", beside, desk.language),
        replaced=named and speech.says("replaced", beside, desk.language),
        people=people,
        not_with=not_with,
        somebody_else=speech.says("somebody_else", beside, desk.language),
        anyone=speech.says("anyone", beside, desk.language),
        location=_location_in(beside, desk.locations),
        unknown_service=None if named else _unknown_service(text, desk.language),
        unknown_person=None if people or not_with else _unknown_person(beside, desk),
    )


def _location_in(text: str, locations: Sequence[Location]) -> Location | None:
    words = words_of(text)
    for location in locations:
        street = re.sub(r"^\d+\w*\s+", "", location.address.split(",")[0])
        if any(
            score(words, words_of(phrase)) for phrase in (location.name, street, location.name.split()[0])
        ):
            return location
    return None


def _unknown_service(text: str, language: str) -> str | None:
    words = (speech.said("wanted", text, language) or "").lower().split()
    no_service = speech.words("not_a_service", language)
    if not words or speech.folded(words[0]) in no_service:
        return None
    kept = [word for word in words if speech.folded(word) not in no_service]
    return " ".join(kept) or None


def _unknown_person(text: str, desk: Desk) -> str | None:
    name = speech.said("with_a_name", text, desk.language)
    known = {word for service in desk.services for word in words_of(service.name)}
    return name if name and name.lower() not in known else None


def only_names(text: str, desk: Desk) -> bool:
    """ "Beard trim" is what the business calls it, in whatever language the customer writes."""
    places = (each.name for each in desk.locations)
    names = [*(each.name for each in desk.services), *(each.name for each in desk.staff), *places]
    known = {word for name in names for word in words_of(name)}
    articles = speech.words("articles", desk.language)
    said = [word for word in words_of(text) if word not in articles]
    return all(any(alike(word, each, _SHORTEST_ALONE) for each in known) for word in said)


def best_matching(text: str, labels: Iterable[str]) -> int | None:
    """The index of the one label that all the text's words stand in, or None when none or several do."""
    said = set(words_of(text))
    fits = [n for n, label in enumerate(labels) if said and said <= set(words_of(label))]
    return fits[0] if len(fits) == 1 else None
