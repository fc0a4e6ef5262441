"""On the desk's page the team's time is seen to: who is late, and how far the word about lost visits has come."""

import re
from urllib.parse import urlencode

import httpx
import pytest

from tests.builders.core import Core
from tests.scheduler_core.appointments.steps import at, clock_at
from tests.scheduler_core.appointments.test_customer_notices import heard_of
from tests.scheduler_core.appointments.test_flags import done


@pytest.fixture(autouse=True)
def _with_a_receptionists_key(core: Core) -> None:
    made = core.ask("POST", "keys", {"label": "Front desk", "role": "receptionist"}, key="key").json()
    core.http.headers["X-API-Key"] = made["secret"]


def page(core: Core, path: str = "/desk") -> str:
    answer = core.http.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


def sends(core: Core, shown: str, **fields: object) -> httpx.Response:
    key = re.search(r'action="/desk/team/late">\s*<input type="hidden" name="key" value="([^"]+)"', shown)
    assert key, shown
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return core.http.post("/desk/team/late", content=urlencode({"key": key[1], **fields}), headers=headers)


def test_a_delay_is_said_on_the_desk_once_for_each_form(core: Core) -> None:
    clock_at(core, "08:50")
    core.booked(at("09:00"))
    shown = page(core, "/desk/team")
    for _ in range(2):
        assert sends(core, shown, staff_id=core.salon.ana, minutes=30).headers["location"] == "/desk"
    assert [text.partition(":")[0] for text in heard_of(core)] == ["Ana is running late"]
    assert "Ana is running late and is expected at 09:30" in page(core)


def test_what_is_no_form_of_the_page_is_refused(core: Core) -> None:
    assert sends(core, page(core, "/desk/team"), staff_id="Ana", minutes=30).status_code == 422
    assert sends(core, page(core, "/desk/team"), staff_id=core.salon.ana + 99, minutes=30).status_code == 404


def test_the_answers_to_a_broadcast_are_on_the_page(core: Core) -> None:
    core.booked(at("10:00"))
    day = {"staff_id": core.salon.ana, "start": at("00:00"), "end": at("18:59")}
    done(core.ask("POST", "blocks", day, "block"))
    done(core.ask("POST", "broadcasts", day, "tell"))
    core.does_what_is_due()
    shown = page(core)
    assert "1 customer</a>: 1 has not answered." in shown
    assert "Maria, Tue 2 Mar, 10:00 · no answer yet" in shown
