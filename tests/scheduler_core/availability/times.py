"""The Tuesday on which the tests of this room take place, and the short questions they ask about it."""

from datetime import datetime, timedelta
from typing import Any

from tests.builders.core import Core

#: In New York it is five hours earlier: nine, ten, eleven and twelve o'clock.
NINE, TEN, ELEVEN, NOON = (f"2027-03-02T{hour}:00:00Z" for hour in (14, 15, 16, 17))
TUESDAY = ("2027-03-02T05:00:00Z", "2027-03-03T05:00:00Z")
WEDNESDAY_TEN = "2027-03-03T15:00:00Z"


def just(start: str) -> tuple[str, str]:
    """The range in which that is the only minute."""
    return start, (datetime.fromisoformat(start) + timedelta(minutes=1)).isoformat()


def slots_at(core: Core, start: str, **more: Any) -> list[Any]:
    """The slots of anybody that start then."""
    return core.slots(*just(start), **{"staff_id": None, **more})


def why_not(core: Core, start: str, **more: Any) -> Any:
    """What a search says of a time at which nothing can start."""
    found = core.search(just(start), **more)
    assert not found["slots"]
    return found["closed"]


def people_of(visit: Any) -> list[int]:
    """Who does it, service by service."""
    return [item["staff_id"] for item in visit["items"]]
