"""What a reply to what we said by ourselves means by its very words, whatever a classifier that hears one sentence
takes them for."""

from __future__ import annotations

import unicodedata
from typing import Literal

from actions import speech
from actions.core_types import Desk
from actions.turn_types import Heard

Stands = Literal["before", "as_it_is", "comes"]


def says_any(keys: tuple[str, ...], heard: Heard, desk: Desk) -> bool:
    return any(speech.says(key, heard.text, desk.language) for key in keys)


def only_asks(heard: Heard, desk: Desk) -> bool:
    """ "Why?" is no yes, "ok?" is one."""
    asks = heard.text.rstrip().endswith("?")
    return asks and not speech.says("starts_with_yes", heard.text, desk.language)


def cannot_say_yet(heard: Heard, desk: Desk) -> bool:
    """ "Let me check with my boss": the question stays open."""
    if heard.tap or says_any(("will_come", "cannot_come", "cannot_wait", "takes_it"), heard, desk):
        return False
    return heard.intent == "wait" or speech.says("will_tell", heard.text, desk.language)


def leaves_it(heard: Heard, desk: Desk) -> Stands | None:
    """ "No problem", "I'd rather keep it", "leave it where it was": nothing is to be changed, or not by us."""
    if only_asks(heard, desk) and not speech.says("could_we", heard.text, desk.language):
        return None
    if speech.says("turns_round", heard.text, desk.language):
        return None
    meanings: tuple[tuple[str, Stands], ...] = (
        ("as_before", "before"),
        ("keeps_it", "as_it_is"),
        ("no_matter", "comes"),
        ("will_come", "comes"),
    )
    return next((means for key, means in meanings if _says_plainly(key, heard, desk)), None)


def _says_plainly(key: str, heard: Heard, desk: Desk) -> bool:
    """ "No me viene bien" says that it does not suit."""
    typed = unicodedata.normalize("NFC", heard.text)
    places = speech.places(key, typed, desk.language)
    return any(not speech.says("turned_into_a_no", typed[:begins], desk.language) for begins, _ in places)
