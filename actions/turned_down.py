"""Times that we offered by ourselves are not wanted: the visit that had to move is dropped, what was only offered is
let be."""

from __future__ import annotations

from actions import human_handoff, speech
from actions.choose_alternative import tapped
from actions.core_types import Desk, Notice
from actions.decide import about
from actions.draft import Draft
from actions.notice_kinds import KINDS, MISSED, REBOOK
from actions.outcome import Outcome
from actions.reply_words import cannot_say_yet, says_any
from actions.turn_types import Heard, Line
from actions.understand import Facts

_OTHER_MATTERS = frozenset({"stop", "human_handoff", "delete_data", "cancel_appointment"})


def reply(intent: str, draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome | None:
    """None when something else is meant: other times, one of these, another matter."""
    notice, asked = desk.notice(draft.notice), draft.question.kind if draft.question else None
    if notice is None or not KINDS[notice.kind].offers or asked not in ("slot", "time"):
        return None
    if heard.tap:
        option = tapped(heard, draft, desk)
        return _let_be() if option and option.value == "later" else None
    if intent in _OTHER_MATTERS:
        return None
    if notice.kind == MISSED and speech.says("was_there", heard.text, desk.language):
        return human_handoff.complaint(Draft(), Facts(), heard, desk)
    if notice.kind == MISSED and not facts.any and speech.says("apologises", heard.text, desk.language):
        return Outcome(draft, (Line("utter_these_things_happen"),), "again")
    if cannot_say_yet(heard, desk) and not facts.any:
        return Outcome(draft, (Line("utter_take_your_time"),), "keep") if draft.goal == "move" else _let_be()
    if not _declines(intent, notice, facts, heard, desk):
        return None
    visit = desk.appointment(notice.visit.id) if KINDS[notice.kind].moves else None
    return Outcome(about(Draft(goal="cancel"), visit)) if visit else _let_be()


def _declines(intent: str, notice: Notice, facts: Facts, heard: Heard, desk: Desk) -> bool:
    if facts.any:
        return False
    if says_any(("declines", "needs_no_more"), heard, desk):
        return True
    may_wait = not KINDS[notice.kind].moves and speech.says("not_now", heard.text, desk.language)
    return may_wait or (notice.kind == REBOOK and intent == "deny")


def _let_be() -> Outcome:
    return Outcome(Draft(), (Line("utter_rebook_later"),), "say")
