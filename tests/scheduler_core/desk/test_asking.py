"""On the desk staff see who has said that they come, and send a reminder to who has not."""

import re
from urllib.parse import urlencode

import httpx
import pytest

from tests.builders.core import Core
from tests.scheduler_core.appointments.steps import at
from tests.scheduler_core.appointments.test_customer_notices import answer, heard_of, notices_of


def desk(core: Core) -> str:
    return core.http.get("/desk").text


def asks(core: Core, shown: str) -> httpx.Response:
    form = re.search(
        r'action="(/desk/visits/\d+/ask)">\s*<input type="hidden" name="key" value="([^"]+)"', shown
    )
    assert form, shown
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return core.http.post(form[1], content=urlencode({"key": form[2]}), headers=headers)


@pytest.fixture(autouse=True)
def _a_visit_and_a_receptionists_key(core: Core) -> None:
    made = core.ask("POST", "keys", {"label": "Front desk", "role": "receptionist"}, key="key").json()
    core.booked(at("15:00", day=5))
    core.http.headers["X-API-Key"] = made["secret"]


def test_a_customer_is_asked_from_the_desk_once_a_form_and_the_answer_is_shown(core: Core) -> None:
    shown = desk(core)
    assert "✓ coming" not in shown
    for _ in range(2):
        assert asks(core, shown).status_code == 303
    assert len(heard_of(core)) == 1
    assert "asked" in desk(core)
    assert answer(core, notices_of(core)[0], "keep").is_success
    shown = desk(core)
    assert "✓ coming" in shown
    assert "Send a reminder" not in shown


def test_who_wants_no_messages_is_not_asked_and_staff_read_why(core: Core) -> None:
    word = {"channel": "terminal", "address": "maria", "granted": False, "evidence": "stop"}
    core.ask("POST", f"customers/{core.salon.customer}/consent", word)
    answered = asks(core, desk(core))
    assert "wants no more messages" in answered.text
    assert heard_of(core) == []
