"""A person is one person on all their channels, and goes on with what they began on another."""

from itertools import count
from typing import Any

import pytest
from sqlalchemy import inspect

from scheduler_core.app import _PERSONAL
from scheduler_core.db import Base
from tests.builders.core import Core
from tests.scheduler_core.permissions.holders import a_key

ANNA = "+15550001"
_TURNS = count(1)


def opened(core: Core, channel: str, address: str, **more: Any) -> Any:
    answer = core.ask("POST", "conversations/open", {"channel": channel, "address": address, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


def person(core: Core, channel: str, address: str) -> int:
    number: int = opened(core, channel, address)["customer"]["id"]
    return number


def arranges(core: Core, conversation: Any, what: str | None) -> None:
    body = {
        "expected_version": conversation["draft"]["version"],
        "state": {"goal": what} if what else {},
        "turn_id": f"t{next(_TURNS)}",
        "summary": what,
    }
    assert core.ask("PUT", f"conversations/{conversation['conversation']['id']}/draft", body).is_success


def shows_phone(core: Core, customer: int, phone: str = ANNA) -> Any:
    answer = core.ask("POST", f"customers/{customer}/phone", {"phone": phone})
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize(("first", "then"), [("sms", "whatsapp"), ("whatsapp", "sms")])
def test_one_number_is_one_person_on_sms_and_whatsapp(core: Core, first: str, then: str) -> None:
    assert person(core, first, ANNA) == person(core, then, ANNA)
    assert person(core, then, ANNA) != person(core, then, "+15550002")


def test_an_id_that_stands_for_nobody_s_number_is_a_person_of_its_own(core: Core) -> None:
    hidden = "US.13491208655302741918"
    assert person(core, "whatsapp", hidden) == person(core, "whatsapp", hidden)
    assert person(core, "sms", hidden) != person(core, "whatsapp", hidden)


def test_who_shows_their_number_is_the_person_who_has_it(core: Core) -> None:
    known = person(core, "sms", ANNA)
    core.ask("PATCH", f"customers/{known}", {"name": "Anna"})
    on_telegram = person(core, "telegram", "42")
    shown = shows_phone(core, on_telegram)
    assert (shown["id"], shown["name"]) == (known, "Anna")
    assert person(core, "telegram", "42") == known
    assert core.ask("GET", f"customers/{on_telegram}").status_code == 404


def test_a_number_shown_first_is_known_when_it_writes_later(core: Core) -> None:
    on_telegram = person(core, "telegram", "42")
    for _ in range(2):
        assert shows_phone(core, on_telegram)["id"] == on_telegram
    assert person(core, "whatsapp", ANNA) == on_telegram


def test_everything_of_both_records_is_of_the_one_that_stays(core: Core) -> None:
    salon = core.salon
    later = person(core, "telegram", "42")
    visit = core.booked("2027-03-02T14:00:00Z", customer_id=later)
    body = {"channel": "telegram", "address": "42", "granted": False, "evidence": "stop"}
    assert core.ask("POST", f"customers/{later}/consent", body).is_success
    joined = core.ask("POST", f"customers/{later}/same-person", {"customer_id": salon.customer})
    assert joined.json()["id"] == salon.customer
    known = opened(core, "telegram", "42")
    assert known["customer"]["id"] == salon.customer
    assert known["customer"]["opted_out"]
    assert [each["id"] for each in known["appointments"]] == [visit["id"]]
    again = core.ask("POST", f"customers/{later}/same-person", {"customer_id": salon.customer})
    assert again.status_code == 404


def test_a_customer_cannot_say_that_another_is_them_nor_that_a_number_is_theirs(core: Core) -> None:
    mine, other = core.salon.customer, person(core, "sms", ANNA)
    maria = a_key(core, "customer")
    for path, body in (("phone", {"phone": ANNA}), ("same-person", {"customer_id": other})):
        assert maria.ask("POST", f"customers/{mine}/{path}", body).status_code in (403, 404)
    assert person(core, "sms", ANNA) == other


def test_every_table_that_names_a_customer_is_told_of_by_its_room() -> None:
    told = {table.__tablename__ for room in _PERSONAL for table in room.tables}
    naming = {
        mapper.local_table.name  # type: ignore[attr-defined]
        for mapper in Base.registry.mappers
        if "customer_id" in inspect(mapper.class_).columns
    }
    assert told == naming


def test_what_was_begun_on_one_channel_goes_on_on_another_and_back(core: Core) -> None:
    arranges(core, opened(core, "sms", ANNA), "a haircut on Friday")
    for channel, version in (("whatsapp", 1), ("sms", 3), ("whatsapp", 3)):
        draft = opened(core, channel, ANNA)["draft"]
        assert (draft["state"], draft["version"]) == ({"goal": "a haircut on Friday"}, version)


def test_the_time_held_for_it_comes_along(core: Core) -> None:
    on_sms = opened(core, "sms", ANNA)
    nine = "2027-03-02T14:00:00Z"
    held = core.hold(nine, conversation_id=on_sms["conversation"]["id"])
    arranges(core, on_sms, "a haircut")
    on_whatsapp = opened(core, "whatsapp", ANNA)
    customer = on_whatsapp["customer"]["id"]
    assert core.book(nine, customer_id=customer, hold_id=held.json()["id"]).status_code == 201


def test_what_is_being_arranged_here_is_not_pushed_aside(core: Core) -> None:
    on_telegram = opened(core, "telegram", "42")
    arranges(core, on_telegram, "a beard trim")
    arranges(core, opened(core, "sms", ANNA), "a haircut")
    shows_phone(core, on_telegram["customer"]["id"])
    for channel, address, wish in (("telegram", "42", "a beard trim"), ("sms", ANNA, "a haircut")):
        assert opened(core, channel, address)["draft"]["state"] == {"goal": wish}


def test_what_lies_for_days_is_not_brought_up_again(core: Core) -> None:
    arranges(core, opened(core, "sms", ANNA), "a haircut")
    core.clock.move(days=2)
    assert opened(core, "whatsapp", ANNA)["draft"]["state"] == {}
