"""What we told the customer by ourselves comes onto the table: its question is the one that "yes" and "2" answer.

A draft in the middle is shelved meanwhile and comes back when the matter is settled. A notice whose visit is gone is a
booking begun anew, with the times it offered.
"""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from actions import feedback, notice_elder, notice_visits, offers, speech, waitlist_offer
from actions.choose_alternative import said_in
from actions.core_types import Desk, Notice
from actions.decide import about
from actions.draft import Draft, Option, Question
from actions.moments import moment
from actions.notice_kinds import KINDS, is_on_their_mind, is_stale, may_be_answered, proposed
from actions.notice_reply import is_an_answer
from actions.outcome import AnswerNotice, Outcome, Rate, SayPutRight
from actions.route import name_given
from actions.turn_types import Heard, Line, Speak
from actions.understand import facts_in
from actions.wishes import exactly_at
from actions.words import words

_IN_THE_MIDDLE = timedelta(hours=6)
_ENDS_EVERYTHING = frozenset({"start_over", "stop", "delete_data"})


def on_the_table(draft: Draft, heard: Heard, desk: Desk) -> Draft:
    """The draft that this message is read by: that of the notice it replies to, or the one there is."""
    draft = feedback.still_open(draft, heard, desk)
    if elder := _elder(draft, heard, desk):
        return elder
    notice = _replied_to(draft, heard, desk)
    if notice is None or notice.kind not in KINDS:
        return draft
    asked, under = _asking(notice, desk), _in_the_middle(draft, notice, desk)
    if heard.of_notice is None:
        if heard.tap or (under and _goes_on(draft, heard, desk)):
            return draft.but(shelved=draft.shelved or _state(asked)) if _still_asks(notice, desk) else draft
        if is_stale(notice) and not is_an_answer(asked, heard, desk):
            return draft
        if not (is_on_their_mind(notice, desk.now) or feedback.is_an_answer(asked, heard, desk)):
            return draft
    return asked.but(shelved=under)


def _elder(draft: Draft, heard: Heard, desk: Desk) -> Draft | None:
    """That of an elder question of ours, which these words answer; the newest one waits for its own answer."""
    elder = notice_elder.meant(heard, desk) if draft.goal is None else None
    if elder is None:
        return None
    newest = desk.notices[0]
    waits = newest.answer is None and _still_asks(newest, desk)
    return _asking(elder, desk).but(shelved=_state(_asking(newest, desk)) if waits else draft.shelved)


def again(draft: Draft, desk: Desk) -> tuple[Line, ...]:
    """The notice's question once more; none when it asked nothing."""
    notice = desk.notice(draft.notice)
    key = KINDS[notice.kind].again if notice else None
    if notice is None or key is None:
        return ()
    if notice.offer:
        return (Line(key, waitlist_offer.facts_of(notice, desk)),)
    facts, instead = notice_visits.facts_of(notice, desk), proposed(notice)
    if instead:
        start = instead.start.astimezone(ZoneInfo(notice.visit.zone))
        facts |= {"proposed": moment(start, offers.locale_of(desk))}
    return (Line(key, facts),)


def left_under(before: Draft, outcome: Outcome, speak: Speak, intent: str, desk: Desk) -> Draft | None:
    """What waits until the present matter is settled: the draft that was shelved, or the notice passed over."""
    if intent in _ENDS_EVERYTHING:
        return None
    notice = desk.notice(before.notice)
    passed_over = (
        notice is not None
        and before.question is not None
        and before.question.kind == "notice"
        and speak.asks != "notice"
        and speak.draft.goal is not None
        and _still_asks(notice, desk)
        and not any(isinstance(each, AnswerNotice | Rate | SayPutRight) for each in outcome.effects)
    )
    if passed_over:
        return before
    return Draft.model_validate(before.shelved) if before.shelved else None


def is_settled(speak: Speak) -> bool:
    """Nothing is being arranged and nothing is asked any more."""
    return speak.draft.goal is None and speak.asks in (None, "next")


def still_makes_sense(under: Draft, desk: Desk) -> bool:
    """Whether what waited can still be asked: a notice's visit may have changed meanwhile."""
    notice = desk.notice(under.notice)
    return under.notice is None or (notice is not None and not _is_over(notice, desk))


def _replied_to(draft: Draft, heard: Heard, desk: Desk) -> Notice | None:
    """The one whose button was tapped; else the newest, if it was the last we said and is not long ago.

    An offer that is answered may have been by this very turn, tried again.
    """
    if heard.of_notice is not None:
        return desk.notice(heard.of_notice)
    newest, saved_at = next(iter(desk.notices), None), desk.draft.saved_at
    if newest is None:
        return None
    if saved_at and newest.said_at < saved_at:
        return newest if _wants_it_after_all(newest, draft, heard, desk) else None
    if newest.answer and not newest.offer:
        return None
    if newest.kind not in KINDS or _praises_what_was(newest, heard, desk):
        return None
    return newest if may_be_answered(newest, desk.now) else None


def _wants_it_after_all(notice: Notice, draft: Draft, heard: Heard, desk: Desk) -> bool:
    """ "Wait, yes, I want it", after they let the time go that was kept for them."""
    if notice.offer is None or notice.answer != "pass" or draft.goal or draft.question or heard.tap:
        return False
    return notice.offer.until > desk.now and speech.says("takes_it", heard.text, desk.language)


def _praises_what_was(notice: Notice, heard: Heard, desk: Desk) -> bool:
    """ "Thanks, it was lovely", after the visit they were reminded of."""
    if notice.offer or KINDS[notice.kind].over or notice.visit.end > desk.now:
        return False
    return speech.says("praises", heard.text, desk.language)


def _asking(notice: Notice, desk: Desk) -> Draft:
    if not KINDS[notice.kind].offers:
        options = tuple(_option(each.answer, desk) for each in notice.choices)
        question = Question(kind="notice", options=options)
        about_visit = notice.appointment.id if notice.appointment else None
        asked = Draft(notice=notice.id, appointment_id=about_visit, question=question)
        return asked.but(service_id=notice.offer.service_id) if notice.offer and not about_visit else asked
    return _offering(notice, desk)


def _offering(notice: Notice, desk: Desk) -> Draft:
    """The times that were offered are on the table, for the visit that is to be moved or for one in its place."""
    visit, moves = notice.visit, KINDS[notice.kind].moves
    draft = about(Draft(goal="move" if moves else "book", notice=notice.id), visit)
    if not moves:
        draft = draft.but(appointment_id=None, attendee=visit.attendee, note=visit.note)
    slots = [each.slot for each in notice.choices if each.slot]
    near = exactly_at(visit.start, draft, desk).to_json() if visit.start > desk.now else None
    later = tuple(_option(each.answer, desk) for each in notice.choices if each.answer == "later")
    last = (offers.intent_option("utter_button_cancel", "cancel_appointment", desk),) if moves else later
    return draft.but(
        when=near,
        shown=tuple(start.isoformat() for start in (visit.start, *(slot.start for slot in slots))),
        question=Question(
            kind="slot" if slots else "time",
            options=(*(offers.slot_option(slot, draft, desk) for slot in slots), offers.more(desk), *last),
        ),
    )


def _option(answer: str, desk: Desk) -> Option:
    label = answer if answer.isdecimal() else words(f"utter_notice_{answer}", desk.language)
    return Option(kind="notice", label=label, value=answer)


def _still_asks(notice: Notice, desk: Desk) -> bool:
    return KINDS[notice.kind].again is not None and not _is_over(notice, desk)


def _is_over(notice: Notice, desk: Desk) -> bool:
    """The visit is no longer what was spoken of, or the time is kept no longer."""
    return is_stale(notice) or (notice.offer is not None and notice.offer.until <= desk.now)


def _in_the_middle(draft: Draft, notice: Notice, desk: Desk) -> dict[str, object] | None:
    """What was being arranged, or asked, not long before the notice; what is under it already stays."""
    if draft.notice == notice.id:
        return draft.shelved
    saved_at = desk.draft.saved_at
    asked = draft.question is not None and draft.question.kind != "next"
    if not (draft.goal or asked) or saved_at is None or desk.now - saved_at > _IN_THE_MIDDLE:
        return None
    return _state(draft)


def _goes_on(draft: Draft, heard: Heard, desk: Desk) -> bool:
    """A time among those offered, or the name that was asked for, goes on with what was being arranged."""
    facts = facts_in(heard, draft, desk)
    picked = said_in(heard.text, facts, draft, desk) if facts.when else None
    return (picked is not None and picked.kind == "slot") or name_given(heard, facts, draft, desk) is not None


def _state(draft: Draft) -> dict[str, object]:
    return draft.model_dump(mode="json", exclude_defaults=True)
