"""Through the real doors: a customer reaches what is theirs and nobody else's, and staff change only their own."""

from typing import Any

import pytest

from tests.builders.clock import MONDAY
from tests.builders.core import Core
from tests.builders.parts import a_customer
from tests.scheduler_core.permissions.holders import Holder, a_session

NINE, TEN = "2027-03-02T14:00:00Z", "2027-03-02T15:00:00Z"
NOT_FOUND = (404, "not_found")


def told(holder: Holder, method: str, path: str, body: Any = None) -> tuple[int, str]:
    return holder.told(method, path, body, **{"Idempotency-Key": f"{method} {path} {body}"[:200]})


def a_visit_body(core: Core, customer_id: int, start: str) -> dict[str, Any]:
    salon = core.salon
    return {
        "customer_id": customer_id,
        "service_id": salon.service,
        "staff_id": salon.ana,
        "location_id": salon.location,
        "start": start,
    }


def reaching_for(core: Core, customer_id: int, visit: Any) -> list[tuple[str, str, Any]]:
    """What there is to do with a customer and their visit, harmless things first."""
    version = {"expected_version": visit["version"]}
    consent = {"channel": "terminal", "address": "maria", "granted": True, "evidence": "yes"}
    move = {"start": TEN, "staff_id": core.salon.ana, "location_id": core.salon.location}
    return [
        ("GET", f"customers/{customer_id}", None),
        ("GET", f"customers/{customer_id}/export", None),
        ("PATCH", f"customers/{customer_id}", {"name": "Mary"}),
        ("POST", f"customers/{customer_id}/consent", consent),
        ("GET", f"appointments?customer_id={customer_id}", None),
        ("GET", f"appointments/{visit['id']}", None),
        ("PUT", f"appointments/{visit['id']}/note", {"note": "please ring"}),
        ("POST", f"appointments/{visit['id']}/reschedule", version | move),
        ("POST", f"appointments/{visit['id']}/cancel", {"expected_version": visit["version"] + 1}),
        ("POST", "appointments", a_visit_body(core, customer_id, NINE)),
    ]


def test_a_customer_reaches_what_is_theirs(core: Core) -> None:
    visit, maria = core.booked(NINE), a_session(core, "customer")
    for method, path, body in reaching_for(core, core.salon.customer, visit):
        assert told(maria, method, path, body) in ((200, ""), (201, "")), (method, path)


def test_a_customer_reaches_nobody_else_s(core: Core) -> None:
    visit = core.booked(NINE)
    stranger, _ = core.write(lambda session: a_customer(session, core.salon.id, MONDAY, "stranger"))
    session = a_session(core, "customer", customer_id=stranger)
    for method, path, body in reaching_for(core, core.salon.customer, visit):
        assert told(session, method, path, body) == NOT_FOUND, (method, path)
    for path in ("appointments", "customers"):
        ids = [item.get("customer_id", item["id"]) for item in session.ask("GET", path).json()["items"]]
        assert set(ids) <= {stranger}, path
    assert core.ask("GET", f"appointments/{visit['id']}").json() == visit


def test_a_guessed_idempotency_key_shows_nothing_of_another_s(core: Core) -> None:
    visit = core.booked(NINE)
    stranger, _ = core.write(lambda session: a_customer(session, core.salon.id, MONDAY, "stranger"))
    maria, other = a_session(core, "customer"), a_session(core, "customer", customer_id=stranger)
    cancel = ("POST", f"appointments/{visit['id']}/cancel", {"expected_version": visit["version"]})
    first, again = told(maria, *cancel), told(maria, *cancel)
    assert (first, again) == ((200, ""), (200, ""))
    assert told(other, *cancel) == (422, "idempotency_key_reused")


@pytest.mark.parametrize("own", [True, False], ids=["their own", "a colleague's"])
def test_staff_change_their_own_time_and_visits_only(core: Core, own: bool) -> None:
    visit = core.booked(NINE)
    holder = a_session(core, "staff", staff_id=core.salon.ana if own else core.salon.ben)
    block = {"staff_id": core.salon.ana, "start": TEN, "end": "2027-03-02T16:00:00Z"}
    tried = [
        told(holder, "POST", "blocks", block),
        told(holder, "PUT", f"staff/{core.salon.ana}/hours", {"hours": [], "breaks": []}),
        told(holder, "POST", f"appointments/{visit['id']}/cancel", {"expected_version": visit["version"]}),
    ]
    assert tried == ([(201, ""), (200, ""), (200, "")] if own else [NOT_FOUND] * 3)


@pytest.mark.parametrize("path", ["appointments", "series", "series/preview", "appointments/{id}/reschedule"])
def test_staff_put_nothing_into_a_colleague_s_diary(core: Core, path: str) -> None:
    visit = core.booked(NINE)
    ana = a_session(core, "staff", staff_id=core.salon.ana)
    bodies = {
        "appointments": (201, {}),
        "series": (201, {"rrule": "FREQ=DAILY;COUNT=2"}),
        "series/preview": (200, {"rrule": "FREQ=DAILY;COUNT=2"}),
        "appointments/{id}/reschedule": (200, {"expected_version": visit["version"]}),
    }
    status, more = bodies[path]
    wanted = {"start": TEN, "location_id": core.salon.location, **more}
    if "reschedule" not in path:
        wanted |= {"customer_id": core.salon.customer, "service_id": core.salon.service}
    url = path.format(id=visit["id"])
    assert told(ana, "POST", url, {**wanted, "staff_id": core.salon.ben}) == NOT_FOUND
    assert told(ana, "POST", url, {**wanted, "staff_id": core.salon.ana}) == (status, "")
