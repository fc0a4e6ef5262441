"""Somebody with a key or a session, and what they are told when they ask."""

from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.builders.core import Core


@dataclass
class Holder:
    """Asks as ``Core`` does, with headers of their own instead of the installation's key."""

    core: Core
    headers: dict[str, str]
    given: dict[str, Any] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        url = path if path.startswith("/") else f"/v1/businesses/{self.core.salon.id}/{path}"
        with httpx.Client(base_url=self.core.http.base_url, trust_env=False) as http:
            return http.request(method, url, json=body, headers=self.headers | headers)

    def told(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, str]:
        """The status and the code of the answer."""
        answer = self.ask(method, path, body, **headers)
        return answer.status_code, answer.json()["code"] if answer.status_code >= 400 else ""


def system(core: Core) -> Holder:
    return Holder(core, {"X-API-Key": core.settings.api_key.get_secret_value()})


def somebody(core: Core, role: str) -> dict[str, Any]:
    """The role with the person it has to be: Ana of the staff, Maria of the customers."""
    return {
        "role": role,
        "staff_id": core.salon.ana if role == "staff" else None,
        "customer_id": core.salon.customer if role == "customer" else None,
    }


def a_key(core: Core, role: str, by: Holder | None = None, **more: Any) -> Holder:
    answer = (by or system(core)).ask("POST", "keys", {**somebody(core, role), "label": "Front desk", **more})
    assert answer.status_code == 201, answer.text
    return Holder(core, {"X-API-Key": answer.json()["secret"]}, answer.json())


def a_session(core: Core, role: str, by: Holder | None = None, **more: Any) -> Holder:
    answer = (by or system(core)).ask("POST", "sessions", {**somebody(core, role), **more})
    assert answer.status_code == 201, answer.text
    return bearing(core, answer.json()["token"], answer.json())


def bearing(core: Core, token: str, given: dict[str, Any] | None = None) -> Holder:
    return Holder(core, {"Authorization": f"Bearer {token}"}, given or {})
