"""A salon whose visits are over: what was said to Maria about them, and what she says."""

from itertools import count
from typing import Any

import httpx
from sqlalchemy import select

from scheduler_core.outbox.models import OutboundMessage
from tests.builders.core import Core
from tests.scheduler_core.appointments.steps import at, clock_at, take, well

_KEYS = count(1)


def a_visit_over(core: Core, day: int = 2, begins: str = "10:00", step: str | None = "finish") -> Any:
    """Ana's haircut of an hour, done (or ``noshow``, or left unmarked); then two hours and a moment have passed."""
    visit = core.booked(at(begins, day))
    hour = int(begins[:2])
    clock_at(core, f"{hour:02}:20", day)
    if step == "noshow":
        well(take(core, visit, "noshow"))
    elif step:
        well(take(core, visit, "start"))
        clock_at(core, f"{hour + 1:02}:00", day)
        well(take(core, visit, step))
    core.does_what_is_due()
    clock_at(core, f"{hour + 3:02}:01", day)
    core.does_what_is_due()
    return visit


def heard(core: Core) -> list[str]:
    """What Maria was told by itself, in order."""
    with core.database.read() as session:
        wanted = select(OutboundMessage.text).where(OutboundMessage.channel == "terminal")
        return [text.replace("\u202f", " ") for text in session.scalars(wanted.order_by(OutboundMessage.id))]


def notice(core: Core) -> Any:
    """The newest of what her conversation remembers."""
    body = {"channel": "terminal", "address": "maria"}
    return well(core.ask("POST", "conversations/open", body))["notices"][0]


def gives(core: Core, visit: Any = None, **said: Any) -> httpx.Response:
    about = {"customer_id": core.salon.customer, "appointment_id": visit["id"] if visit else None}
    body = {**about, "score": None, **said}
    return core.ask("POST", "feedback", body, f"feedback-{next(_KEYS)}")


def given(core: Core, visit: Any = None, **said: Any) -> Any:
    answer = gives(core, visit, **said)
    assert answer.status_code == 201, answer.text
    return answer.json()


def set_policy(core: Core, **fields: Any) -> None:
    well(core.ask("PATCH", f"/v1/businesses/{core.salon.id}", {"policy": fields}))


def set_service(core: Core, **fields: Any) -> None:
    well(core.ask("PATCH", f"services/{core.salon.service}", fields))


def agrees_to_offers(core: Core, granted: bool = True) -> None:
    body = {
        "channel": "terminal",
        "address": "maria",
        "granted": granted,
        "purpose": "marketing",
        "evidence": "yes please",
    }
    answer = core.ask("POST", f"customers/{core.salon.customer}/consent", body)
    assert answer.is_success, answer.text
