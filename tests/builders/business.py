"""A business as its owner sets it up over HTTP: honest bodies, of which a test says only what it is about."""

from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx

from tests.builders.core import Core

_KEYS = count(1)

#: For each list of things: a body that makes one.
BODIES: dict[str, dict[str, Any]] = {
    "locations": {"name": "Main", "address": "1 Main St"},
    "services": {"name": "Massage", "duration_minutes": 60, "price_minor": 8000},
    "staff": {"name": "Zoë"},
    "resources": {"kind": "room", "name": "Room 1"},
}
BUSINESS: dict[str, Any] = {
    "name": "Bay Clinic",
    "zone": "Europe/Berlin",
    "locale": "de-DE",
    "currency": "EUR",
    "phone": "+49 30 1234",
}


@dataclass
class Office:
    """Asks as ``Core`` does; ``made``, ``changed`` and ``seen`` expect that it works."""

    core: Core

    @property
    def home(self) -> str:
        """The business itself."""
        return f"/v1/businesses/{self.core.salon.id}"

    def post(self, path: str, body: Any, key: str | None = None) -> httpx.Response:
        return self.core.ask("POST", path, body, key or f"office-{next(_KEYS)}")

    def make(self, what: str, key: str | None = None, **fields: Any) -> httpx.Response:
        return self.post(what, {**BODIES[what], **fields}, key)

    def made(self, what: str, **fields: Any) -> Any:
        return _well(self.make(what, **fields))

    def change(self, path: str, **fields: Any) -> httpx.Response:
        return self.core.ask("PATCH", path, fields)

    def changed(self, path: str, **fields: Any) -> Any:
        return _well(self.change(path, **fields))

    def put(self, path: str, body: Any) -> httpx.Response:
        return self.core.ask("PUT", path, body)

    def delete(self, path: str) -> httpx.Response:
        return self.core.ask("DELETE", path)

    def seen(self, path: str) -> Any:
        return _well(self.core.ask("GET", path))

    def items(self, path: str) -> list[Any]:
        items: list[Any] = self.seen(path)["items"]
        return items


def _well(answer: httpx.Response) -> Any:
    assert answer.is_success, answer.text
    return answer.json()


def said(answer: httpx.Response) -> tuple[int, str]:
    """The status, and the code of a refusal."""
    return answer.status_code, "" if answer.is_success else answer.json()["code"]
