"""A "taken" always comes with what is free instead, looked up after the refused change was undone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.memory import is_known, remembered
from scheduler_core.availability.schemas import SearchOut
from scheduler_core.availability.search import Wanted, search
from scheduler_core.availability.slots import minute_of
from scheduler_core.errors import SlotTaken
from scheduler_core.permissions.caller import Caller

Result = TypeVar("Result")


def or_alternatives(
    caller: Caller,
    business_id: int,
    question: Callable[[], Enquiry],
    start: datetime,
    work: Callable[[], Result],
) -> Result:
    """Run ``work``; a ``SlotTaken`` leaves with facts ``alternatives``: the nearest slots, any place.

    With the same person while they have any, else with anybody. The rules are read before, if this process does not
    know them: what a writing transaction reads is not remembered.
    """
    if not is_known(caller.database, business_id):
        caller.ask(lambda session, now: remembered(session, business_id, now))
    try:
        return work()
    except SlotTaken as taken:
        minute = minute_of(start)
        asked = replace(question(), location_id=None)
        for each in (asked, replace(asked, staff_id=None)):
            wanted = Wanted(each, [(minute, minute + 1)])
            found = _look(caller, wanted)
            near = found.alternatives or found.slots
            if near:
                break
        raise SlotTaken(alternatives=[slot.model_dump(mode="json") for slot in near]) from taken


def _look(caller: Caller, wanted: Wanted) -> SearchOut:
    return SearchOut.of(caller.ask(lambda session, now: search(session, wanted, now)))
