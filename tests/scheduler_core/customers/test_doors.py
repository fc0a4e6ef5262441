"""Another business's customers are not there, and narrower roles only look."""

from typing import Any

import pytest

from tests.builders.core import Core
from tests.builders.salon import a_salon
from tests.scheduler_core.permissions.holders import a_key

POINT = {"channel": "sms", "address": "+1"}
SAID = {"channel": "terminal", "address": "maria", "granted": True, "evidence": "yes"}

CHANGES: list[tuple[str, str, Any]] = [
    ("PATCH", "", {"name": "Mallory"}),
    ("POST", "/contact-points", POINT),
    ("DELETE", "/contact-points/{point}", None),
    ("POST", "/consent", SAID),
    ("GET", "/export", None),
    ("POST", "/erase", None),
]


@pytest.mark.parametrize(("method", "path", "body"), [("GET", "", None), *CHANGES])
def test_another_business_s_customer_is_not_there(core: Core, method: str, path: str, body: Any) -> None:
    other = core.salon.customer
    before = core.ask("GET", f"customers/{other}").json()
    first, core.salon = core.salon, core.write(lambda session: a_salon(session, core.clock()))
    point = before["contact_points"][0]["id"]
    answer = core.ask(method, f"customers/{other}{path.format(point=point)}", body, key="k")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    core.salon = first
    assert core.ask("GET", f"customers/{other}").json() == before


def test_another_business_s_address_does_not_go_with_one_s_own_customer(core: Core) -> None:
    point = core.ask("GET", f"customers/{core.salon.customer}").json()["contact_points"][0]["id"]
    core.salon = core.write(lambda session: a_salon(session, core.clock()))
    answer = core.ask("DELETE", f"customers/{core.salon.customer}/contact-points/{point}")
    assert answer.status_code == 404


def test_an_address_may_name_another_person_in_another_business(core: Core) -> None:
    assert core.ask("POST", f"customers/{core.salon.customer}/contact-points", POINT).status_code == 201
    core.salon = core.write(lambda session: a_salon(session, core.clock()))
    assert core.ask("POST", f"customers/{core.salon.customer}/contact-points", POINT).status_code == 201


@pytest.mark.parametrize("role", ["staff", "read_only"])
@pytest.mark.parametrize(("method", "path", "body"), CHANGES)
def test_who_may_only_look_changes_nothing_and_takes_nothing_away(
    core: Core, role: str, method: str, path: str, body: Any
) -> None:
    core.http.headers.update(a_key(core, role).headers)
    answer = core.ask(method, f"customers/{core.salon.customer}{path.format(point=1)}", body, key="k")
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert core.ask("GET", f"customers/{core.salon.customer}").status_code == 200
    assert core.ask("GET", "customers").json()["items"][0]["name"] == "Maria"


@pytest.mark.parametrize(
    ("role", "status"), [("owner", 200), ("manager", 403), ("receptionist", 403), ("customer", 403)]
)
def test_only_an_owner_has_somebody_forgotten(core: Core, role: str, status: int) -> None:
    core.http.headers.update(a_key(core, role).headers)
    assert core.ask("POST", f"customers/{core.salon.customer}/erase", key="k").status_code == status
