"""People who come together: times at which all can be seen, at once if enough of the team are free, else in a row."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice, permutations

from actions import services
from actions.core_client import CoreClient, Refused
from actions.core_types import Closed, Desk, Found, Slot
from actions.draft import Draft
from actions.query import query_for
from actions.turn_types import Query, Wanted

_MOST_WISHES = 10
_MOST_TRIED = 12
_MOST_ORDERS = 24
_LONGEST_GAP = timedelta(minutes=15)
_LOOKED_AROUND = (timedelta(days=1), timedelta(days=7))

_Way = tuple[Slot, ...]
"""One slot for each who comes."""


def visits_wanted(draft: Draft, slot: Slot, desk: Desk) -> tuple[Wanted, ...]:
    """What was agreed to, one visit for each who comes; the hold is that of the first."""
    return tuple(
        Wanted(
            customer_id=desk.customer.id,
            service_id=each.service_id or 0,
            also=each.also,
            slot=own,
            hold_id=each.hold_id,
            attendee=each.attendee,
            note=each.note,
        )
        for each, own in zip(draft.visits, slot.each, strict=True)
    )


async def search(query: Query, draft: Draft, desk: Desk, core: CoreClient) -> Found:
    """As one's own search, for all of them: slots of the first wish that has any for all, else the nearest."""
    party = _Party(draft, desk, core, query)
    horizon = desk.now + timedelta(days=desk.business.policy.horizon_days)
    wishes = query.wishes[:_MOST_WISHES] or ((desk.now, horizon),)
    for n, (begins, ends) in enumerate(wishes):
        if found := await party.within(begins, ends):
            return Found(slots=found, wish=n if query.wishes else None)
    alone = await core.search(query) if query.wishes else Found(slots=[])
    closed = alone.closed or (Closed(code="no_two") if query.wishes else None)
    near = await party.nearest(wishes[0][0])
    if not near and any(each.staff_id for each in draft.visits):
        anybody = draft.but(staff_id=None, party=tuple(each.but(staff_id=None) for each in draft.party))
        near, closed = (
            await _Party(anybody, desk, core, query).nearest(wishes[0][0]),
            Closed(code="no_such_pair"),
        )
    return Found(slots=[], closed=closed, alternatives=near)


@dataclass(frozen=True)
class _Party:
    """Who looks for a time together."""

    draft: Draft
    desk: Desk
    core: CoreClient
    query: Query

    async def nearest(self, wished: datetime) -> list[Slot]:
        for around in _LOOKED_AROUND:
            begins = max(self.desk.now, wished - around)
            if found := await self.within(begins, wished + around, lambda start: abs(start - wished)):
                return found
        return []

    async def within(
        self, begins: datetime, ends: datetime, order: Callable[[datetime], timedelta] | None = None
    ) -> list[Slot]:
        """Slots that start within the span, the soonest first; at once wherever that can be at all."""
        visits = self.draft.visits
        length = timedelta(
            minutes=sum(
                service.duration_minutes for each in visits for service in services.of(each, self.desk)
            )
        )
        free = [_Free(await self._free(query_for(each, self.desk), begins, ends + length)) for each in visits]
        starts = [each for each in free[0].starts if begins <= each < ends]
        offered = [each for each in starts if each.isoformat() not in self.query.shown]
        ordered = sorted(offered, key=order) if order else offered
        who = [each.attendee for each in visits]
        for gap in (None, _LONGEST_GAP) if len(set(who)) == len(who) else (_LONGEST_GAP,):
            ways = (way for start in ordered if (way := _best(start, free, who, gap)))
            if found := await self._that_can_be_booked(ways):
                return found
        return []

    async def _free(self, query: Query, begins: datetime, ends: datetime) -> list[Slot]:
        found = await self.core.free(query, begins, ends)
        return [slot for slot in found if slot.staff_id not in query.not_with]

    async def _that_can_be_booked(self, ways: Iterable[_Way]) -> list[Slot]:
        """What the core would not book – for a room that only one can have, say – is not offered."""
        found: list[Slot] = []
        for first, *others in islice(ways, _MOST_TRIED):
            slot = first.model_copy(update={"beside": tuple(others)})
            try:
                await self.core.preview_together(visits_wanted(self.draft, slot, self.desk))
                found.append(slot)
            except Refused:
                continue
            if len(found) == self.query.limit:
                break
        return found


class _Free:
    """The slots that one of them could have, by start."""

    def __init__(self, slots: Iterable[Slot]) -> None:
        self._at: dict[datetime, list[Slot]] = {}
        for slot in sorted(slots, key=lambda each: (each.start, each.staff_id)):
            self._at.setdefault(slot.start, []).append(slot)
        self.starts = list(self._at)

    def between(self, first: datetime, last: datetime) -> Iterator[Slot]:
        for start in self.starts[bisect_left(self.starts, first) : bisect_right(self.starts, last)]:
            yield from self._at[start]


def _best(
    start: datetime, free: Sequence[_Free], who: Sequence[str | None], gap: timedelta | None
) -> _Way | None:
    """The way in which the first begins at that start and all are done soonest; without a `gap`, all begin then."""
    others = islice(permutations(range(1, len(who))), _MOST_ORDERS if gap is not None else 1)
    ways = [way for order in others if (way := next(_ways(start, free, who, (0, *order), (), gap), None))]
    return min(ways, key=lambda way: max(slot.end for slot in way), default=None)


def _ways(
    start: datetime,
    free: Sequence[_Free],
    who: Sequence[str | None],
    order: Sequence[int],
    taken: tuple[tuple[int, Slot], ...],
    gap: timedelta | None,
) -> Iterator[_Way]:
    """Each in this order has the soonest slot that goes with those already `taken`."""
    if len(taken) == len(order):
        yield tuple(slot for _, slot in sorted(taken, key=lambda each: each[0]))
        return
    n = order[len(taken)]
    last = (
        max((before.end for _, before in taken), default=start) + gap if taken and gap is not None else start
    )
    for slot in free[n].between(start, last):
        follows = gap is not None and any(before.end <= slot.start <= before.end + gap for _, before in taken)
        if (slot.start == start or follows) and all(
            _goes_with(slot, before, same=who[n] == who[m]) for m, before in taken
        ):
            yield from _ways(start, free, who, order, (*taken, (n, slot)), gap)


def _goes_with(slot: Slot, before: Slot, *, same: bool) -> bool:
    """At one place, and nobody is with two at a time, nor seen by two."""
    apart = before.end <= slot.start or slot.end <= before.start
    return slot.location_id == before.location_id and (
        apart or (slot.staff_id != before.staff_id and not same)
    )
