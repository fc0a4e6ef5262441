"""What tests ask of the waitlist, as short as it is said."""

from collections.abc import Callable
from itertools import count
from typing import Any

import httpx

from tests.builders.core import Core
from tests.builders.salon import a_customer

CoreMaker = Callable[..., Core]
Range = tuple[str, str]

TUESDAY: Range = ("2027-03-02T14:00:00Z", "2027-03-02T22:00:00Z")
WEDNESDAY: Range = ("2027-03-03T14:00:00Z", "2027-03-03T22:00:00Z")
_KEYS = count(1)


def ask(core: Core, *ranges: Range, key: str | None = None, **more: Any) -> httpx.Response:
    body = {
        "customer_id": core.salon.customer,
        "service_id": core.salon.service,
        "ranges": [{"start": start, "end": end} for start, end in ranges or (TUESDAY,)],
        **more,
    }
    return core.ask("POST", "waitlist", body, key=key or f"wait-{next(_KEYS)}")


def wait(core: Core, *ranges: Range, **more: Any) -> Any:
    """A new entry."""
    answer = ask(core, *ranges, **more)
    assert answer.status_code == 201, answer.text
    return answer.json()


def person(core: Core, name: str) -> int:
    return core.write(lambda session: a_customer(session, core.salon.id, core.clock(), name)[0])
