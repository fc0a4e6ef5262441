"""A reply to a notice in the customer's own words: they come, cannot come, want another time, or are somebody else."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from actions import (
    book_appointment,
    notice_visits,
    proposal_reply,
    reschedule_appointment,
    running_late,
    small_talk,
    speech,
    waitlist_offer,
)
from actions.choose_alternative import said_in, tapped
from actions.core_types import Appointment, Desk, Notice
from actions.decide import about
from actions.draft import Draft
from actions.notice_kinds import KINDS, Answer, is_stale
from actions.offers import first_steps, intent_option, visit_facts
from actions.outcome import AcceptProposal, AnswerNotice, HandOff, OptOut, Outcome
from actions.reply_words import cannot_say_yet, leaves_it, only_asks
from actions.turn_types import Heard, Line
from actions.understand import Facts, facts_in
from actions.visits import day_said, meant
from actions.wishes import ranges_of, unguessed

_OTHER_MATTERS = frozenset(
    "stop resume_messages human_handoff complaint delete_data abuse start_over change_language running_late "
    "list_appointments undo join_waitlist leave_waitlist go_on_elsewhere".split()
)
_YES = frozenset({"affirm", "thank", "goodbye", "dont_care"})
_ASKED_BESIDE = frozenset("repeat ask_price ask_location ask_hours list_appointments".split())
_VAGUE = frozenset({"inform", "out_of_scope", "correct", "help"})
_STANDS: dict[Answer, Answer] = {"accept": "stay"}
_MOVES = frozenset({"reschedule_appointment", "correct", "request_alternatives", "check_availability"})


def reply(intent: str, draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome | None:
    """What comes of it; None when the message is about something else, or nothing was told."""
    notice = desk.notice(draft.notice)
    if notice and _keeps_it_after_all(intent, draft, facts, heard, desk):
        still_asked = KINDS[notice.kind].yes == "keep" and not is_stale(notice)
        kept = (AnswerNotice(notice.id, "keep"),) if still_asked else ()
        return Outcome(Draft(appointment_id=notice.visit.id), (Line("utter_kept"),), "say", effects=kept)
    if notice is None or (heard.tap and heard.of_notice is None and not _asked(draft)):
        return None
    if heard.of_notice == notice.id and is_stale(notice) and KINDS[notice.kind].offers:
        return _changed_since("keep", notice, heard, desk)
    if not _asked(draft):
        return None
    if intent == "repeat" and not speech.says("starts_with_yes", heard.text, desk.language):
        return Outcome(draft, (), "again")
    if not heard.tap and speech.says("wrong_number", heard.text, desk.language):
        return _wrong_number(heard, desk)
    if not heard.tap and intent not in _OTHER_MATTERS:
        if speech.says("who_is_this", heard.text, desk.language):
            return small_talk.bot_challenge(draft, facts, heard, desk)
    if notice.kind in KINDS and KINDS[notice.kind].over:
        return _next_visit(intent, facts, heard, desk)
    if cannot_say_yet(heard, desk) and intent not in _OTHER_MATTERS:
        return Outcome(draft, (Line("utter_take_your_time"),), "keep")
    if notice.offer:
        return waitlist_offer.reply(notice, intent, draft, facts, heard, desk)
    is_past = notice.visit.end <= desk.now
    if intent == "running_late" and KINDS[notice.kind].yes == "keep" and not (is_past or is_stale(notice)):
        late = running_late.for_visit(notice.visit.id, Draft(appointment_id=notice.visit.id), heard, desk)
        return replace(late, effects=(*late.effects, AnswerNotice(notice.id, "keep")))
    answer = _answer(intent, draft, facts, heard, desk)
    if answer is None:
        return None
    if is_past or is_stale(notice):
        return _changed_since(answer, notice, heard, desk)
    if answer == "accept":
        return Outcome(Draft(), (), "say", effects=(AcceptProposal(notice),))
    return _acted_on(answer, notice, facts, heard, desk)


def _acted_on(
    answer: Literal["keep", "move", "drop", "stay"], notice: Notice, facts: Facts, heard: Heard, desk: Desk
) -> Outcome:
    """A no to one of several visits is kept with none of them before it is done."""
    if notice.beside and answer in ("move", "drop"):
        of_which = notice_visits.give_up if answer == "drop" else notice_visits.move
        return of_which(notice, facts, heard, desk)
    outcome = _settled(answer, notice, notice.visit, facts, heard, desk)
    return replace(outcome, effects=(*outcome.effects, AnswerNotice(notice.id, answer)))


def _keeps_it_after_all(intent: str, draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> bool:
    """ "No, keep it", when asked whether to cancel what they had said they could not come to."""
    asked = draft.question.kind if draft.question else None
    if (
        draft.goal != "cancel"
        or asked != "confirm"
        or facts.any
        or desk.appointment(draft.appointment_id) is None
    ):
        return False
    chosen = tapped(heard, draft, desk) if heard.tap else said_in(heard.text, facts, draft, desk)
    return chosen.kind == "no" if chosen else intent == "deny" and not heard.tap


def _next_visit(intent: str, facts: Facts, heard: Heard, desk: Desk) -> Outcome | None:
    """What is about a visit that has been moves none: "can I come again" is a wish for the next one."""
    again = intent == "reschedule_appointment" and not desk.appointments
    return book_appointment.apply(Draft(), facts, heard, desk) if again else None


def is_an_answer(draft: Draft, heard: Heard, desk: Desk) -> bool:
    facts, notice = facts_in(heard, draft, desk), desk.notice(draft.notice)
    if notice and notice.offer:
        return waitlist_offer.answer(notice, heard.intent, draft, facts, heard, desk) is not None
    return _answer(heard.intent, draft, facts, heard, desk) is not None


def _asked(draft: Draft) -> bool:
    return draft.question is not None and draft.question.kind == "notice"


def _answer(intent: str, draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Answer | None:
    notice = desk.notice(draft.notice)
    if notice is None or not _asked(draft):
        return None
    option = tapped(heard, draft, desk)
    if heard.tap:
        return option.value if option and option.kind == "notice" else None
    kind = KINDS[notice.kind]
    if intent == "start_over" and speech.says("declines", heard.text, desk.language):
        return "drop" if kind.no == "move" else kind.no
    back = intent == "undo" and leaves_it(heard, desk) == "before"
    if (
        (intent in _OTHER_MATTERS and not (back or _says_yes_beside(intent, heard, desk)))
        or kind.over
        or not _is_meant(intent, draft, facts, heard, desk)
    ):
        return None
    return _in_words(notice, intent, draft, facts, heard, desk)


def _in_words(
    notice: Notice, intent: str, draft: Draft, facts: Facts, heard: Heard, desk: Desk
) -> Answer | None:
    kind = KINDS[notice.kind]
    other_time = all(_names_another_time(each, draft, facts, desk) for each in notice.visits)
    if not _names_another_service(notice, facts) and (
        chosen := proposal_reply.answer(notice, intent, draft, facts, heard, desk)
    ):
        return chosen
    if speech.says("cannot_wait", heard.text, desk.language):
        return kind.no if kind.again == "utter_again_late" else kind.yes
    if speech.says("cannot_come", heard.text, desk.language):
        then = kind.no == "move" and speech.says("at_that_time", heard.text, desk.language)
        return "move" if other_time or then else "drop"
    if not other_time and (stands := leaves_it(heard, desk)):
        return {"before": kind.before, "as_it_is": _STANDS.get(kind.yes, kind.yes), "comes": kind.yes}[stands]
    if intent in _VAGUE and not facts.any and speech.says("cancels", heard.text, desk.language):
        return "drop"
    comes = (intent in _YES and not only_asks(heard, desk)) or _says_yes_beside(intent, heard, desk)
    if _names_another_service(notice, facts):
        return kind.yes if comes else None
    if other_time or intent in _MOVES:
        return "move"
    if comes or (intent == "inform" and facts.when):
        return kind.yes
    if intent == "choose_alternative" and (picked := said_in(heard.text, facts, draft, desk)):
        return picked.value if picked.kind == "notice" else None
    return {"deny": kind.no, "cancel_appointment": "drop"}.get(intent)


def _says_yes_beside(intent: str, heard: Heard, desk: Desk) -> bool:
    """ "Yes – where was it again?" """
    return intent in _ASKED_BESIDE and speech.says("starts_with_yes", heard.text, desk.language)


def _is_meant(intent: str, draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> bool:
    """ "Cancel Friday's" is about Friday's visit, whichever one was spoken of."""
    source = day_said(facts) if intent == "cancel_appointment" else facts.when.source if facts.when else None
    if desk.appointment(draft.appointment_id) is None:
        return True
    spoken_of = {each.id for each in meant(draft, facts, source, heard, desk)}
    notice = desk.notice(draft.notice)
    told_of = {each.id for each in notice.beside} if notice else set()
    return not spoken_of.isdisjoint({draft.appointment_id, *told_of})


def _names_another_time(visit: Appointment, draft: Draft, facts: Facts, desk: Desk) -> bool:
    """A time that is not the visit's: "see you Thursday" is, of Thursday's."""
    if facts.when is None:
        return False
    if facts.when.shift is not None or not facts.when.wishes:
        return not facts.when.exclude
    ranges = ranges_of(unguessed(facts.when), draft, desk)
    return not any(begins <= visit.start < ends for begins, ends in ranges)


def _names_another_service(notice: Notice, facts: Facts) -> bool:
    items = {item.service_id for visit in notice.visits for item in visit.items}
    own = items | {visit.service_id for visit in notice.visits}
    return any(service.id not in own for service in facts.named.services)


def _settled(
    answer: Answer, notice: Notice, visit: Appointment, facts: Facts, heard: Heard, desk: Desk
) -> Outcome:
    match answer:
        case "drop":
            return Outcome(about(Draft(goal="cancel", notice=notice.id), visit))
        case "move":
            draft = about(Draft(goal="move"), visit)
            return reschedule_appointment.apply(draft, facts_in(heard, draft, desk), heard, desk)
        case "accept" | "stay":
            line = Line("utter_proposal_stays", visit_facts(visit, desk))
            return Outcome(Draft(appointment_id=visit.id), (line,), "say")
        case "keep":
            line = Line(KINDS[notice.kind].kept, notice_visits.facts_of(notice, desk))
            if _names_another_service(notice, facts):
                more = book_appointment.apply(Draft(), facts, heard, desk)
                return replace(more, lines=(line, *more.lines))
            return Outcome(Draft(appointment_id=visit.id), (line,), "say")


def _changed_since(answer: Answer, notice: Notice, heard: Heard, desk: Desk) -> Outcome:
    """An honest word; moving and cancelling go on from how the visit stands now, and ask before they do anything."""
    visit = desk.appointment(notice.visit.id)
    if visit is None:
        over = notice.visit.status != "cancelled" and notice.visit.start <= desk.now
        key = "utter_visit_is_over" if over else "utter_visit_is_gone"
        return Outcome(Draft(), (Line(key, visit_facts(notice.visit, desk)),), "say", first_steps(desk))
    line = Line("utter_visit_has_changed", visit_facts(visit, desk))
    if answer in ("keep", "accept", "stay"):
        options = (
            intent_option("utter_button_move", "reschedule_appointment", desk),
            intent_option("utter_button_cancel", "cancel_appointment", desk),
        )
        return Outcome(Draft(appointment_id=visit.id), (line,), "say", options)
    outcome = _settled(answer, notice, visit, Facts(), heard, desk)
    return replace(outcome, lines=(line, *outcome.lines))


def _wrong_number(heard: Heard, desk: Desk) -> Outcome:
    """Nobody there waits for our messages: they get no more, and the team looks for the right number."""
    told = HandOff(f"says this is a wrong number: {heard.text}")
    line = Line("utter_wrong_number", {"business": desk.business.name})
    return Outcome(Draft(), (line,), "say", effects=(told, OptOut(heard.text)))
