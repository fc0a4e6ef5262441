"""Whom the customer would rather not see: "anyone but Dev", "not with Ben", "somebody else"."""

from __future__ import annotations

from collections.abc import Sequence

from actions import services
from actions.core_types import Desk
from actions.draft import Draft
from actions.people import called
from actions.turn_types import Line
from actions.words import words


def another_than(draft: Draft) -> tuple[int, ...]:
    """Whom "somebody else" is other than: the person asked for, else whoever all that is on the table is with."""
    if draft.staff_id is not None:
        return (draft.staff_id,)
    slots = (
        [draft.slot.staff_id] if draft.slot else [each.value["staff_id"] for each in draft.options_of("slot")]
    )
    return tuple(dict.fromkeys(slots)) if len(set(slots)) == 1 else ()


def without(draft: Draft, ids: Sequence[int]) -> Draft:
    """The draft that keeps clear of these people; a time picked with somebody else stays."""
    kept = draft if draft.slot and draft.slot.staff_id not in ids else draft.without_slot()
    staff_id = None if draft.staff_id in ids else draft.staff_id
    unsure_of = tuple(each for each in draft.unsure_of if each not in ids)
    not_with = tuple(dict.fromkeys((*draft.not_with, *ids)))
    return kept.but(staff_id=staff_id, unsure_of=unsure_of, not_with=not_with)


def somebody_is_left(draft: Draft, desk: Desk) -> tuple[Draft, tuple[Line, ...]]:
    """Where nobody else does the service, that is said, and they are proposed after all."""
    for service in services.of(draft, desk) if draft.not_with else ():
        able = [each for each in desk.staff if each.id in service.staff_ids]
        if able and all(each.id in draft.not_with for each in able):
            said = services.said([called(each.name, desk.staff) for each in able], desk)
            line = Line("utter_only_they_can", {"service": service.name, "staff": said})
            return draft.without_slot().but(not_with=()), (line,)
    return draft, ()


def in_words(draft: Draft, desk: Desk) -> str:
    """ ", not with Dev"."""
    names = [called(each.name, desk.staff) for each in desk.staff if each.id in draft.not_with]
    if not names:
        return ""
    joined = f" {words('utter_nor', desk.language)} ".join(names)
    return f", {words('utter_not_with', desk.language, people=joined)}"
