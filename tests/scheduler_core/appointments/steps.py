"""A salon on a working day: steps of its visits as staff say them, and what is seen of them afterwards."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import httpx
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import AppointmentChange
from scheduler_core.outbox.enqueue import DESK
from scheduler_core.outbox.models import OutboundMessage
from scheduler_core.permissions.models import AuditEntry
from tests.builders.core import Core
from tests.builders.parts import WEEKDAYS, a_person, a_service

_KEYS = count(1)

#: Tuesday 2 March 2027 in New York, which is five hours behind UTC.
TUESDAY = datetime(2027, 3, 2, tzinfo=UTC)


def at(wall: str, day: int = 2) -> str:
    """ "10:30" on Tuesday there, as HTTP says it."""
    hour, minute = map(int, wall.split(":"))
    instant = TUESDAY.replace(day=day) + timedelta(hours=hour + 5, minutes=minute)
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def clock_at(core: Core, wall: str, day: int = 2) -> None:
    core.clock.now = datetime.fromisoformat(at(wall, day))


def take(core: Core, visit: Any, step: str, key: str | None = None, **body: Any) -> httpx.Response:
    """Take a step without saying which version of the visit it is meant for."""
    return core.ask("POST", f"appointments/{visit['id']}/{step}", body, key or f"step-{next(_KEYS)}")


def decide(core: Core, visit: Any, step: str, **body: Any) -> httpx.Response:
    """Confirm, decline or undo the visit as it was seen."""
    return take(core, visit, step, expected_version=visit["version"], **body)


def well(answer: httpx.Response) -> Any:
    assert answer.status_code == 200, answer.text
    return answer.json()


def said(answer: httpx.Response) -> tuple[int, str]:
    """The status, and the code of a refusal."""
    return answer.status_code, "" if answer.is_success else answer.json()["code"]


def seen(core: Core, visit: Any) -> Any:
    return well(core.ask("GET", f"appointments/{visit['id']}"))


def flags(core: Core, visit: Any) -> dict[str, Any]:
    """The facts of its flags, by kind."""
    return {flag["kind"]: flag["facts"] for flag in seen(core, visit)["flags"]}


def flagged(core: Core) -> list[int]:
    return [visit["id"] for visit in well(core.ask("GET", "appointments?flagged=true"))["items"]]


def free(core: Core, **more: Any) -> list[str]:
    """Ana's free starts on Tuesday, as the wall shows them."""
    listed = core.listed(at("00:00"), at("18:59"), **more)
    return [f"{int(start[11:13]) - 5:02}:{start[14:16]}" for start in listed]


def notices(core: Core) -> list[tuple[str, str]]:
    """What staff were told: kinds and texts, in order."""
    with core.database.read() as session:
        rows = session.execute(
            select(OutboundMessage.kind, OutboundMessage.text)
            .where(OutboundMessage.channel == DESK)
            .order_by(OutboundMessage.id)
        )
        return [(kind, text) for kind, text in rows]


def told(core: Core) -> list[str]:
    return [kind for kind, _ in notices(core)]


def history(core: Core, visit: Any) -> list[str]:
    """The visit's steps, each of which is in the record of changes too."""
    with core.database.read() as session:
        steps = session.scalars(
            select(AppointmentChange.step)
            .where(AppointmentChange.appointment_id == visit["id"])
            .order_by(AppointmentChange.version)
        ).all()
        audited = session.scalars(
            select(AuditEntry.action)
            .where(AuditEntry.subject_kind == "appointment", AuditEntry.subject_id == visit["id"])
            .order_by(AuditEntry.id)
        ).all()
    assert audited == steps
    return list(steps)


def with_cleo(core: Core) -> tuple[int, int, int]:
    """Cleo cuts what Ana has coloured, and neither does the other's work: her id, the colour's and the cut's."""

    def build(session: Session) -> tuple[int, int, int]:
        salon = core.salon
        cleo = a_person(session, salon.id, "Cleo", {salon.location: WEEKDAYS})
        colour = a_service(session, salon.id, by=[salon.ana], name="Colour")
        return cleo, colour, a_service(session, salon.id, by=[cleo], name="Cut")

    return core.write(build)


def at_once(*works: Callable[[], httpx.Response]) -> list[httpx.Response]:
    """Start all together; their answers, in order."""
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], httpx.Response]) -> httpx.Response:
        gate.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))
