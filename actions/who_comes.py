"""Who comes together and what each is to have, as one message says it: "a haircut for me and a beard trim for my son".

People and services are taken in the order in which they stand: whichever of the two comes first begins a part of the
sentence, and what else is named in that part – services, people of the team – belongs to it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from actions import speech
from actions.core_types import Desk
from actions.draft import Companion
from actions.mentions import mentions_in, places_in
from actions.own_names import without_services
from actions.people import people_in
from actions.whose import (
    Guest,
    guests_in,
    named_beside,
    relation_in,
    relations_in,
    without_who_comes,
)
from actions.words import words

_WHO, _WHAT = "who", "what"
MOST = 6
_AS_CLOSE = len(", (my ")


@dataclass(frozen=True)
class Crowd:
    """So many of a kind as has yet to be said, and perhaps the customer."""

    relation: str
    with_me: bool


@dataclass(frozen=True)
class _Token:
    """Somebody who comes, `who` they are; or a service, with those that may be `meant` and as how many it was said."""

    begins: int
    kind: str
    who: tuple[str | None, ...] = ()
    count: int = 1
    meant: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Part:
    """A stretch of the sentence: who comes, what they are to have, and the `text` that names with whom."""

    who: tuple[str | None, ...]
    what: tuple[_Token, ...]
    text: str


def party_in(text: str, desk: Desk) -> tuple[Companion, ...]:
    """All who come, the customer first; empty when that is one person with one visit, as it mostly is."""
    typed = unicodedata.normalize("NFC", text)
    plain, nameless = without_who_comes(typed, desk), without_services(typed, desk)
    who, what = _people(nameless, desk), _services(plain, desk)
    total = _how_many_come(nameless, desk)
    if (
        not any(token.who != (None,) for token in who)
        and not total
        and not any(each.count > 1 for each in what)
    ):
        return _one_with_several(plain, what, desk)
    found = [each for part in _parts(plain, who, what, desk) for each in _of(part, desk)]
    found = _padded(_joined(found), total or 0, desk)
    if len(found) < 2:
        return ()
    return tuple(sorted(found, key=lambda each: each.who is not None))[:MOST]


def crowd_in(text: str, desk: Desk) -> Crowd | None:
    """ "My kids", with no word of how many or who they are."""
    typed = without_services(unicodedata.normalize("NFC", text), desk)
    if _how_many_come(typed, desk) or party_in(text, desk):
        return None
    for said in speech.all_said("a_crowd", typed, desk.language):
        relation = relation_in(said)
        if relation and relation != speech.folded(said.lower()):
            return Crowd(relation, with_me=speech.says("me_among_others", typed, desk.language))
    return None


def _people(text: str, desk: Desk) -> list[_Token]:
    """Everybody who comes, in order. "My two kids" are two, each with a number."""
    known = guests_in(text, desk)
    known += [
        each
        for each in relations_in(text, desk)
        if not _stands_in(each, known) and not any(_is_said_again(each, other) for other in known)
    ]
    known += [each for each in named_beside(text, known, desk) if not _stands_in(each, known)]
    found = [_Token(each.begins, _WHO, (each.kept,)) for each in known]
    for begins, ends in speech.places("so_many_relations", text, desk.language):
        said = text[begins:ends].split()
        numbers = [speech.number(word, desk.language) for word in said]
        if relation := relation_in(said[-1]):
            found.append(_Token(begins, _WHO, numbered(relation, next(filter(None, numbers), 1))))
    found += [
        _Token(begins, _WHO, (None,)) for begins, _ in speech.places("me_among_others", text, desk.language)
    ]
    return sorted(found, key=lambda each: each.begins)


def _is_said_again(guest: Guest, before: Guest) -> bool:
    """ "Ben, my son" is one."""
    return (
        "(" not in before.kept
        and 0 < guest.begins - before.ends <= _AS_CLOSE
        and relation_in(before.kept) is None
    )


def _stands_in(guest: Guest, others: Sequence[Guest]) -> bool:
    return any(guest.begins < each.ends and each.begins < guest.ends for each in others)


def numbered(relation: str, count: int) -> tuple[str | None, ...]:
    return (relation,) if count == 1 else tuple(f"{relation} {n}" for n in range(1, count + 1))


def _services(text: str, desk: Desk) -> list[_Token]:
    """Each service that is wanted; "two haircuts" are for two."""
    without = mentions_in(text, desk.services, desk.language).without
    found = []
    for begins, ends, services in places_in(text, desk.services):
        if any(each in without for each in services):
            continue
        before = text[:begins].split()[-1:]
        number = speech.number(before[0], desk.language) if before and text[:ends].endswith("s") else None
        count = number if number and number <= MOST else 1
        found.append(_Token(begins, _WHAT, count=count, meant=tuple(each.id for each in services)))
    return found


def _how_many_come(text: str, desk: Desk) -> int | None:
    if speech.says("two_come", text, desk.language):
        return 2
    said = speech.said("so_many_come", text, desk.language)
    return speech.number(said, desk.language) if said else None


def _one_with_several(text: str, what: list[_Token], desk: Desk) -> tuple[Companion, ...]:
    """ "A haircut with Ana and a beard trim with Ben": one visit after the other, each with their own person."""
    if len(what) < 2:
        return ()
    begins = [0, *(each.begins for each in what[1:])]
    texts = [text[a:b] for a, b in zip(begins, [*begins[1:], len(text)], strict=True)]
    found = [_Part((None,), (each,), said) for each, said in zip(what, texts, strict=True)]
    visits = [each for part in found for each in _of(part, desk)]
    named = {each.staff_id for each in visits}
    clear = all(each.service_id and each.staff_id for each in visits)
    if len(visits) < 2 or not clear or len(named) < len(visits):
        return ()
    if speech.says("at_the_same_time", text, desk.language):
        guests = _guests(len(visits) - 1, desk)
        visits[1:] = [each.but(who=guest) for each, guest in zip(visits[1:], guests, strict=True)]
    return tuple(visits)


def _parts(text: str, who: list[_Token], what: list[_Token], desk: Desk) -> list[_Part]:
    tokens = sorted((*who, *what), key=lambda each: each.begins)
    groups = [list(group) for _, group in groupby(tokens, key=lambda each: each.kind)]
    if sum(group[0].kind == _WHAT for group in groups) < 2:
        return [_part(tokens, text)]
    if groups[0][0].kind == _WHAT == groups[-1][0].kind and speech.says("i_want", text, desk.language):
        groups.insert(0, [_Token(0, _WHO, (None,))])
    heads = [n for n, group in enumerate(groups) if group[0].kind == groups[0][0].kind]
    begins = [0, *(groups[n][0].begins for n in heads[1:])]
    ends = [*begins[1:], len(text)]
    parts = [
        _part([token for group in groups[n : n + 2] for token in group], text[a:b])
        for n, a, b in zip(heads, begins, ends, strict=True)
    ]
    if len(parts) > 1 and not parts[-1].who:
        parts[-1] = _Part(parts[-2].who[-1:], parts[-1].what, parts[-1].text)
    return parts


def _part(tokens: Iterable[_Token], text: str) -> _Part:
    tokens = list(tokens)
    who = tuple(dict.fromkeys(each for token in tokens for each in token.who))
    what: dict[tuple[int, ...], _Token] = {}
    for token in tokens:
        if token.kind == _WHAT and token.count >= what.get(token.meant, token).count:
            what[token.meant] = token
    return _Part(who, tuple(what.values()), text)


def _of(part: _Part, desk: Desk) -> list[Companion]:
    """Those of one part. As many services or people of the team as there are who come are theirs in order."""
    who = list(part.who) or [None]
    wishes = [each.meant for each in part.what for _ in range(each.count)]
    if any(each.count > 1 for each in part.what):
        who += _guests(len(wishes) - len(who), desk)
    team = _team(part.text, desk)
    staff = team if len(team) == len(who) else [*team[:1], *(None for _ in who)]
    one_each = len(wishes) == len(who) > 1
    return [
        _with(
            Companion(who=each, staff_id=staff[n] if team else None),
            wishes[n : n + 1] if one_each else wishes,
        )
        for n, each in enumerate(who)
    ]


def _with(companion: Companion, wishes: Sequence[tuple[int, ...]]) -> Companion:
    """What is said clearly; of what fits several services, which one it is has to be asked."""
    clear = list(dict.fromkeys(wish[0] for wish in wishes if len(wish) == 1))
    either = next((wish for wish in wishes if len(wish) > 1), ())
    return companion.but(service_id=next(iter(clear), None), also=tuple(clear[1:]), either=either)


def _guests(count: int, desk: Desk) -> list[str | None]:
    return list(numbered(words("utter_guest", desk.language), count)) if count > 0 else []


def _team(text: str, desk: Desk) -> list[int | None]:
    """Everybody of the team who is asked for, in order; "Ana and Ben" are two."""
    borders = [
        0,
        *(n for place in speech.places("both_wanted", text, desk.language) for n in place),
        len(text),
    ]
    pieces = [people_in(text[a:b], desk.staff, desk.language) for a, b in pairwise(borders)]
    return list(dict.fromkeys(each[0].id for each in pieces if len(each) == 1))


def _joined(found: list[Companion]) -> list[Companion]:
    """Who is named twice has one visit with all of it, unless by different people."""
    kept: list[Companion] = []
    for each in found:
        n = next((n for n, other in enumerate(kept) if other.who == each.who), None)
        if n is None or (each.staff_id and kept[n].staff_id and each.staff_id != kept[n].staff_id):
            kept.append(each)
        elif each.service_id and each.service_id != kept[n].service_id:
            first = kept[n].service_id
            ids = (
                (first, *kept[n].also, each.service_id, *each.also)
                if first
                else (each.service_id, *each.also)
            )
            kept[n] = kept[n].but(service_id=ids[0], also=ids[1:], staff_id=kept[n].staff_id or each.staff_id)
    return kept


def _padded(found: list[Companion], total: int, desk: Desk) -> list[Companion]:
    """ "The three of us": whoever is not named is the customer, then their guests."""
    missing = total - len(found)
    if missing <= 0:
        return found
    like = found[0] if found else Companion()
    others: list[str | None] = [] if any(each.who is None for each in found) else [None]
    others += _guests(missing - len(others), desk)
    return [*found, *(like.but(who=who, staff_id=None) for who in others[:missing])]
