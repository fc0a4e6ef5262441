"""How it was and what went wrong: what customers say of a visit, asked or unasked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from actions import book_appointment, human_handoff, put_right, rating, speech
from actions.choose_alternative import tapped
from actions.core_types import Desk, Notice, Slot
from actions.draft import Draft
from actions.intents import APPLY
from actions.likeness import words_of
from actions.notice_kinds import FEEDBACK, MISSED, PUT_RIGHT, is_stale
from actions.outcome import Commit, OptIn, OptOut, Outcome, Rate, SayPutRight
from actions.react import REACT
from actions.side_questions import is_asked_beside, told_beside
from actions.turn_types import Heard, Line
from actions.understand import Facts

_OTHER_MATTERS = frozenset(
    "stop resume_messages human_handoff delete_data start_over change_language list_appointments undo repeat "
    "join_waitlist leave_waitlist running_late bot_challenge help cancel_appointment go_on_elsewhere".split()
)
#: What a score may come with and is seen to as well.
_BESIDE_A_SCORE = frozenset({"stop", "delete_data", "list_appointments", "cancel_appointment"})
_BOOKS = frozenset({"book_appointment", "check_availability", "reschedule_appointment"})
_ASKS = frozenset({"ask_price", "ask_hours", "ask_location", "ask_services"})
_SMALL_TALK = frozenset({"thank", "goodbye", "greet", "wait", "dont_care"})
_UNHAPPY = frozenset({"complaint", "abuse"})
_MAY_BE_A_MARK = frozenset({"affirm", "inform", "nlu_fallback", "out_of_scope", "choose_alternative"})
_AGREES = 4
_GOOD_ENOUGH = 4
_FEWEST_WORDS = 3
_MAY_MEAN_ANOTHER_SCORE = timedelta(days=3)
#: So long what is written goes on with what was asked after a score.
_OPEN_FOR = {"what_went_wrong": timedelta(days=1), "nps": timedelta(days=7), "offers": timedelta(days=7)}


def reply(intent: str, draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome | None:
    """What comes of it; None when the message is about something else."""
    asked, notice = draft.question.kind if draft.question else None, desk.notice(draft.notice)
    if asked == "notice" and notice and notice.kind == FEEDBACK:
        return _how_it_was(intent, notice, draft, facts, heard, desk)
    if asked == "what_went_wrong" and speech.says("says_no_more", heard.text, desk.language):
        return Outcome(Draft(), (Line("utter_feedback_done"),), "say")
    if _is_another_matter(intent, heard, desk):
        return None
    if notice and notice.kind == MISSED and asked == "slot":
        return _instead_of_the_missed(notice, draft, heard, desk)
    match asked:
        case "notice" if notice and notice.kind == PUT_RIGHT:
            return put_right.reply(notice, draft, heard, desk)
        case "what_went_wrong":
            return _what_went_wrong(draft, facts, heard, desk)
        case "nps":
            return _how_likely(draft, facts, heard, desk)
        case "offers":
            return _offers(draft, heard, desk)
        case None | "next" if not heard.tap:
            return _another_score(draft, heard, desk) or _unasked(draft, facts, heard, desk)
    return None


def still_open(draft: Draft, heard: Heard, desk: Desk) -> Draft:
    """What was asked after a score is not asked for ever; its buttons hold."""
    lasts = _OPEN_FOR.get(draft.question.kind) if draft.question else None
    asked_at = desk.draft.saved_at
    over = lasts and asked_at and desk.now - asked_at > lasts and not heard.tap
    return Draft() if over else draft


def is_an_answer(draft: Draft, heard: Heard, desk: Desk) -> bool:
    """Long after the question: a score, what went wrong, or whether it was put right, and nothing less clear."""
    outcome = reply(heard.intent, draft, Facts(), heard, desk)
    effects = outcome.effects if outcome else ()
    rated = [each for each in effects if isinstance(each, Rate)]
    unhappy = heard.intent in _UNHAPPY
    return any(isinstance(each, SayPutRight) for each in effects) or any(
        each.score is not None or unhappy for each in rated
    )


def _is_another_matter(intent: str, heard: Heard, desk: Desk) -> bool:
    """Not what only sounds so because of the question that it comes with."""
    other = not _OTHER_MATTERS.isdisjoint((intent, heard.intent))
    told = told_beside(heard.text, desk.language) if is_asked_beside(heard.text, desk.language) else ""
    return other and len(told.split()) < _FEWEST_WORDS - 1


def _how_it_was(
    intent: str, notice: Notice, draft: Draft, facts: Facts, heard: Heard, desk: Desk
) -> Outcome | None:
    about = Rate(notice.visit.id, notice=notice.id)
    if heard.tap:
        option = tapped(heard, draft, desk)
        return _rated(replace(about, score=int(option.value))) if option else None
    if heard.picture or not speech.says("asks_for_nothing", heard.text, desk.language):
        score = _score(heard, desk)
        if score is not None:
            scored = replace(about, score=score, words=_comment(heard))
            return _with_what_else(scored, intent, facts, heard, desk)
    elif speech.says("not_now", heard.text, desk.language):
        return Outcome(draft, (Line("utter_take_your_time"),), "keep")
    elif heard.intent != "stop":
        return Outcome(Draft(), (Line("utter_feedback_declined"),), "say")
    if _wants_a_person(heard, desk) or _is_another_matter(intent, _unless_a_person(heard, desk), desk):
        return None
    return _without_a_score(about, intent, draft, facts, heard, desk)


def _without_a_score(
    about: Rate, intent: str, draft: Draft, facts: Facts, heard: Heard, desk: Desk
) -> Outcome | None:
    """Words are kept; what may be a score, but which one, is asked for again."""
    told = told_beside(heard.text, desk.language).split()
    unhappy = heard.intent in _UNHAPPY
    if unhappy or (len(told) >= _FEWEST_WORDS and _is_of_the_visit(intent, facts, heard, desk)):
        said = replace(about, words=heard.text, complains=unhappy)
        return Outcome(draft, (), "keep", effects=(said,))
    if heard.intent == REACT or (told and len(told) < _FEWEST_WORDS and _says_nothing_else(heard, facts)):
        return Outcome(draft, (Line("utter_feedback_unclear"),), "again")
    return None


def _is_of_the_visit(intent: str, facts: Facts, heard: Heard, desk: Desk) -> bool:
    if is_asked_beside(heard.text, desk.language) or speech.says(
        "of_a_past_visit", heard.text, desk.language
    ):
        return True
    wishes = (facts.when and facts.when.wishes) or (intent == "inform" and facts.any)
    return heard.intent not in _SMALL_TALK | _ASKS | _BOOKS and not wishes


def _speaks_of_the_past(heard: Heard, desk: Desk) -> bool:
    return speech.says("of_a_past_visit", heard.text, desk.language)


def _says_nothing_else(heard: Heard, facts: Facts) -> bool:
    return heard.intent in _MAY_BE_A_MARK and not facts.any


def _score(heard: Heard, desk: Desk) -> int | None:
    if heard.picture:
        return rating.pictured(heard.picture, desk.language)
    score = rating.said(heard.text, desk.language)
    agrees = heard.intent == "affirm" and len(heard.text.split()) < _FEWEST_WORDS
    return _AGREES if score is None and agrees and not any(map(str.isdigit, heard.text)) else score


def _rated(effect: Rate) -> Outcome:
    return Outcome(Draft(), (), "say", effects=(effect,))


def _with_what_else(scored: Rate, intent: str, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    """ "5, and can I come again on Friday?", "1, I want the manager to ring me": both are heard."""
    happy = scored.score is not None and scored.score >= _GOOD_ENOUGH
    if _wants_a_person(heard, desk):
        tell = human_handoff.apply if happy else human_handoff.complaint
        return _beside(replace(scored, words=heard.text, staff_told=True), tell(Draft(), facts, heard, desk))
    if intent in _BESIDE_A_SCORE and scored.words:
        also = APPLY[intent](Draft(), facts, heard, desk)
        return _beside(replace(scored, silent=intent in ("stop", "delete_data")), also)
    if heard.intent in _BOOKS and facts.any and (happy or facts.when):
        return _beside(scored, book_appointment.apply(Draft(), facts, heard, desk))
    return _rated(scored)


def _beside(scored: Rate, also: Outcome) -> Outcome:
    return replace(also, effects=(scored, *also.effects))


def _wants_a_person(heard: Heard, desk: Desk) -> bool:
    """In so many words: who is asked how it was says much that sounds like it."""
    asks = speech.words("of_a_handoff", desk.language)
    return heard.intent == "human_handoff" and not asks.isdisjoint(words_of(heard.text))


def _unless_a_person(heard: Heard, desk: Desk) -> Heard:
    return replace(heard, intent="complaint") if heard.intent == "human_handoff" else heard


def _comment(heard: Heard) -> str | None:
    """What they wrote, when it is more than a mark."""
    return heard.text if len(heard.text.split()) >= _FEWEST_WORDS else None


def _what_went_wrong(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome | None:
    """Their own words, message after message, until they have said it all; a better score takes it back."""
    if heard.tap:
        return None
    if corrected := rating.corrected(heard.text, desk.language):
        return _rated(Rate(draft.appointment_id, score=corrected))
    if heard.picture:
        return Outcome(Draft(), (Line("utter_feedback_done"),), "say")
    if heard.intent in {"greet", *_ASKS} and not told_beside(heard.text, desk.language):
        return None
    if heard.intent in _BOOKS and facts.when and not _speaks_of_the_past(heard, desk):
        return book_appointment.apply(Draft(), facts, heard, desk)
    return Outcome(draft, (), "keep", effects=(Rate(draft.appointment_id, words=heard.text),))


def _how_likely(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome | None:
    if heard.tap or heard.intent in _ASKS or (heard.intent in _BOOKS and facts.any):
        return None
    score = rating.of_ten(heard.text, desk.language)
    if score is not None:
        words = _comment(heard)
        return Outcome(Draft(), (), "say", effects=(Rate(draft.appointment_id, score, words, "nps"),))
    if heard.intent == "deny" or speech.says("asks_for_nothing", heard.text, desk.language):
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


def _instead_of_the_missed(notice: Notice, draft: Draft, heard: Heard, desk: Desk) -> Outcome | None:
    """One tap on a time of the message books it, of who has nothing else booked; it can be taken back."""
    option = tapped(heard, draft, desk) if heard.of_notice == notice.id else None
    if option is None or option.kind != "slot":
        return None
    if desk.appointments or desk.customer.name is None or is_stale(notice):
        return None
    return Outcome(draft.but(slot=Slot.model_validate(option.value)), effects=(Commit(),))


def _another_score(draft: Draft, heard: Heard, desk: Desk) -> Outcome | None:
    """ "Sorry, I meant 5", not long after they gave another."""
    given = next((each for each in desk.notices if each.kind == FEEDBACK and each.answer), None)
    if given is None or desk.now - given.said_at > _MAY_MEAN_ANOTHER_SCORE:
        return None
    score = rating.corrected(heard.text, desk.language)
    return _rated(Rate(given.visit.id, score, notice=given.id)) if score else None


def _unasked(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome | None:
    """ "Loved it!", "the haircut was awful": of the last visit, if not long ago. The team hears a complaint anyway."""
    visit = desk.last_visit
    if visit is None or (facts.when and facts.when.wishes and heard.intent in _BOOKS):
        return None
    score = rating.said(heard.text, desk.language)
    praised = speech.says("praises", heard.text, desk.language) and (score or 5) > 3
    if heard.intent == "complaint" and not praised:
        of_the_visit = facts.named.services or speech.says("of_a_past_visit", heard.text, desk.language)
        if not of_the_visit or (score or 0) > 3:
            return None
        told = human_handoff.complaint(draft, facts, heard, desk)
        effect = Rate(visit.id, score, heard.text, staff_told=True)
        return replace(told, effects=(*told.effects, effect))
    if heard.intent in _BOOKS | _ASKS or not praised:
        return None
    return _rated(Rate(visit.id, score or 5, heard.text))
