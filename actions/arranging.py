"""What is being arranged, in one line for the team: "book Haircut with Ana, Friday 20 November at 15:00"."""

from __future__ import annotations

from actions.core_types import Desk
from actions.draft import Draft
from actions.offers import slot_facts, visit_facts, wish_in_words, with_person
from actions.wishes import wanted
from actions.words import words


def in_words(draft: Draft, desk: Desk) -> str | None:
    """In the business's own language; None when nothing is under way."""
    if draft.goal is None:
        return None
    desk = desk.model_copy(update={"customer": desk.customer.model_copy(update={"language": None})})
    visit, service = desk.appointment(draft.appointment_id), desk.service(draft.service_id)
    facts = {"service": service.name if service else words("utter_a_visit", desk.language)}
    if draft.goal != "book" and visit:
        facts = {"service": f"{visit.service_name} ({visit_facts(visit, desk)['moment']})"}
    what = words(f"utter_arranging_{draft.goal}", desk.language, **facts)
    return f"{what}{_with_whom(draft, desk)}{_when(draft, desk)}"


def _with_whom(draft: Draft, desk: Desk) -> str:
    member = desk.staff_member(draft.slot.staff_id if draft.slot else draft.staff_id)
    return with_person(member.name, desk) if member and draft.goal != "cancel" else ""


def _when(draft: Draft, desk: Desk) -> str:
    known = draft.slot and desk.location(draft.slot.location_id) and desk.staff_member(draft.slot.staff_id)
    if draft.slot and known and desk.service(draft.service_id):
        return f", {slot_facts(draft.slot, draft, desk)['moment']}"
    constraint = wanted(draft)
    if not constraint or not constraint.wishes:
        return ""
    return f", {wish_in_words(constraint.wishes[0], draft, desk)}"
