"""What the staff should know beside service and time – "I'm allergic to ammonia", "it's for a wedding" – word for word.

It is taken out of a message before anything else is read in it, so that a wedding on Saturday is no wish for Saturday.
"""

from __future__ import annotations

import re
import unicodedata

from actions import speech

_LONGEST = 1000
_ENDS = re.compile(r"[.!?;\n]")


def note_in(text: str, language: str) -> tuple[str | None, str]:
    """The note in a text, if there is one, and the rest of the text."""
    typed = unicodedata.normalize("NFC", text)
    found = speech.places("note", typed, language)
    if not found:
        return None, text
    begins, behind = found[0]
    ends = _end_of(typed, behind, language)
    return typed[begins:ends].strip(" ,")[:_LONGEST], f"{typed[:begins]} . {typed[ends:]}"


def nothing_else_in(rest: str, language: str) -> bool:
    """Whether what is left of a message only led up to its note ("one more thing, …")."""
    led_up = speech.places("before_a_note", unicodedata.normalize("NFC", rest), language)
    return not any(
        char.isalnum() and not any(begins <= n < ends for begins, ends in led_up)
        for n, char in enumerate(rest)
    )


def with_note(standing: str | None, note: str) -> str:
    """One note after another; the same one is not kept twice."""
    if not standing:
        return note
    return standing if note in standing else f"{standing}. {note}"[:_LONGEST]


def _end_of(text: str, behind: int, language: str) -> int:
    """The end of the sentence, or of what comes before a wish of its own (", can I come on Friday?")."""
    full_stop = _ENDS.search(text, behind)
    ends = full_stop.start() if full_stop else len(text)
    wishes = [begins for begins, _ in speech.places("wish_begins", text, language) if behind <= begins < ends]
    return min(wishes, default=ends)
