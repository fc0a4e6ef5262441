"""Whom a visit is for, when it is not the customer: "my son Leo", "my mum", "Leo".

It is kept as staff read it: a name with the relation behind it, or whichever of the two was said.
"""

from __future__ import annotations

import re

from actions import speech
from actions.core_types import Desk
from actions.mentions import mentions_in
from actions.people import people_in
from actions.wishes import says_nothing_of_time
from actions.words import words

_NAME_AND_RELATION = re.compile(r"(.+) \((.+)\)")


def attendee_in(text: str, desk: Desk) -> str | None:
    """Who comes, as the text says it; `None` when it speaks of nobody but the customer."""
    for said in speech.all_said("for_a_relation", text, desk.language):
        relation, *name = said.replace(",", " ").split()
        if speech.folded(relation.lower()) in speech.words("relations", desk.language):
            named = " ".join(word for word in name if _is_a_name(word, desk))
            return f"{named} ({relation.lower()})" if named else relation.lower()
    other = speech.said("for_a_name", text, desk.language)
    if other and desk.customer.name and _is_a_name(other, desk) and other not in desk.customer.name:
        return other
    return None


def is_for_the_customer(text: str, desk: Desk) -> bool:
    return speech.says("for_me", text, desk.language)


def attendee_said(attendee: str, desk: Desk) -> str:
    """ "your son Leo", "your mum", "Leo"."""
    if kept := _NAME_AND_RELATION.fullmatch(attendee):
        return words("utter_your_relation", desk.language, relation=f"{kept[2]} {kept[1]}")
    if speech.folded(attendee.lower()) in speech.words_of_all("relations"):
        return words("utter_your_relation", desk.language, relation=attendee)
    return attendee


def for_whom(attendee: str | None, desk: Desk) -> str:
    """ " for your son Leo", or nothing."""
    if not attendee:
        return ""
    return f" {words('utter_for_somebody', desk.language, who=attendee_said(attendee, desk))}"


def _is_a_name(word: str, desk: Desk) -> bool:
    """Not a day, not a service, and nobody of the team."""
    spoken_of = mentions_in(word, desk.services, desk.language).wanted or people_in(
        word, desk.staff, desk.language
    )
    return not spoken_of and says_nothing_of_time(word, desk)
