"""Two who come together: times at which both can be seen, at once by two of the team, or else one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from actions import services, speech
from actions.core_client import CoreClient
from actions.core_types import Closed, Desk, Found, Slot
from actions.draft import Draft
from actions.mentions import mentions_in
from actions.turn_types import Query
from actions.words import words

_MOST_WISHES = 10
_LOOKED_AROUND = timedelta(days=7)


def companion_in(text: str, desk: Desk, attendee: str | None) -> str | None:
    """Who else comes, if two come: somebody named, or a guest."""
    together = speech.says("two_come", text, desk.language) or any(
        mentions_in(said, desk.services, desk.language).wanted
        for said in speech.all_said("two_of", text, desk.language)
    )
    return (attendee or words("utter_guest", desk.language)) if together else None


async def search(query: Query, draft: Draft, desk: Desk, core: CoreClient) -> Found:
    """As one's own search, for two: slots of the first wish that has any for both, else the nearest."""
    length = timedelta(minutes=sum(each.duration_minutes for each in services.of(draft, desk)))
    horizon = desk.now + timedelta(days=desk.business.policy.horizon_days)
    wishes = query.wishes[:_MOST_WISHES] or ((desk.now, horizon),)
    for n, (begins, ends) in enumerate(wishes):
        found = _pairs(await core.free(query, begins, ends + length), query, begins, ends)
        if found:
            return Found(slots=found[: query.limit], wish=n if query.wishes else None)
    wished = wishes[0][0]
    begins, ends = max(desk.now, wished - _LOOKED_AROUND), wished + _LOOKED_AROUND
    near = _pairs(await core.free(query, begins, ends), query, begins, ends)
    near.sort(key=lambda slot: abs(slot.start - wished))
    alone = await core.search(query) if query.wishes else Found(slots=[])
    closed = alone.closed or (Closed(code="no_two") if query.wishes else None)
    return Found(slots=[], closed=closed, alternatives=near[: query.limit])


def _pairs(free: Iterable[Slot], query: Query, begins: datetime, ends: datetime) -> list[Slot]:
    """One a start, at once if that can be at all; whoever was asked for sees the first of the two."""
    slots = sorted(free, key=lambda slot: (slot.start, slot.staff_id))
    firsts = [
        slot
        for slot in slots
        if begins <= slot.start < ends
        and slot.start.isoformat() not in query.shown
        and query.staff_id in (None, slot.staff_id)
        and slot.staff_id not in query.not_with
    ]
    at_once = _matched(firsts, slots, lambda a, b: a.start == b.start and a.staff_id != b.staff_id)
    return at_once or _matched(firsts, slots, lambda a, b: a.end == b.start)


def _matched(firsts: Iterable[Slot], slots: Iterable[Slot], fits: Callable[[Slot, Slot], bool]) -> list[Slot]:
    found: dict[datetime, Slot] = {}
    for first in firsts:
        beside = (slot for slot in slots if slot.location_id == first.location_id and fits(first, slot))
        if first.start not in found and (second := next(beside, None)):
            found[first.start] = first.model_copy(update={"beside": second})
    return list(found.values())
