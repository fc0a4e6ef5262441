"""Who of the team a text names, and what a person is called in a sentence.

"Dr. Morgan" is never "Dr.": a title stays with its name. Where two share what they are called, both are named in full,
and a text that fits two people names both, so that the customer can be asked which one is meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.core_types import StaffMember
from actions.likeness import alike, score, words_of

_TITLES = frozenset(
    "dr doctor mr mrs ms miss mx prof professor sir nurse frau herr dra sr sra srta don doña".split()
)
_LETTERS_BEHIND = frozenset("md do dds dmd phd dpm od np pa rn lcsw lmft msw mft jr sr ii iii esq".split())
_BEFORE_A_PERSON = r"(?:with|by|see|seeing|ask for|for|con)\s+"
_AFTER_A_PERSON_WORD = re.compile(
    rf"\b{_BEFORE_A_PERSON}(?:(?:dr|doctor|mr|mrs|ms|miss)\.?\s+)?([^\W\d_]{{3,}})", re.IGNORECASE
)
_SHORTEST_BARE_MISSPELT = 5


def called(name: str, staff: Sequence[StaffMember]) -> str:
    """A person as a sentence names them: "Ana", "Dr. Morgan"; in full where somebody else is called the same."""
    short = _short(name)
    return name if any(other.name != name and _short(other.name) == short for other in staff) else short


def people_in(text: str, staff: Sequence[StaffMember]) -> tuple[StaffMember, ...]:
    """Everybody whom the text fits equally well; empty when it names nobody."""
    said = words_of(text)
    scores = {member.id: max(score(said, words_of(name)) for name in _names(member)) for member in staff}
    best = max(scores.values(), default=0.0)
    if best:
        return tuple(member for member in staff if scores[member.id] == best)
    behind = [match[1].lower() for match in _AFTER_A_PERSON_WORD.finditer(text)]
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


def _short(name: str) -> str:
    words = name.replace(",", " ").split()
    title = [word for word in words[:1] if _bare(word) in _TITLES]
    kept = [word for word in words[len(title) :] if _bare(word) not in _LETTERS_BEHIND] or words[len(title) :]
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
        word.lower()
        for name in (member.name, *member.aliases)
        for word in _words_of_name(name)
        if len(word) > 2
    ]


def _own(member: StaffMember) -> list[str]:
    """First names and aliases: a surname alone counts only where a person is spoken of ("with Morgan")."""
    return [name.lower() for name in (_words_of_name(member.name)[0], *member.aliases)]


def _words_of_name(name: str) -> list[str]:
    words = name.replace(",", " ").split()
    kept = [word for word in words if _bare(word) not in _TITLES | _LETTERS_BEHIND]
    return kept or words


def _has_title(name: str) -> bool:
    return _bare(name.split()[0]) in _TITLES


def _bare(word: str) -> str:
    return word.strip(".,").lower().replace(".", "")


def _nearly(said: str, part: str) -> bool:
    return said == part or (said[0] == part[0] and alike(said, part, shortest=3))
