"""A person, please: the team is told, with the reason, and the customer is told what happens next."""

from __future__ import annotations

from actions.core_types import Desk
from actions.draft import Draft
from actions.outcome import HandOff, Outcome
from actions.turn_types import Heard, Line
from actions.understand import Facts


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    key = "utter_handoff_again" if desk.conversation.waiting else "utter_handoff"
    return _tell_the_team(draft, key, HandOff(_reason("asks for a person", heard)), desk)


def complaint(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    return _tell_the_team(
        draft, "utter_complaint", HandOff(_reason("is not happy", heard), "complaint"), desk
    )


def _reason(what: str, heard: Heard) -> str:
    return f"{what}: {heard.text}" if heard.text and not heard.tap else what


def _tell_the_team(draft: Draft, key: str, told: HandOff, desk: Desk) -> Outcome:
    """What was being arranged stays; a number to call is named where there is one."""
    lines = [Line(key, {"business": desk.business.name})]
    if desk.business.phone:
        lines.append(Line("utter_call_us", {"phone": desk.business.phone}))
    return Outcome(_no_longer_offered(draft).but(strikes=0), tuple(lines), "keep", effects=(told,))


def _no_longer_offered(draft: Draft) -> Draft:
    """Who has just asked for a person is not asked whether they would like one."""
    if draft.question is None:
        return draft
    others = tuple(each for each in draft.question.options if each.value != "human_handoff")
    return draft.but(question=draft.question.model_copy(update={"options": others}))
