"""A served core with a salon in it, and the requests that tests make of it, as short as they are said."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar

import httpx
from sqlalchemy.orm import Session

from scheduler_core.db import Database
from scheduler_core.settings import Settings
from scheduler_core.worker import work_until_idle
from tests.builders.clock import MONDAY, HandClock
from tests.builders.salon import Salon

__all__ = ["MONDAY", "Core", "HandClock"]

Result = TypeVar("Result")

_KEYS = count(1)


@dataclass
class Core:
    """``http`` carries the key; paths are below the salon unless they begin with a slash."""

    settings: Settings
    database: Database
    clock: HandClock
    http: httpx.Client
    salon: Salon

    def ask(self, method: str, path: str, body: Any = None, key: str | None = None) -> httpx.Response:
        url = path if path.startswith("/") else f"/v1/businesses/{self.salon.id}/{path}"
        headers = {"Idempotency-Key": key} if key else {}
        return self.http.request(method, url, json=body, headers=headers)

    def search(self, *wishes: tuple[str, str], **more: Any) -> Any:
        """The answer to wishes given as pairs of UTC times."""
        ranges = [{"start": start, "end": end} for start, end in wishes]
        answer = self.ask(
            "POST", "availability/search", {"service_id": self.salon.service, "wishes": ranges, **more}
        )
        assert answer.status_code == 200, answer.text
        return answer.json()

    def starts(self, *wishes: tuple[str, str], **more: Any) -> list[str]:
        return [slot["start"] for slot in self.search(*wishes, **{"limit": 50, **more})["slots"]]

    def slots(self, start: str, end: str, **more: Any) -> list[Any]:
        """Every slot of Ana's that starts within [start, end)."""
        body = {"service_id": self.salon.service, "staff_id": self.salon.ana, "limit": 1000, **more}
        answer = self.ask("POST", "availability/slots", {**body, "start": start, "end": end})
        assert answer.status_code == 200, answer.text
        slots: list[Any] = answer.json()["items"]
        return slots

    def listed(self, start: str, end: str, **more: Any) -> list[str]:
        return [slot["start"] for slot in self.slots(start, end, **more)]

    def at_wall(self, wall: str, **more: Any) -> Any:
        """The answer to a wish for a time as the wall at the place shows it."""
        body = {"service_id": self.salon.service, "wishes": [{"wall": wall}], **more}
        answer = self.ask("POST", "availability/search", body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def book(self, start: str, key: str | None = None, **more: Any) -> httpx.Response:
        body = {
            "customer_id": self.salon.customer,
            "service_id": self.salon.service,
            "staff_id": self.salon.ana,
            "location_id": self.salon.location,
            "start": start,
            **more,
        }
        return self.ask("POST", "appointments", body, key or f"key-{next(_KEYS)}")

    def booked(self, start: str, **more: Any) -> Any:
        """A new visit."""
        answer = self.book(start, **more)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def move(self, visit: Any, start: str, key: str | None = None, **more: Any) -> httpx.Response:
        body = {
            "expected_version": visit["version"],
            "start": start,
            "staff_id": visit["staff_id"],
            "location_id": visit["location_id"],
            **more,
        }
        return self.ask("POST", f"appointments/{visit['id']}/reschedule", body, key or f"key-{next(_KEYS)}")

    def cancel(self, visit: Any, key: str | None = None) -> httpx.Response:
        body = {"expected_version": visit["version"]}
        return self.ask("POST", f"appointments/{visit['id']}/cancel", body, key or f"key-{next(_KEYS)}")

    def hold(self, start: str, **more: Any) -> httpx.Response:
        body = {
            "conversation_id": self.salon.conversation,
            "service_id": self.salon.service,
            "staff_id": self.salon.ana,
            "location_id": self.salon.location,
            "start": start,
            **more,
        }
        return self.ask("POST", "holds", body)

    def does_what_is_due(self) -> int:
        """As its workers do in life; how many pieces that was."""
        return work_until_idle(self.database, self.settings, self.clock)

    def write(self, work: Callable[[Session], Result]) -> Result:
        return self.database.transact(work)
