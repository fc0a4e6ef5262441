"""How it was, what went wrong, whether it was put right: what customers say of a visit, asked or unasked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from actions import book_appointment, human_handoff, rating, speech
from actions.choose_alternative import tapped
from actions.core_types import Desk, Notice
from actions.draft import Draft
from actions.notice_kinds import FEEDBACK, PUT_RIGHT, REBOOK
from actions.outcome import OptIn, OptOut, Outcome, Rate, SayPutRight
from actions.turn_types import Heard, Line
from actions.understand import Facts

_OTHER_MATTERS = frozenset(
    "stop resume_messages human_handoff delete_data start_over change_language list_appointments undo repeat "
    "join_waitlist leave_waitlist running_late bot_challenge help cancel_appointment".split()
)
_BOOKS = frozenset({"book_appointment", "check_availability", "reschedule_appointment"})
_ASKS = frozenset({"ask_price", "ask_hours", "ask_location", "ask_services"})
_SMALL_TALK = frozenset({"thank", "goodbye", "greet", "wait", "dont_care"})
_THUMB = {"affirm": 4, "deny": 2}
_FEWEST_WORDS = 3
_MAY_MEAN_ANOTHER_SCORE = timedelta(days=3)


def reply(intent: str, draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome | None:
    """What comes of it; None when the message is about something else."""
    asked, notice = draft.question.kind if draft.question else None, desk.notice(draft.notice)
    if intent in _OTHER_MATTERS or heard.intent in _OTHER_MATTERS:
        return None
    if notice and notice.kind == REBOOK and asked in ("slot", "time"):
        return _not_now(intent, draft, facts, heard, desk)
    match asked:
        case "notice" if notice and notice.kind == FEEDBACK:
            return _how_it_was(intent, notice, draft, facts, heard, desk)
        case "notice" if notice and notice.kind == PUT_RIGHT:
            return _put_right(notice, draft, heard, desk)
        case "what_went_wrong":
            return _what_went_wrong(draft, facts, heard, desk)
        case "nps":
            return _how_likely(draft, heard)
        case "offers":
            return _offers(draft, heard, desk)
        case None | "next" if not heard.tap:
            return _another_score(draft, heard, desk) or _unasked(draft, facts, heard, desk)
    return None


def _how_it_was(
    intent: str, notice: Notice, draft: Draft, facts: Facts, heard: Heard, desk: Desk
) -> Outcome | None:
    about = Rate(notice.visit.id, notice=notice.id)
    if heard.tap:
        option = tapped(heard, draft, desk)
        return _rated(replace(about, score=int(option.value))) if option else None
    score = rating.said(heard.text, desk.language)
    if score is None and len(heard.text.split()) < _FEWEST_WORDS:
        score = _THUMB.get(heard.intent)
    if score is not None:
        outcome = _rated(replace(about, score=score, words=_comment(heard)))
        return _with_a_wish(outcome, facts, heard, desk)
    if heard.intent in _SMALL_TALK | _ASKS | _BOOKS or (intent == "inform" and facts.any):
        return None
    if heard.intent == "complaint" or _comment(heard):
        return Outcome(draft, (), "keep", effects=(replace(about, words=heard.text),))
    return None


def _rated(effect: Rate) -> Outcome:
    return Outcome(Draft(), (), "say", effects=(effect,))


def _with_a_wish(outcome: Outcome, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    """ "5, and can I come again on Friday?": both are heard."""
    if heard.intent not in _BOOKS or not facts.any:
        return outcome
    booking = book_appointment.apply(Draft(), facts, heard, desk)
    return replace(booking, effects=(*outcome.effects, *booking.effects))


def _comment(heard: Heard) -> str | None:
    """What they wrote, when it is more than a mark."""
    return heard.text if len(heard.text.split()) >= _FEWEST_WORDS else None


def _what_went_wrong(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome | None:
    """Their own words, message after message, until they have said it all; a better score takes it back."""
    if heard.tap:
        return None
    if corrected := rating.corrected(heard.text, desk.language):
        return _rated(Rate(draft.appointment_id, score=corrected))
    if speech.says("says_no_more", heard.text, desk.language):
        return Outcome(Draft(), (Line("utter_feedback_done"),), "say")
    said = Rate(draft.appointment_id, words=heard.text)
    return _with_a_wish(Outcome(draft, (), "keep", effects=(said,)), facts, heard, desk)


def _how_likely(draft: Draft, heard: Heard) -> Outcome | None:
    score = None if heard.tap else rating.of_ten(heard.text)
    if score is not None:
        words = _comment(heard)
        return Outcome(Draft(), (), "say", effects=(Rate(draft.appointment_id, score, words, "nps"),))
    if heard.intent == "deny":
        return Outcome(Draft(), (Line("utter_no_problem"),), "say")
    return None


def _offers(draft: Draft, heard: Heard, desk: Desk) -> Outcome | None:
    option = tapped(heard, draft, desk)
    answer = option.kind if option else {"affirm": "yes", "deny": "no"}.get(heard.intent)
    said = heard.text or (option.label if option else "")
    if answer == "yes":
        effect = OptIn(said, "marketing")
        return Outcome(Draft(), (Line("utter_offers_yes"),), "say", effects=(effect,))
    if answer == "no":
        return Outcome(Draft(), (Line("utter_offers_no"),), "say", effects=(OptOut(said, "marketing"),))
    return None


def _put_right(notice: Notice, draft: Draft, heard: Heard, desk: Desk) -> Outcome | None:
    """Yes or no; who writes more than that has something that is not right yet, unless they say it is."""
    option = tapped(heard, draft, desk)
    answer = option.value if option else {"affirm": "yes", "deny": "no", "thank": "yes"}.get(heard.intent)
    if answer is None and (heard.intent == "complaint" or _comment(heard)):
        answer = "yes" if (rating.said(heard.text, desk.language) or 0) > 3 else "no"
    if answer is None or heard.intent in _ASKS | _BOOKS:
        return None
    words = None if heard.tap else _comment(heard)
    effect = SayPutRight(notice.visit.id, answer == "yes", words, notice.id)
    return Outcome(Draft(), (Line(f"utter_put_right_{answer}"),), "say", effects=(effect,))


def _not_now(intent: str, draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome | None:
    option = tapped(heard, draft, desk)
    declined = (
        option.value == "later"
        if option
        else not heard.tap
        and not facts.any
        and (intent == "deny" or speech.says("not_now", heard.text, desk.language))
    )
    return Outcome(Draft(), (Line("utter_rebook_later"),), "say") if declined else None


def _another_score(draft: Draft, heard: Heard, desk: Desk) -> Outcome | None:
    """ "Sorry, I meant 5", not long after they gave another."""
    given = next((each for each in desk.notices if each.kind == FEEDBACK and each.answer), None)
    if given is None or desk.now - given.said_at > _MAY_MEAN_ANOTHER_SCORE:
        return None
    score = rating.corrected(heard.text, desk.language)
    return _rated(Rate(given.visit.id, score, notice=given.id)) if score else None


def _unasked(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome | None:
    """ "Loved it!", "the haircut was awful": of the last visit, if not long ago. The team hears a complaint anyway."""
    visit = desk.customer.last_visit_id
    if visit is None or (facts.when and facts.when.wishes and heard.intent in _BOOKS):
        return None
    score = rating.said(heard.text, desk.language)
    praised = speech.says("praises", heard.text, desk.language) and (score or 5) > 3
    if heard.intent == "complaint" and not praised:
        of_the_visit = facts.named.services or speech.says("of_a_past_visit", heard.text, desk.language)
        if not of_the_visit or (score or 0) > 3:
            return None
        told = human_handoff.complaint(draft, facts, heard, desk)
        effect = Rate(visit, score, heard.text, staff_told=True)
        return replace(told, effects=(*told.effects, effect))
    if heard.intent in _BOOKS | _ASKS or not praised:
        return None
    return _rated(Rate(visit, score or 5, heard.text))
