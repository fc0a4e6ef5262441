"""Which of two times a reply means: the one that the house proposes, the one there is, or neither."""

from __future__ import annotations

from typing import Literal

from actions import speech
from actions.core_types import Desk, Notice
from actions.draft import Draft
from actions.notice_kinds import Answer, proposed
from actions.reply_words import says_any
from actions.turn_types import Heard
from actions.understand import Facts
from actions.wishes import ranges_of, unguessed


def answer(
    notice: Notice, intent: str, draft: Draft, facts: Facts, heard: Heard, desk: Desk
) -> Answer | None:
    """None: the words name neither time."""
    instead = proposed(notice)
    if instead is None:
        return None
    if speech.says("neither", heard.text, desk.language):
        return "move"
    chosen = _named(notice, draft, facts, desk)
    if speech.says("cannot_come", heard.text, desk.language):
        return "stay" if chosen == "accept" or (facts.when and facts.when.exclude) else None
    if chosen:
        return chosen if intent != "deny" else "stay"
    if facts.when is None and says_any(("the_new", "takes_it"), heard, desk):
        return "accept"
    for key, is_meant in (
        ("the_later", instead.start > notice.visit.start),
        ("the_earlier", instead.start < notice.visit.start),
    ):
        if speech.says(key, heard.text, desk.language):
            return "accept" if is_meant else "stay"
    return None


def _named(notice: Notice, draft: Draft, facts: Facts, desk: Desk) -> Literal["accept", "stay"] | None:
    """ "4 is fine", "I'd keep 3": the one time of the two that was named."""
    instead = proposed(notice)
    if instead is None or facts.when is None or facts.when.shift is not None:
        return None
    ranges = ranges_of(unguessed(facts.when), draft, desk)
    new, old = (
        any(begins <= start < ends for begins, ends in ranges)
        for start in (instead.start, notice.visit.start)
    )
    return None if new == old else "accept" if new else "stay"
