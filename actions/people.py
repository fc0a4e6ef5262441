"""Who of the team a text names, and what a person is called in a sentence.

"Dr. Morgan" is never "Dr.": a title stays with its name. Where two share what they are called, both are named in full,
and a text that fits two people names both, so that the customer can be asked which one is meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions import speech
from actions.core_types import StaffMember
from actions.likeness import alike, score, words_of

_SHORTEST_BARE_MISSPELT = 5
_WORD = re.compile(r"[^\W\d_]+")
_A_NUMBER = re.compile(r"\W*\d")


def called(name: str, staff: Sequence[StaffMember]) -> str:
    """A person as a sentence names them: "Ana", "Dr. Morgan"; in full where somebody else is called the same."""
    short = _short(name)
    return name if any(other.name != name and _short(other.name) == short for other in staff) else short


def people_in(text: str, staff: Sequence[StaffMember], language: str) -> tuple[StaffMember, ...]:
    """Everybody whom the text fits equally well; empty when it names nobody."""
    said = words_of(_without_plain_words(text, language))
    scores = {member.id: max(score(said, words_of(name)) for name in _names(member)) for member in staff}
    best = max(scores.values(), default=0.0)
    if best:
        return tuple(member for member in staff if scores[member.id] == best)
    behind = [
        name for said_so in speech.all_said("with_a_person", text, language) for name in words_of(said_so)
    ]
    return tuple(
        member
        for member in staff
        if any(_nearly(word, part) for word in behind for part in _parts(member))
        or any(
            len(part) >= _SHORTEST_BARE_MISSPELT and alike(word, part)
            for word in said
            for part in _own(member)
        )
    )


def _without_plain_words(text: str, language: str) -> str:
    """ "I will come" asks for no Will: a name that is a word too counts behind "with", with a capital, or alone."""
    plain = speech.words("also_words", language)
    named = [
        span
        for key in ("with_a_person", "asked_for_by_name")
        for span in speech.places(key, text, language)
        if not _A_NUMBER.match(text, span[1]) or key == "with_a_person"
    ]
    found = list(_WORD.finditer(text))
    for n, word in enumerate(found):
        is_said_so = any(begins <= word.start() < ends for begins, ends in named)
        is_written_so = word[0][0].isupper() and n > 0 and not _A_NUMBER.match(text, word.end())
        if speech.folded(word[0].lower()) in plain and len(found) > 1 and not (is_said_so or is_written_so):
            text = text[: word.start()] + " " * len(word[0]) + text[word.end() :]
    return text


def ruled_out(text: str, staff: Sequence[StaffMember], language: str) -> tuple[tuple[StaffMember, ...], str]:
    """Who is not wanted by name, and the text without their names."""
    found, rest = set[int](), text
    for begins, ends in speech.places("not_with", text, language):
        people = people_in(text[begins:ends], staff, language)
        if people:
            found |= {each.id for each in people}
            rest = rest[:begins] + " " * (ends - begins) + rest[ends:]
    return tuple(each for each in staff if each.id in found), rest


def _short(name: str) -> str:
    words = name.replace(",", " ").split()
    title = [word for word in words[:1] if _is_title(word)]
    kept = [word for word in words[len(title) :] if not _is_letters_behind(word)] or words[len(title) :]
    if not kept:
        return name
    return " ".join([*title, kept[-1] if title else kept[0]])


def _names(member: StaffMember) -> list[str]:
    """Everything a person answers to: the whole name, first name, "Dr. Morgan", aliases."""
    own = " ".join(_words_of_name(member.name))
    titled = [_short(member.name)] if _has_title(member.name) else []
    return [own, own.split(" ")[0], *titled, *member.aliases]


def _parts(member: StaffMember) -> list[str]:
    return [
        word
        for name in (member.name, *member.aliases)
        for part in _words_of_name(name)
        for word in words_of(part)
        if len(word) > 2
    ]


def _own(member: StaffMember) -> list[str]:
    """First names and aliases: a surname alone counts only where a person is spoken of ("with Morgan")."""
    return [" ".join(words_of(name)) for name in (_words_of_name(member.name)[0], *member.aliases)]


def _words_of_name(name: str) -> list[str]:
    words = name.replace(",", " ").split()
    kept = [word for word in words if not _is_title(word) and not _is_letters_behind(word)]
    return kept or words


def _has_title(name: str) -> bool:
    return _is_title(name.split()[0])


def _is_title(word: str) -> bool:
    return _bare(word) in speech.words_of_all("titles")


def _is_letters_behind(word: str) -> bool:
    return _bare(word) in speech.words_of_all("letters_behind_a_name")


def _bare(word: str) -> str:
    return speech.folded(word.strip(".,").lower().replace(".", ""))


def _nearly(said: str, part: str) -> bool:
    return said == part or (said[0] == part[0] and alike(said, part, shortest=3))
