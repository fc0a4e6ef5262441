"""What is said with the times on the table, and before a yes is asked for: all that would be written into the diary."""

from __future__ import annotations

from actions import offers, policies, together
from actions.core_types import Desk, Slot
from actions.draft import Draft
from actions.turn_types import Line
from actions.whose import for_whom


def opening(draft: Draft, desk: Desk) -> Line:
    if draft.shown:
        return Line("utter_more_times")
    if draft.party:
        return together.offer(draft, desk)
    facts, visit = offers.wish_facts(draft, desk), desk.appointment(draft.appointment_id)
    facts["service"] += for_whom(draft.attendee, desk)
    if draft.goal == "move" and visit:
        return Line("utter_offer_move", {**facts, "was": offers.visit_facts(visit, desk)["moment"]})
    return Line("utter_these_times") if draft.assumed else Line("utter_offer", facts)


def summary(draft: Draft, slot: Slot, desk: Desk) -> tuple[Line, ...]:
    facts = offers.slot_facts(slot, draft, desk)
    if slot.beside:
        return together.summary(draft, slot, desk)
    if draft.goal != "move":
        key = "utter_request_summary" if offers.asks_first(draft, desk) else "utter_summary"
        return (Line(key, facts),)
    visit = desk.appointment(draft.appointment_id)
    assert visit is not None
    moving = Line("utter_move_summary", {**facts, "was": offers.visit_facts(visit, desk)["moment"]})
    return (*policies.of_moving(visit, slot, desk), moving)
