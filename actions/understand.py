"""One message → facts, and facts → draft.

What a sentence says about service, person, place and time is read the same way whatever its intent is; the intent's own
file then says what those facts do. Corrections win silently and keep the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from actions import repeats, services, speech, the_usual, when
from actions.catalogue import Named, named_in
from actions.companions import (
    left_to_others,
    said_of_one,
    spoken_of,
    with_able_staff,
    with_companion,
    with_crowd,
    with_party,
)
from actions.core_types import Desk
from actions.draft import Companion, Draft
from actions.not_with import another_than, without
from actions.noted import note_in, nothing_else_in, with_note
from actions.offers import wish_in_words
from actions.own_names import without_services, without_staff
from actions.people import called
from actions.turn_types import Heard, Line
from actions.who_comes import Crowd, crowd_in, party_in
from actions.whose import attendee_in, is_for_the_customer, known_better, without_who_comes
from actions.wishes import contradicted, heard_when, on_another_day, starts_shown, with_when

_LONGEST_INITIALS = 3


@dataclass(frozen=True)
class Facts:
    """What one message says; `when` is None when it says nothing about time, `another_day`: than those proposed;
    `introduced`: "my name is …"; `same_again`: "the usual"; `attendee`: who comes instead, `party`: all who come,
    `joins`: as well, `crowd`: so many as is not said; `for_me`: nobody else after all; `note`: what staff should know,
    `only_note`: and nothing else; `times`: so many visits that recur."""

    named: Named = field(default_factory=Named)
    when: when.TimeConstraint | None = None
    name: str | None = None
    introduced: bool = False
    another_day: bool = False
    same_again: bool = False
    attendee: str | None = None
    for_me: bool = False
    party: tuple[Companion, ...] = ()
    joins: bool = False
    crowd: Crowd | None = None
    note: str | None = None
    only_note: bool = False
    times: int | None = None

    @property
    def any(self) -> bool:
        named = self.named
        return bool(
            named.services
            or named.without
            or named.people
            or named.anyone
            or named.not_with
            or named.somebody_else
            or named.location
            or self.when
            or self.another_day
            or self.same_again
            or self.attendee
            or self.for_me
            or self.party
            or self.crowd
            or self.times
        )


def facts_in(heard: Heard, draft: Draft, desk: Desk) -> Facts:
    if heard.tap or not heard.text.strip():
        return Facts()
    note, rest = note_in(heard.text, desk.language)
    text = speech.without("our_hours", rest, desk.language)
    plain = without_services(text, desk)
    attendee, beside = attendee_in(plain, desk), without_who_comes(plain, desk)
    constraint = heard_when(without_staff(plain, desk), draft, desk)
    party = party_in(text, desk)
    attendee = spoken_of(text, draft) or attendee
    times = repeats.times_said(plain, constraint, draft, desk.language)
    only_counts = times and repeats.is_asked(draft)
    return Facts(
        named=named_in(text, desk, beside),
        when=None if constraint.empty or only_counts else constraint,
        name=_name_said(text, desk),
        another_day=constraint.empty and speech.says("another_day", text, desk.language),
        introduced=speech.says("introduces", text, desk.language),
        same_again=speech.says("same_again", text, desk.language),
        attendee=None if party else attendee,
        party=party,
        crowd=crowd_in(text, desk),
        joins=speech.says("as_well", text, desk.language),
        for_me=bool(draft.attendee or draft.party) and not party and is_for_the_customer(text, desk),
        note=note,
        only_note=note is not None and nothing_else_in(rest, desk.language),
        times=times,
    )


def merged(draft: Draft, facts: Facts, desk: Desk) -> tuple[Draft, tuple[Line, ...]]:
    """The draft with the facts in it, and what has to be said about those that could not be used."""
    lines = list[Line]()
    draft, named = _who_comes(draft, facts)
    if facts.same_again and not named.services:
        draft = _as_last_time(draft, desk)
    draft = the_usual.giving_way(draft, named, desk)
    draft, apart = services.with_named(draft, named, desk)
    lines += apart
    if named.unknown_service and draft.service_id is None:
        draft = draft.but(not_the_usual=True)
        lines.append(Line("utter_unknown_service", {"said": named.unknown_service}))
    if named.unknown_person and not (named.people or named.anyone):
        lines.append(
            Line("utter_unknown_person", {"said": named.unknown_person, "staff": _staff_names(desk)})
        )
    draft = _with_people(draft, named)
    if named.location and not (draft.slot and draft.slot.location_id == named.location.id):
        draft = draft.without_slot().but(location_id=named.location.id)
    if facts.note:
        draft = draft.but(note=with_note(draft.note, facts.note))
    if facts.when:
        if given_up := contradicted(draft, facts.when):
            lines.append(Line("utter_wish_given_up", {"wish": wish_in_words(given_up, draft, desk)}))
        draft = with_when(draft, facts.when, desk)
    elif facts.another_day and starts_shown(draft):
        draft = on_another_day(draft, desk)
    draft = repeats.heard(draft, facts.times, facts.when)
    draft, unable = _only_able_staff(draft, desk)
    draft, unable_beside = with_able_staff(draft, desk)
    return draft, (*lines, *unable, *unable_beside)


def _who_comes(draft: Draft, facts: Facts) -> tuple[Draft, Named]:
    """The draft for whom it is meant, and what is left of what was named: what is theirs alone is in it already."""
    if draft.goal != "book":
        return draft, facts.named
    if facts.party:
        return with_party(draft, facts.party), left_to_others(facts.named, facts.party)
    if facts.crowd:
        return with_crowd(draft, facts.crowd), facts.named
    if said_of_one(draft, facts.named) is not None and not facts.attendee:
        return with_companion(draft, None, facts.named)
    if facts.attendee and (draft.party or (facts.joins and draft.service_id and not draft.attendee)):
        return with_companion(draft, facts.attendee, facts.named)
    if facts.attendee or facts.for_me:
        draft = draft.without_slot() if draft.party else draft
        return draft.but(party=(), attendee=known_better(facts.attendee, draft.attendee)), facts.named
    return draft, facts.named


def _with_people(draft: Draft, named: Named) -> Draft:
    out = [each.id for each in named.not_with]
    out += another_than(draft) if named.somebody_else and not (named.people or out) else ()
    named_ids = tuple(each.id for each in named.people)
    if out:
        draft = without(draft, out)
    elif named.anyone:
        draft = draft.without_slot().but(staff_id=None, anyone=True, unsure_of=(), not_with=())
    if not named_ids:
        return draft
    draft = draft.but(anyone=False, not_with=tuple(each for each in draft.not_with if each not in named_ids))
    if named.staff and not (draft.slot and draft.slot.staff_id == named.staff.id):
        return draft.without_slot().but(staff_id=named.staff.id, unsure_of=())
    if len(named_ids) > 1 and draft.staff_id not in named_ids:
        return draft.without_slot().but(staff_id=None, unsure_of=named_ids)
    return draft


def _as_last_time(draft: Draft, desk: Desk) -> Draft:
    """ "Same again": the visit just booked, else what this customer usually has, with whom they usually have it."""
    if draft.assumed:
        return draft.without_slot().but(assumed=())
    if draft.service_id is not None:
        return draft
    if last := desk.appointment(draft.appointment_id):
        return draft.but(**services.of_visit(last), staff_id=last.staff_id)
    return draft.but(service_id=desk.customer.usual_service_id, staff_id=desk.customer.usual_staff_id)


def _only_able_staff(draft: Draft, desk: Desk) -> tuple[Draft, tuple[Line, ...]]:
    """A person who does not offer the service, or not there, is let go, and that is said."""
    if draft.staff_id is not None and draft.goal != "move":
        draft = services.begun_by(draft.staff_id, draft, desk)
    service, member = desk.service(draft.service_id), desk.staff_member(draft.staff_id)
    if not service or not member or member.id in service.staff_ids:
        return draft, ()
    return draft.without_slot().but(staff_id=None), (services.cannot_do(member, service, desk),)


def _name_said(text: str, desk: Desk) -> str | None:
    said = speech.said("name_said", text, desk.language)
    return tidy_name(said, desk.language) if said else None


def tidy_name(text: str, language: str) -> str | None:
    """A name as it would be written down, or None when this cannot be one."""
    kept = (speech.said("name_said", text, language) or _without_lead_in(text, language)).strip(
        " .,!?;:\"'()"
    )
    words = _without_courtesy(kept.split(), language)
    if not 1 <= len(words) <= 4 or len(kept) > 60 or any(char.isdigit() for char in kept):
        return None
    if not all(re.fullmatch(r"[^\W\d_][\w'’.-]*", word) for word in words):
        return None
    plain = [speech.folded(word.lower()) for word in words]
    if plain[0] in speech.words("not_a_name", language) or speech.words("never_in_a_name", language) & {
        *plain
    }:
        return None
    shouted = len(words) > 1 and all(word.isupper() for word in words)
    longest = _LONGEST_INITIALS - 1 if shouted else _LONGEST_INITIALS
    return " ".join(_as_written_down(word, longest) for word in words)


def _as_written_down(word: str, longest_initials: int) -> str:
    """ "mary-anne" and "MARY-ANNE" are Mary-Anne; "McKay" and "JP" are as they are."""
    shouted = word.isupper() and len(word) > longest_initials
    return "-".join(part.capitalize() for part in word.split("-")) if word.islower() or shouted else word


def _without_lead_in(text: str, language: str) -> str:
    """ "Ok, its Omar" is called Omar."""
    while begins := speech.places("before_a_name", text, language):
        text = text[begins[0][1] :]
    return text


def _without_courtesy(words: list[str], language: str) -> list[str]:
    """ "Ines Novak please" is called Ines Novak."""
    courtesies = speech.words("after_a_name", language)
    kept = len(words)
    while kept > 1 and speech.folded(words[kept - 1].lower().strip(".,!")) in courtesies:
        kept -= 1
    return [*words[: kept - 1], words[kept - 1].rstrip(",")] if words else words


def _staff_names(desk: Desk) -> str:
    return ", ".join(called(each.name, desk.staff) for each in desk.staff)
