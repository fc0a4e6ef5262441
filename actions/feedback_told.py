"""What is said to who has told us how it was: thanks, and one thing more at most."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from actions import rating
from actions.core_client import CoreClient
from actions.core_types import Desk
from actions.draft import Draft, Option, Question
from actions.given import Given
from actions.moments import moment
from actions.offers import locale_of
from actions.outcome import Outcome, Rate
from actions.turn_types import Line
from actions.words import words

#: Fewer words than these beside a score say no more than the score.
_FEWEST_TO_TELL = 6


async def rate(key: str, said: Rate, outcome: Outcome, desk: Desk, core: CoreClient) -> Outcome:
    """Keep it, and say what comes of it; who is arranging something goes on with that."""
    given = await core.give_feedback(f"{key}:feedback", desk.customer.id, said)
    if said.staff_told or said.silent:
        return outcome
    lines, draft, links = _answered(given, said, outcome.draft, desk)
    if outcome.draft.goal is not None or outcome.lines:
        return replace(outcome, lines=(*lines[:1], *outcome.lines))
    return replace(outcome, draft=draft, lines=lines, then="keep", links=links)


Answered = tuple[tuple[Line, ...], Draft, tuple[tuple[str, str], ...]]


def _answered(given: Given, said: Rate, draft: Draft, desk: Desk) -> Answered:
    if said.kind == "nps":
        return (Line("utter_nps_thanks"),), Draft(), ()
    first_name = (desk.customer.name or "").split(" ")[0]
    facts = {"first_name": f", {first_name}" if first_name else "", "score": given.score}
    changed = (Line("utter_feedback_changed", facts),) if given.was not in (None, given.score) else ()
    if given.state not in (None, "withdrawn"):
        return _complained(given, said, changed, draft, desk)
    thanks = changed or (Line("utter_feedback_high", facts),)
    match given.next:
        case "review" if given.review_url:
            link = (words("utter_button_review", desk.language), given.review_url)
            return (*thanks, Line("utter_review")), Draft(), (link,)
        case "offers":
            options = tuple(
                Option(kind=kind, label=words(f"utter_button_offers_{kind}", desk.language))
                for kind in ("yes", "no")
            )
            return (*thanks, Line("utter_again_offers")), _asking("offers", given, options), ()
        case "nps":
            line = Line("utter_again_nps", {"business": desk.business.name})
            return (*thanks, line), _asking("nps", given, ()), ()
    return thanks, Draft(), ()


def _complained(given: Given, said: Rate, changed: tuple[Line, ...], draft: Draft, desk: Desk) -> Answered:
    """Kind words and "what went wrong?"; once they have told, by when they hear from the team."""
    by = given.reply_by.astimezone(ZoneInfo(desk.business.zone)) if given.reply_by else None
    facts = {"moment": moment(by, locale_of(desk)) if by else ""}
    goes_on = _asking("what_went_wrong", given, ())
    if said.words is None or (said.score and _is_a_mere_mark(said.words, desk)):
        told = given.words and not _is_a_mere_mark(given.words, desk)
        key = "utter_feedback_done" if told else "utter_feedback_low"
        return (*changed, Line(key, facts)), goes_on, ()
    if given.score is None:
        key = "utter_feedback_sorry" if said.complains else "utter_feedback_noted"
        mark = Line("utter_feedback_how_many")
        return (Line(key, facts), mark), draft if draft.notice else goes_on, ()
    told_before = (given.words or "").removesuffix(said.words).strip()
    if not told_before or _is_a_mere_mark(told_before, desk):
        key = "utter_feedback_noted" if said.score is None else "utter_feedback_low_noted"
        return (*changed, Line(key, facts)), goes_on, ()
    return (Line("utter_feedback_noted_more"),), goes_on, ()


def _is_a_mere_mark(text: str, desk: Desk) -> bool:
    """ "It was not great" says no more than a score does."""
    return len(text.split()) < _FEWEST_TO_TELL and rating.said(text, desk.language) is not None


def _asking(kind: str, given: Given, options: tuple[Option, ...]) -> Draft:
    question = Question.model_validate({"kind": kind, "options": options})
    return Draft(appointment_id=given.appointment_id, question=question)
