"""No more messages, or no more offers: honoured at once, confirmed once, with nothing else in the confirmation."""

from __future__ import annotations

from actions import speech
from actions.core_types import Desk
from actions.draft import Draft
from actions.notice_kinds import REBOOK
from actions.outcome import OptOut, Outcome
from actions.turn_types import Heard, Line
from actions.understand import Facts


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    if speech.says("only_offers", heard.text, desk.language):
        kept = (Line("utter_no_more_offers", {"business": desk.business.name}),)
        notice = desk.notice(draft.notice)
        left = Draft() if notice and notice.kind == REBOOK else draft
        return Outcome(left, kept, "keep", effects=(OptOut(heard.text, "marketing"),))
    lines = (Line("utter_stopped", {"business": desk.business.name}),)
    return Outcome(Draft(), lines, "say", effects=(OptOut(heard.text),))
