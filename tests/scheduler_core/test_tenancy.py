"""One business never sees another's rows, at any endpoint, and nobody sees any without the key."""

from typing import Any

import httpx
import pytest

from scheduler_core.app import create_app
from tests.builders.core import MONDAY, Core
from tests.builders.salon import Salon, a_salon

START = "2027-03-02T14:00:00Z"
WITHOUT_KEY = {"/healthz", "/calendar/{token}.ics"}


def requests(own: Salon, other: Salon, other_visit: int, other_hold: int) -> dict[str, list[tuple[str, Any]]]:
    """For each endpoint: what one business may try in order to reach the other's rows."""
    visit = {
        "customer_id": own.customer,
        "service_id": own.service,
        "staff_id": own.ana,
        "location_id": own.location,
        "start": START,
    }
    hold = {**visit, "conversation_id": own.conversation}
    search = {"service_id": own.service}
    move = {"expected_version": 1, "start": START, "staff_id": own.ana, "location_id": own.location}
    consent = {"channel": "terminal", "address": "maria", "granted": False, "evidence": "stop"}
    draft = {"expected_version": 0, "state": {}}
    parts = {"service_id": other.service, "staff_id": other.ana, "location_id": other.location}
    return {
        "POST conversations/open": [],  # takes no id; see the test of addresses below
        "PUT conversations/{conversation_id}/draft": [(f"conversations/{other.conversation}/draft", draft)],
        "POST conversations/{conversation_id}/handoff": [
            (f"conversations/{other.conversation}/handoff", {"reason": ""})
        ],
        "PATCH customers/{customer_id}": [(f"customers/{other.customer}", {"name": "Mallory"})],
        "POST customers/{customer_id}/consent": [(f"customers/{other.customer}/consent", consent)],
        "POST availability/search": [("availability/search", search | {k: v}) for k, v in parts.items()],
        "POST holds": [
            ("holds", hold | {k: v})
            for k, v in (
                parts | {"conversation_id": other.conversation, "exclude_appointment_id": other_visit}
            ).items()
        ],
        "DELETE holds/{hold_id}": [(f"holds/{other_hold}", None)],
        "POST appointments": [
            ("appointments", visit | {k: v}) for k, v in (parts | {"customer_id": other.customer}).items()
        ],
        "GET appointments": [(f"appointments?customer_id={other.customer}", None)],
        "GET appointments/{appointment_id}": [(f"appointments/{other_visit}", None)],
        "POST appointments/{appointment_id}/reschedule": [(f"appointments/{other_visit}/reschedule", move)],
        "POST appointments/{appointment_id}/cancel": [
            (f"appointments/{other_visit}/cancel", {"expected_version": 1})
        ],
    }


def endpoints(core: Core) -> list[tuple[str, str]]:
    """(method, path) of every endpoint."""
    app = create_app(core.settings, core.clock)
    found = app.openapi()["paths"]
    app.state.database.close()
    return [(method.upper(), path) for path, methods in found.items() for method in methods]


def test_no_endpoint_reaches_another_business(core: Core) -> None:
    other_visit, other_hold = core.booked(START)["id"], core.hold("2027-03-02T15:00:00Z").json()["id"]
    other = core.salon
    core.salon = core.write(lambda session: a_salon(session, MONDAY))
    before = core.http.get(f"/v1/businesses/{other.id}/appointments/{other_visit}").json()
    tried = requests(core.salon, other, other_visit, other_hold)
    prefix = "/v1/businesses/{business_id}/"
    expected = {f"{method} {path.removeprefix(prefix)}" for method, path in endpoints(core) if prefix in path}
    assert set(tried) == expected
    for name, attempts in tried.items():
        for path, body in attempts:
            answer = core.ask(name.partition(" ")[0], path, body, key=f"{name}{path}{body}"[:200])
            assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), (name, body)
    assert core.http.get(f"/v1/businesses/{other.id}/appointments/{other_visit}").json() == before


def test_the_same_address_is_another_person_for_another_business(core: Core) -> None:
    opened = {"channel": "web", "address": "same"}
    first = core.ask("POST", "conversations/open", opened).json()
    core.salon = core.write(lambda session: a_salon(session, MONDAY))
    second = core.ask("POST", "conversations/open", opened).json()
    assert first["customer"]["id"] != second["customer"]["id"]
    assert {service["id"] for service in second["services"]} == {core.salon.service}


def test_another_business_s_key_of_idempotency_is_another_key(core: Core) -> None:
    core.book(START, key="same")
    core.salon = core.write(lambda session: a_salon(session, MONDAY))
    assert core.book(START, key="same").status_code == 201


def test_another_business_s_hold_is_no_help_and_no_harm(core: Core) -> None:
    held = core.hold(START).json()["id"]
    first = core.salon
    core.salon = core.write(lambda session: a_salon(session, MONDAY))
    core.booked(START, hold_id=held)
    core.salon = first
    assert core.ask("DELETE", f"holds/{held}").status_code == 204


@pytest.mark.parametrize("key", ["", "wrong", "clé"])
def test_nothing_opens_without_the_key(core: Core, key: str) -> None:
    core.http.headers = httpx.Headers({"X-API-Key": key}, encoding="utf-8")
    for method, path in endpoints(core):
        if path not in WITHOUT_KEY:
            for name in ("business_id", "conversation_id", "customer_id", "hold_id", "appointment_id"):
                path = path.replace("{" + name + "}", "1")
            answer = core.http.request(method, path, json={}, headers={"Idempotency-Key": "x"})
            assert answer.status_code == 401, (method, path)
