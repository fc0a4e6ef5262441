"""A "taken" always comes with what is free instead, looked up after the refused change was undone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from scheduler_core.availability.queries import Question
from scheduler_core.availability.schemas import SlotOut
from scheduler_core.availability.search import Wanted, search
from scheduler_core.availability.slots import minute_of
from scheduler_core.errors import SlotTaken
from scheduler_core.permissions.caller import Caller

Result = TypeVar("Result")


def or_alternatives(
    caller: Caller, question: Callable[[], Question], start: datetime, work: Callable[[], Result]
) -> Result:
    """Run ``work``; a ``SlotTaken`` leaves with facts ``alternatives``: the nearest slots, any place."""
    try:
        return work()
    except SlotTaken as taken:
        minute = minute_of(start)
        wanted = Wanted(replace(question(), location_id=None), [(minute, minute + 1)])
        found = caller.ask(lambda session, now: search(session, wanted, now))
        near = found.alternatives or found.spots
        slots = [SlotOut.of(spot, found.duration).model_dump(mode="json") for spot in near]
        raise SlotTaken(alternatives=slots) from taken
