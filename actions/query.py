"""A draft's wishes as one search of the core, and which of them an answer is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from actions import when
from actions.core_types import Desk
from actions.draft import Draft
from actions.turn_types import Query
from actions.wishes import Ranges, ranges_of, unclear, wanted


def query_for(draft: Draft, desk: Desk) -> Query:
    """The search that answers this draft's wish. Needs a service."""
    constraint = wanted(draft)
    assert draft.service_id is not None
    moved = desk.appointment(draft.appointment_id) if draft.goal == "move" else None
    return Query(
        service_id=draft.service_id,
        staff_id=draft.staff_id,
        location_id=draft.location_id,
        wishes=ranges_of(constraint, draft, desk) if constraint else (),
        customer_id=desk.customer.id,
        also=tuple(each.service_id for each in moved.items[1:]) if moved else draft.also,
        for_another=bool(moved.attendee if moved else draft.attendee),
        wall=_wall(constraint) if constraint and not draft.shown else None,
        exclude_appointment_id=moved.id if moved else None,
        conversation_id=desk.conversation.id,
        shown=draft.shown,
        not_with=draft.not_with,
        order=constraint.order if constraint and constraint.order in ("soonest", "latest") else None,
        together=constraint is not None and _is_one_wish(constraint),
    )


def _is_one_wish(constraint: when.TimeConstraint) -> bool:
    """ "Mornings next week", "not tomorrow": one wish of many days; "at 3" is for the next day that has it."""
    wishes = constraint.wishes
    return not wishes or (len(wishes) == 1 and not wishes[0].exact)


def pins_one_start(ranges: Ranges, n: int | None) -> bool:
    """Whether the n-th wish is one minute of one day: then a free slot there needs no offering."""
    return n is not None and n < len(ranges) and ranges[n][1] - ranges[n][0] <= timedelta(minutes=1)


def wish_behind(n: int, draft: Draft, desk: Desk) -> int:
    """Which of the draft's wishes the n-th range of its search comes from."""
    constraint = wanted(draft)
    wishes = constraint.wishes if constraint else ()
    for k in range(1, len(wishes)):
        assert constraint is not None
        if len(ranges_of(replace(constraint, wishes=wishes[:k]), draft, desk)) > n:
            return k - 1
    return max(len(wishes) - 1, 0)


def _wall(constraint: when.TimeConstraint) -> datetime | None:
    wish = unclear(constraint)
    if not wish or not wish.date_from or not wish.time_from:
        return None
    return datetime.combine(wish.date_from, wish.time_from)
