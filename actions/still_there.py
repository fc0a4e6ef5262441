"""A draft may be days old: what has left the business since then is let go, and that is said."""

from __future__ import annotations

from actions.core_types import Desk
from actions.draft import Draft
from actions.turn_types import Line


def without_what_is_gone(draft: Draft, desk: Desk) -> tuple[Draft, tuple[Line, ...]]:
    """The draft with services, people and places that are there, and a sentence for each that is not."""
    lines = []
    if draft.service_id is not None and not desk.service(draft.service_id):
        draft = draft.without_slot().but(service_id=None, also=(), staff_id=None)
        lines.append(Line("utter_no_longer_offered"))
    if draft.goal != "move" and any(desk.service(key) is None for key in draft.also):
        there = tuple(key for key in draft.also if desk.service(key))
        draft = draft.without_slot().but(also=there)
        lines.append(Line("utter_no_longer_offered"))
    if draft.staff_id is not None and not desk.staff_member(draft.staff_id):
        draft = draft.without_slot().but(staff_id=None)
        lines.append(Line("utter_person_has_left"))
    if draft.location_id is not None and not desk.location(draft.location_id):
        draft = draft.without_slot().but(location_id=None)
        lines.append(Line("utter_place_has_closed"))
    if any(desk.service(key) is None for each in draft.visits for key in each.service_ids) and draft.party:
        draft = draft.without_slot().but(
            party=tuple(each.but(service_id=None, also=()) for each in draft.party)
        )
        lines.append(Line("utter_no_longer_offered"))
    slots = draft.slot.each if draft.slot else ()
    if not all(desk.staff_member(each.staff_id) and desk.location(each.location_id) for each in slots):
        draft = draft.without_slot()
    return draft, tuple(lines)
