"""A conversation knows its customer, keeps one draft, and can call for a person."""

from typing import Any

import pytest
from sqlalchemy import select

from scheduler_core.outbox.models import OutboundMessage
from tests.builders.core import MONDAY, Core


def opened(core: Core, address: str = "maria", **more: Any) -> Any:
    answer = core.ask("POST", "conversations/open", {"channel": "terminal", "address": address, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_new_address_is_a_new_customer_once(core: Core) -> None:
    first, again = opened(core, "new", display_name=" Zoë "), opened(core, "new", display_name="Other")
    assert first["customer"] == again["customer"]
    assert first["customer"]["name"] == "Zoë"
    assert first["conversation"]["id"] == again["conversation"]["id"]
    assert first["draft"] == {"version": 0, "state": {}, "turn_id": None, "plan": None, "saved_at": None}


def test_a_conversation_knows_the_business_and_what_is_coming(core: Core) -> None:
    visit = core.booked("2027-03-02T14:00:00Z")
    known = opened(core)
    assert known["now"] == "2027-03-01T14:00:00Z"
    assert known["locations"][0]["hours"]["0"] == [["09:00", "13:00"], ["14:00", "18:00"]]
    assert known["locations"][0]["hours"]["6"] == []
    assert known["services"][0]["staff_ids"] == [core.salon.ana, core.salon.ben]
    assert known["staff"][0]["location_ids"] == [core.salon.location]
    assert known["appointments"] == [visit]
    assert known["business"]["policy"]["hold_minutes"] == 10


def test_a_draft_is_saved_over_the_version_that_was_read(core: Core) -> None:
    path = f"conversations/{core.salon.conversation}/draft"
    body = {"expected_version": 0, "state": {"goal": "book"}, "turn_id": "t1-1", "plan": {"text": "When?"}}
    assert core.ask("PUT", path, body).json() == {"version": 1}
    late = core.ask("PUT", path, body)
    assert (late.status_code, late.json()["code"]) == (409, "draft_moved_on")
    assert core.ask("PUT", path, body | {"expected_version": 1, "plan": None}).json() == {"version": 2}
    assert opened(core)["draft"] == {
        "version": 2,
        "state": {"goal": "book"},
        "turn_id": "t1-1",
        "plan": None,
        "saved_at": MONDAY.isoformat().replace("+00:00", "Z"),
    }


def test_staff_are_called_once_for_one_request(core: Core) -> None:
    path = f"conversations/{core.salon.conversation}/handoff"
    for _ in range(2):
        assert core.ask("POST", path, {"reason": "wants a person"}, key="h1").json() == {}
    with core.database.read() as session:
        told = session.scalars(select(OutboundMessage)).all()
    assert [(notice.channel, notice.address) for notice in told] == [("desk", str(core.salon.ana))]
    assert "Maria" in told[0].text


@pytest.mark.parametrize("words", [[False], [False, True], [False, True, False]])
def test_the_newest_word_about_consent_holds(core: Core, words: list[bool]) -> None:
    path = f"customers/{core.salon.customer}/consent"
    for granted in words:
        body = {"channel": "terminal", "address": "maria", "granted": granted, "evidence": "stop"}
        assert core.ask("POST", path, body).status_code == 200
    assert opened(core)["customer"]["opted_out"] is not words[-1]


def test_a_customer_is_called_what_they_say(core: Core) -> None:
    answer = core.ask("PATCH", f"customers/{core.salon.customer}", {"name": "Mia"})
    assert (answer.json()["id"], answer.json()["name"]) == (core.salon.customer, "Mia")
    assert opened(core)["customer"]["name"] == "Mia"


def test_a_request_without_its_key_of_idempotency_is_malformed(core: Core) -> None:
    answer = core.ask("POST", f"conversations/{core.salon.conversation}/handoff", {})
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


def test_an_unknown_path_is_a_problem_too(core: Core) -> None:
    answer = core.ask("GET", "/nowhere")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    "start", ["9999-12-31T23:00:00Z", "0001-01-01T00:00:00Z", "2027-03-02T14:00:00", "soon"]
)
def test_a_time_out_of_all_reach_is_malformed(core: Core, start: str) -> None:
    answers = [core.book(start), core.hold(start)]
    wishes = {"service_id": 1, "wishes": [{"start": start, "end": "9999-12-31T23:59:00Z"}]}
    answers.append(core.ask("POST", "availability/search", wishes))
    assert [answer.json()["code"] for answer in answers] == ["malformed"] * 3


def test_an_id_out_of_all_reach_is_malformed(core: Core) -> None:
    answer = core.ask("GET", f"/v1/businesses/{10**30}/appointments/{10**30}")
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


def test_characters_that_no_database_holds_are_left_out(core: Core) -> None:
    path = f"/v1/businesses/{core.salon.id}/customers/{core.salon.customer}"
    headers = {"Content-Type": "application/json"}
    answer = core.http.patch(path, content='{"name": "Mi\\u0000a\\ud83d"}', headers=headers)
    assert answer.json()["name"] == "Mia?"


def test_a_thread_follows_its_address_to_whom_it_names_now(core: Core) -> None:
    opened = core.ask("POST", "conversations/open", {"channel": "terminal", "address": "maria"}).json()
    draft = {"expected_version": 0, "state": {"wish": "a trim"}}
    core.ask("PUT", f"conversations/{opened['conversation']['id']}/draft", draft)
    point = core.ask("GET", f"customers/{core.salon.customer}").json()["contact_points"][0]["id"]
    core.ask("DELETE", f"customers/{core.salon.customer}/contact-points/{point}")
    again = core.ask("POST", "conversations/open", {"channel": "terminal", "address": "maria"}).json()
    assert again["conversation"] == opened["conversation"]
    assert again["customer"]["id"] != core.salon.customer
    assert (again["customer"]["name"], again["draft"]["version"]) == (None, 0)
    assert core.ask("POST", "conversations/open", {"channel": "terminal", "address": "maria"}).json() == again
