"""Which intent's file takes this turn: the classifier's answer, read in the light of the open question.

Rasa hears a sentence alone; "book it" under a summary is a yes, "Peter Smith" under "what name?" is a name, and
"move it to 4" while a booking is being arranged moves nothing that exists.
"""

from __future__ import annotations

import re

from actions import about_the_house, choose_alternative, speech, unspoken
from actions.core_types import Desk
from actions.draft import Draft
from actions.intents import APPLY, FALLBACK
from actions.misheard import set_right
from actions.side_questions import SIDE_QUESTIONS, asked_after_all
from actions.turn_types import Heard
from actions.understand import Facts, tidy_name

_NEVER_AN_ANSWER = frozenset(
    "stop human_handoff start_over ask_price ask_hours ask_location ask_services help bot_challenge repeat thank "
    "goodbye list_appointments complaint running_late undo join_waitlist leave_waitlist "
    "abuse delete_data wait react change_language resume_messages go_on_elsewhere".split()
)
_NOT_TO_BE_NOTED = frozenset(
    "stop human_handoff cancel_appointment reschedule_appointment running_late undo".split()
)
_BESIDE_A_YES = frozenset({*SIDE_QUESTIONS, "bot_challenge", "thank", "greet", "goodbye"})
_OF_WHO_HESITATES = frozenset({"help", "human_handoff", "out_of_scope", FALLBACK})
_OF_THE_WAITLIST = frozenset({"join_waitlist", "leave_waitlist", "out_of_scope", FALLBACK})
_SMALL_TALK = frozenset({"thank", "goodbye"})
_OF_SECOND_THOUGHTS = frozenset({"deny", "out_of_scope", FALLBACK, "undo", "wait", "affirm", "inform"})
_NEVER_A_NAME = _NEVER_AN_ANSWER | {"affirm", "deny", "greet"}
_SOUNDS_LIKE_A_NAME = frozenset({"help", "repeat", "wait", "greet", "affirm"})
_MAY_BE_A_NAME = frozenset({"inform", "out_of_scope", FALLBACK})
_PLAIN_WORDS = frozenset("stop start_over affirm deny greet thank goodbye".split())
_VERBS = {"book": "book_appointment", "move": "reschedule_appointment", "cancel": "cancel_appointment"}
_WHICH_ONE = frozenset({"move", "cancel"})
_ACTING = frozenset(_VERBS.values())
_LONGEST_ANSWER_WORDS = 6
_LONGEST_BARE_NAME = 2


def intent_for(heard: Heard, facts: Facts, draft: Draft, desk: Desk) -> str:
    if heard.tap:
        return _tapped(heard, draft, desk)
    intent = set_right(heard, facts, draft, desk)
    asked = draft.question.kind if draft.question else None
    if answer := (
        _answers_and_says_more(intent, facts, heard, draft, desk)
        or _plainly(intent, facts, heard, draft, desk)
        or _on_second_thoughts(intent, facts, heard, draft, desk)
    ):
        return answer
    if intent == "start_over":
        return _less_than_starting_over(heard, facts, draft, desk)
    if intent in _NEVER_AN_ANSWER and not (intent in _SMALL_TALK and facts.any):
        return intent
    if asked == "confirm" and not facts.any and intent == _VERBS.get(draft.goal or ""):
        return "affirm"
    if intent == "affirm" and asked == "next" and (only := _only_step(draft)):
        return only
    if asked == "how_often" and (facts.times or facts.when):
        return "inform"
    if asked == "which_appointment" and facts.any and draft.goal in _WHICH_ONE:
        return _VERBS[draft.goal]
    if asked not in (None, "confirm", "forget", "next") and choose_alternative.said_in(
        heard.text, facts, draft, desk
    ):
        return "choose_alternative"
    if draft.goal is None and desk.appointments and _moves_what_stands(intent, facts):
        return "reschedule_appointment"
    if intent in _SMALL_TALK and asked not in (None, "next") and facts.any:
        return "inform"
    if _changes_what_is_arranged(intent, facts, draft, desk):
        return "correct"
    if intent in (FALLBACK, "out_of_scope"):
        if _still_says_something(intent, heard, facts, draft):
            return "inform"
        return asked_after_all(heard, desk) or "out_of_scope"
    if intent in _ACTING and not _has_evidence(heard, facts, draft, desk):
        return "out_of_scope"
    return intent if intent in APPLY else "out_of_scope"


def _tapped(heard: Heard, draft: Draft, desk: Desk) -> str:
    option = choose_alternative.tapped(heard, draft, desk)
    return str(option.value) if option and option.kind == "intent" else "choose_alternative"


def _answers_and_says_more(intent: str, facts: Facts, heard: Heard, draft: Draft, desk: Desk) -> str | None:
    """ "Yes, and where are you?", "the second one, and is there parking?": the answer comes first."""
    beside_a_yes = intent in _BESIDE_A_YES or (facts.note and intent not in _NOT_TO_BE_NOTED)
    asked = draft.question.kind if draft.question else None
    if asked == "confirm" and beside_a_yes and speech.says("starts_with_yes", heard.text, desk.language):
        return "affirm"
    if intent == "ask_location" and draft.goal and facts.when and facts.when.wishes:
        return "correct"  # no place depends on the day, so the day is a wish of its own
    picked = intent in SIDE_QUESTIONS and choose_alternative.picked_first(heard.text, draft, desk)
    return "choose_alternative" if picked else None


def _plainly(intent: str, facts: Facts, heard: Heard, draft: Draft, desk: Desk) -> str | None:
    """What the words settle by themselves, whatever is being arranged."""
    if draft.question and draft.question.kind != "next" and choose_alternative.typed(heard.text, draft):
        return "choose_alternative"
    if intent in _OF_WHO_HESITATES and speech.says("hesitates", heard.text, desk.language):
        return "help" if draft.question is None or draft.question.kind == "next" else "wait"
    if facts.only_note and intent not in _NOT_TO_BE_NOTED:
        return "inform"
    if intent in _OF_THE_WAITLIST and speech.says("asks_of_the_waitlist", heard.text, desk.language):
        return "list_appointments"
    return "out_of_scope" if about_the_house.is_asked(intent, facts, heard, desk) else None


def _on_second_thoughts(intent: str, facts: Facts, heard: Heard, draft: Draft, desk: Desk) -> str | None:
    """ "No wait, I can't" after "see you on Thursday"; "I meant yes, I'm coming" before anything is cancelled."""
    asked = draft.question.kind if draft.question else None
    if asked == "confirm" and draft.goal == "cancel" and not facts.any:
        comes = speech.says("will_come", heard.text, desk.language)
        return "deny" if comes and not speech.says("cancels", heard.text, desk.language) else None
    if draft.goal is None and asked in (None, "next") and desk.appointments and intent in _OF_SECOND_THOUGHTS:
        if speech.says("cannot_come", heard.text, desk.language):
            return "reschedule_appointment" if facts.when and facts.when.wishes else "cancel_appointment"
    return None


def name_given(heard: Heard, facts: Facts, draft: Draft, desk: Desk) -> str | None:
    """The customer's name, when this message tells it anew: in so many words, or as the answer to "what name?"."""
    known = desk.customer.name
    if known and not heard.tap and (said := speech.said("only_introduces", heard.text, desk.language)):
        name = tidy_name(said, desk.language)
        return name if name and name.lower() not in (known.lower(), known.lower().split()[0]) else None
    if facts.name and (known is None or (facts.introduced and facts.name.lower() != known.lower())):
        return facts.name
    asked = draft.question.kind if draft.question else None
    if known is not None:
        return _set_right(known, heard, facts, draft, desk) if asked == "confirm" else None
    if (
        asked != "name"
        or heard.tap
        or facts.note
        or speaks_of_the_visit(heard, facts, desk)
        or not (_may_be_a_name(heard, desk) or _is_a_full_name(heard, desk) or is_a_bare_name(heard, desk))
    ):
        return None
    return tidy_name(_before_a_question(heard, desk), desk.language)


def _set_right(known: str, heard: Heard, facts: Facts, draft: Draft, desk: Desk) -> str | None:
    """ "Zoe Hart", "im Zoe" under a summary that says it is for somebody else: whose visit it is was wrong."""
    if heard.tap or facts.any or facts.note or draft.attendee or draft.party:
        return None
    name = facts.name if facts.name and facts.name in heard.text else None
    if name is None and heard.intent in _MAY_BE_A_NAME and _is_a_full_name(heard, desk):
        name = tidy_name(heard.text, desk.language)
    return name if name and name.lower() != known.lower() else None


def _may_be_a_name(heard: Heard, desk: Desk) -> bool:
    return heard.intent not in _NEVER_A_NAME - _named_beside(heard, desk)


def is_a_bare_name(heard: Heard, desk: Desk) -> bool:
    """ "Al", "jane": a word or two with none among them that people answer with, whatever they were taken for."""
    said = {speech.folded(word.lower()) for word in re.findall(r"[^\W\d_]+", heard.text)}
    answers = speech.words("plain_answers", desk.language) | speech.words("of_a_handoff", desk.language)
    short = len(said) <= _LONGEST_BARE_NAME and heard.intent not in ("abuse", "stop")
    return short and not said & answers and tidy_name(heard.text, desk.language) is not None


def _named_beside(heard: Heard, desk: Desk) -> frozenset[str]:
    """What a name may be told with: a question, or a word of hesitation that sounds like something else."""
    if _before_a_question(heard, desk) != heard.text:
        return frozenset(SIDE_QUESTIONS)
    return _SOUNDS_LIKE_A_NAME if speech.says("before_a_name", heard.text, desk.language) else frozenset()


def _before_a_question(heard: Heard, desk: Desk) -> str:
    """ "Dave. And what's your address?": what comes before a side question."""
    asked = [at for key in SIDE_QUESTIONS for at, _ in speech.places(key, heard.text, desk.language)]
    return re.split(r"[.,;!?\n]", heard.text[: min(asked)])[0] if asked else heard.text


def _is_a_full_name(heard: Heard, desk: Desk) -> bool:
    """ "Hguo Stone please" asks for nobody, whatever it was taken for."""
    name = tidy_name(heard.text, desk.language) or ""
    words = name.split()
    asks = speech.words("of_a_handoff", desk.language)
    return (
        heard.intent not in _PLAIN_WORDS
        and len(words) > 1
        and all(word[0].isupper() and not word.isupper() and word in heard.text for word in words)
        and asks.isdisjoint(word.lower() for word in words)
    )


def speaks_of_the_visit(heard: Heard, facts: Facts, desk: Desk) -> bool:
    """A person's name alone is the customer's own here, even if somebody on the team has it too."""
    of_a_person = speech.says("starts_with_with", heard.text, desk.language)
    return bool(facts.when or facts.named.services or of_a_person)


def _only_step(draft: Draft) -> str | None:
    """What a yes means when a single step was proposed."""
    options = draft.question.options if draft.question else ()
    return str(options[0].value) if len(options) == 1 and options[0].kind == "intent" else None


def _less_than_starting_over(heard: Heard, facts: Facts, draft: Draft, desk: Desk) -> str:
    """Throwing the draft away is the last reading: "a bit later" corrects, "cancel that" is about a visit."""
    if facts.any and draft.goal:
        return "correct"
    cancels = speech.says("cancels", heard.text, desk.language)
    return "cancel_appointment" if cancels and desk.appointments and draft.goal is None else "start_over"


def _moves_what_stands(intent: str, facts: Facts) -> bool:
    """ "Actually, an hour later" with nothing being arranged is about the visit that was booked."""
    if facts.named.services or not facts.when:
        return False
    return intent == "correct" or (intent == "inform" and facts.when.shift is not None)


def _changes_what_is_arranged(intent: str, facts: Facts, draft: Draft, desk: Desk) -> bool:
    asked = draft.question.kind if draft.question else None
    if asked not in ("slot", "time", "confirm", "reading", "person", "change") or facts.named.services:
        return False
    if draft.goal == "move":
        return intent in ("book_appointment", "check_availability", "reschedule_appointment")
    of_the_draft = facts.any or asked == "change" or not desk.appointments
    return draft.goal == "book" and intent == "reschedule_appointment" and of_the_draft


def _has_evidence(heard: Heard, facts: Facts, draft: Draft, desk: Desk) -> bool:
    """With nothing under way, "book the cheapest flight" starts nothing: it names nothing of a visit here."""
    under_way = draft.goal or draft.service_id or (draft.question and draft.question.kind != "next")
    names_something = facts.any or facts.named.unknown_person
    ends_several = heard.intent == "cancel_appointment" and len(desk.appointments) > 1
    keys = ("of_a_visit", "all_of_them") if ends_several else ("of_a_visit",)
    said = any(speech.says(key, heard.text, desk.language) for key in keys)
    return bool(under_way or names_something or said)


def _still_says_something(intent: str, heard: Heard, facts: Facts, draft: Draft) -> bool:
    """A service, a time or a short answer to an open question counts although the classifier had no idea."""
    if draft.question is None and unspoken.language_of(heard.text):
        return False
    if facts.named.services and (intent == FALLBACK or facts.when):
        return True
    if facts.when and facts.when.wishes and intent == FALLBACK and draft.question and draft.goal == "book":
        return True
    open_question = draft.question is not None and draft.question.kind != "next"
    asks_service = draft.question is not None and draft.question.kind == "service"
    return open_question and len(heard.text.split()) <= _LONGEST_ANSWER_WORDS and (facts.any or asks_service)
