"""A customer who wants a visit again and again, and what the database keeps of it."""

from itertools import count
from typing import Any

import httpx
from sqlalchemy import func, select

from scheduler_core.outbox.enqueue import DESK
from scheduler_core.outbox.models import OutboundMessage
from tests.builders.core import Core

_KEYS = count(1)

TUESDAY_9 = "2027-03-09T14:00:00Z"
WEEKLY = "FREQ=WEEKLY;COUNT=3"


def body(core: Core, **more: Any) -> dict[str, Any]:
    """Ana at nine, three Tuesdays; in the second of the weeks the clocks go forward."""
    return {
        "customer_id": core.salon.customer,
        "service_id": core.salon.service,
        "staff_id": core.salon.ana,
        "location_id": core.salon.location,
        "start": TUESDAY_9,
        "rrule": WEEKLY,
        **more,
    }


def book(core: Core, key: str | None = None, **more: Any) -> httpx.Response:
    return core.ask("POST", "series", body(core, **more), key or f"series-{next(_KEYS)}")


def booked(core: Core, **more: Any) -> Any:
    answer = book(core, **more)
    assert answer.status_code == 201, answer.text
    return answer.json()


def preview(core: Core, **more: Any) -> Any:
    answer = core.ask("POST", "series/preview", body(core, **more))
    assert answer.status_code == 200, answer.text
    return answer.json()


def cancel(core: Core, series_id: int, since: str | None = None, key: str | None = None) -> httpx.Response:
    return core.ask("POST", f"series/{series_id}/cancel", {"from": since}, key or f"series-{next(_KEYS)}")


def starts(visits: list[Any]) -> list[str]:
    return [visit["start"] for visit in visits]


def rows(core: Core, table: Any) -> int:
    with core.database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def notices(core: Core) -> list[tuple[str, str]]:
    """(kind, text) of what staff were told."""
    told = (
        select(OutboundMessage.kind, OutboundMessage.text)
        .where(OutboundMessage.channel == DESK)
        .order_by(OutboundMessage.id)
    )
    with core.database.read() as session:
        return [(kind, text) for kind, text in session.execute(told)]
