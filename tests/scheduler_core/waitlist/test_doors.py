"""Another business's queue is not there, and who may not arrange visits does not see it."""

from typing import Any

import pytest

from tests.builders.core import Core
from tests.builders.salon import a_salon
from tests.scheduler_core.customers.lives import a_visit
from tests.scheduler_core.permissions.holders import a_key
from tests.scheduler_core.waitlist.wishes import ask, wait


def refusal(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_nothing_of_another_business_is_reached(core: Core) -> None:
    visit = core.write(lambda session: a_visit(session, core, core.salon.customer, 5).id)
    entry, other = wait(core), core.salon
    core.salon = core.write(lambda session: a_salon(session, core.clock()))
    foreign: dict[str, Any] = {
        "customer_id": other.customer,
        "service_id": other.service,
        "staff_id": other.ana,
        "location_id": other.location,
        "earlier_appointment_id": visit,
    }
    answers = [ask(core, **{name: key}) for name, key in foreign.items()]
    answers += [core.ask(method, f"waitlist/{entry['id']}") for method in ("GET", "DELETE")]
    answers += [core.ask("GET", f"waitlist?{name}={foreign[name]}") for name in ("service_id", "customer_id")]
    assert [refusal(answer) for answer in answers] == [(404, "not_found")] * 9
    assert core.ask("GET", "waitlist").json()["items"] == []
    core.salon = other
    assert core.ask("GET", "waitlist").json()["items"] == [entry]


@pytest.mark.parametrize("role", ["staff", "read_only"])
def test_the_queue_is_for_who_arranges_visits_with_people(core: Core, role: str) -> None:
    entry = wait(core)
    core.http.headers.update(a_key(core, role).headers)
    answers = [
        ask(core),
        core.ask("GET", "waitlist"),
        core.ask("GET", f"waitlist/{entry['id']}"),
        core.ask("DELETE", f"waitlist/{entry['id']}"),
    ]
    assert [refusal(answer) for answer in answers] == [(403, "forbidden")] * 4
