"""Greetings, thanks, goodbyes, help, "are you a bot?": a short answer, and the open question once more."""

from __future__ import annotations

from actions.core_types import Desk
from actions.draft import Draft
from actions.offers import a_person, first_steps, with_person
from actions.outcome import Outcome
from actions.turn_types import Heard, Line
from actions.understand import Facts, merged
from actions.words import spoken, words


def greet(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    """ "Hi, a haircut on Friday?" is a greeting with a wish in it: the wish is answered."""
    if facts.named.services or (facts.any and draft.goal):
        return Outcome(*merged(draft if draft.goal else Draft(goal="book"), facts, desk))
    if desk.conversation.waiting and (draft.question is None or draft.question.kind == "next"):
        return Outcome(draft, (Line("utter_handoff_again"),), "keep")
    name = (desk.customer.name or "").split(" ")[0]
    said = {"business": desk.business.name, "name": f" {name}" if name else "", "example": _example(desk)}
    line = Line("utter_greet", said)
    return Outcome(draft, (line,), "again", first_steps(desk))


def thank(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    return Outcome(draft, (Line("utter_thank"),), "again")


def goodbye(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    """What was being arranged stays as it is: the customer may come back to it."""
    return Outcome(draft, (Line("utter_goodbye", {"business": desk.business.name}),), "say")


def help_(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    return Outcome(draft, (Line("utter_help", {"business": desk.business.name}),), "again", first_steps(desk))


def bot_challenge(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    return Outcome(
        draft, (Line("utter_bot_challenge", {"business": desk.business.name}),), "again", first_steps(desk)
    )


def start_over(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    return Outcome(Draft(), (Line("utter_start_over"),), "say", first_steps(desk))


def repeat(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    """The last message once more, word for word, with what could be tapped; in another language, its question."""
    last = desk.draft.plan or {}
    if not last.get("text") or last["language"] != desk.language:
        return Outcome(draft, (), "again", first_steps(desk))
    links = tuple((each["label"], each["url"]) for each in last.get("links", ()))
    return Outcome(draft, (Line("utter_said_before", {"text": last["text"]}),), "keep", links=links)


def wait(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    return Outcome(draft, (Line("utter_take_your_time"),), "keep")


def abuse(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    return Outcome(draft, (Line("utter_abuse"),), "keep", beside=(a_person(desk),))


def _example(desk: Desk) -> str:
    """A wish this very business can fulfil, to show how to write one."""
    service = desk.service(desk.customer.usual_service_id) or next(iter(desk.services), None)
    if not service:
        return words("utter_example_time", desk.language)
    member = desk.staff_member(desk.customer.usual_staff_id) or desk.staff_member(
        next(iter(service.staff_ids), None)
    )
    person = with_person(member.name, desk) if member else ""
    at_home = (
        spoken(desk.business.locale) == desk.language
    )  # else its names are not in the customer's language
    what = service.name.lower() if at_home else words("utter_a_visit", desk.language)
    return f"{what}{person} {words('utter_example_time', desk.language)}"
