"""Whom a visit is for, when it is not the customer: "my son Leo", "my mum", "Leo".

It is kept as staff read it: a name with the relation behind it, or whichever of the two was said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from actions import speech
from actions.core_types import Desk
from actions.likeness import alike, words_of
from actions.mentions import mentions_in
from actions.people import people_in
from actions.wishes import says_nothing_of_time
from actions.words import words

_NAME_AND_RELATION = re.compile(r"(.+) \((.+)\)")
_WORD = re.compile(r"\S+")
_NEXT_WORD = re.compile(r",? ([^\W\d_]+)")
_CLOSE_BEHIND = len(" and ")


@dataclass(frozen=True)
class Guest:
    """Who comes, as staff read it, and where the text names them: [begins, ends)."""

    begins: int
    ends: int
    kept: str


def guests_in(text: str, desk: Desk) -> list[Guest]:
    """Everybody but the customer whom the text says a visit is for, in order."""
    typed = unicodedata.normalize("NFC", text)
    related = [_related(typed, begins, ends, desk) for begins, ends in _places("for_a_relation", typed, desk)]
    named = [_named(typed, begins, ends, desk) for begins, ends in _places("for_a_name", typed, desk)]
    named += [
        guest
        for begins, ends in _places("for_somebody", typed, desk)
        if not people_in(typed[begins:ends], desk.staff, desk.language)
        and (guest := _named(typed, begins, ends, desk))
    ]
    found: list[Guest] = []
    for guest in sorted(filter(None, (*related, *named)), key=lambda each: (each.begins, -each.ends)):
        if found and guest in named and _is_a_relation(found[-1].kept):
            found[-1] = Guest(found[-1].begins, guest.ends, f"{guest.kept} ({found[-1].kept})")
        elif not found or guest.begins >= found[-1].ends:
            found.append(guest)
    return found


def attendee_in(text: str, desk: Desk) -> str | None:
    """Who comes, as the text says it; `None` when it speaks of nobody but the customer."""
    guests = guests_in(text, desk)
    return guests[0].kept if guests else None


def without_who_comes(text: str, desk: Desk) -> str:
    """The text without the names of those who come, so that nobody is taken for a namesake on the team."""
    typed = unicodedata.normalize("NFC", text)
    spans = [(each.begins, each.ends) for each in guests_in(typed, desk)]
    if speech.says("introduces", typed, desk.language):
        spans += [(begins, _end_of_word(typed, begins)) for begins, _ in _places("name_said", typed, desk)]
    for begins, ends in spans:
        typed = typed[:begins] + " " * (ends - begins) + typed[ends:]
    return typed


def known_better(said: str | None, standing: str | None) -> str | None:
    """ "His name is Ben", of a son."""
    of_the_same = said and standing and _is_a_relation(standing) and said[0].isupper() and "(" not in said
    return f"{said} ({standing})" if of_the_same else said


def relations_in(text: str, desk: Desk) -> list[Guest]:
    """Every relative or friend that is named, whatever is said of them."""
    found = (_related(text, begins, ends, desk) for begins, ends in _places("a_relation", text, desk))
    return [each for each in found if each and (_is_a_relation(each.kept) or "(" in each.kept)]


def named_beside(text: str, guests: Sequence[Guest], desk: Desk) -> list[Guest]:
    """ "My kids Tim and Emma": who is named right behind somebody with a name, is that to the customer, too."""
    found: list[Guest] = []
    for begins, ends in _places("and_a_name", text, desk):
        before = next((each for each in (*guests, *found) if 0 < begins - each.ends <= _CLOSE_BEHIND), None)
        name = text[begins:ends]
        if before is None or not _is_free(name, desk) or _is_a_relation(name):
            continue
        kept = _NAME_AND_RELATION.fullmatch(before.kept)
        if kept or not _is_a_relation(before.kept):
            found.append(Guest(begins, ends, f"{name} ({kept[2]})" if kept else name))
    return found


def relation_in(word: str) -> str | None:
    """ "kids" and "kid" are kid."""
    plain = speech.folded(word.lower())
    known = speech.words_of_all("relations")
    return next((each for each in (plain, speech.singular(plain)) if each in known), None)


def is_for_the_customer(text: str, desk: Desk) -> bool:
    return speech.says("for_me", text, desk.language)


def attendee_said(attendee: str, desk: Desk) -> str:
    """ "your son Leo", "your mum", "Leo"."""
    if kept := _NAME_AND_RELATION.fullmatch(attendee):
        return words("utter_your_relation", desk.language, relation=f"{kept[2]} {kept[1]}")
    if _is_a_relation(attendee):
        return words("utter_your_relation", desk.language, relation=attendee)
    return attendee


def who_in_short(attendee: str) -> str:
    """The name if there is one, else the relation."""
    kept = _NAME_AND_RELATION.fullmatch(attendee)
    return kept[1] if kept else attendee


def is_spoken_of(attendee: str, text: str) -> bool:
    """Whether a text names this attendee by name or relation: "Tim's", "my son's"."""
    said = words_of(text)
    return any(alike(word, part) for word in said for part in words_of(attendee))


def for_whom(attendee: str | None, desk: Desk) -> str:
    """ " for your son Leo", or nothing."""
    if not attendee:
        return ""
    return f" {words('utter_for_somebody', desk.language, who=attendee_said(attendee, desk))}"


def _places(key: str, text: str, desk: Desk) -> list[tuple[int, int]]:
    return speech.places(key, text, desk.language)


def _related(text: str, begins: int, ends: int, desk: Desk) -> Guest | None:
    """ "son Leo" is "Leo (son)"; "sno Leo", whoever that may be, is Leo."""
    relation, *names = text[begins:ends].replace(",", " ").split()
    if not names and (behind := _NEXT_WORD.match(text, ends)) and _is_called_so(behind[1], desk):
        names, ends = [behind[1].capitalize()], behind.end()
    name = next((each for each in names if _is_free(each, desk)), None)
    said = relation_in(relation) if name else relation.lower()
    if said and _is_a_relation(said):
        return Guest(begins, ends if name else begins + len(relation), f"{name} ({said})" if name else said)
    known = _is_called_so(relation, desk) or not _is_free(relation, desk)
    of_a_visit = speech.folded(relation.lower()) in speech.words("not_a_service", desk.language)
    return Guest(begins, ends, name) if name and not known and not of_a_visit else None


def _named(text: str, begins: int, ends: int, desk: Desk) -> Guest | None:
    """A name, in small letters only where somebody of the team has it too; not the customer's own."""
    said, own = text[begins:ends], desk.customer.name
    is_a_name = said[0].isupper() or _is_called_so(said, desk)
    if not own or not is_a_name or said.lower() in own.lower().split() or not _is_free(said, desk):
        return None
    titled = speech.folded(said.lower()) in speech.words("titles", desk.language)
    kept = said.lower() if _is_a_relation(said) else said[:1].upper() + said[1:]
    return None if titled else Guest(begins, ends, kept)


def _is_a_relation(word: str) -> bool:
    return speech.folded(word.lower()) in speech.words_of_all("relations")


def _end_of_word(text: str, begins: int) -> int:
    word = _WORD.match(text, begins)
    return word.end() if word else begins


def _is_called_so(word: str, desk: Desk) -> bool:
    """Whether somebody of the team has exactly this name."""
    return any(word.lower() in words_of(member.name) for member in desk.staff)


def _is_free(word: str, desk: Desk) -> bool:
    """Neither a day, a service nor a place. It may well be the name of somebody on the team, too."""
    places = {
        part
        for name in (desk.business.name, *(each.name for each in desk.locations))
        for part in words_of(name)
    }
    if places & set(words_of(word)) or speech.folded(word.lower()) in speech.words(
        "not_a_name", desk.language
    ):
        return False
    spoken_of = mentions_in(word, desk.services, desk.language).wanted
    return not spoken_of and says_nothing_of_time(word, desk)
