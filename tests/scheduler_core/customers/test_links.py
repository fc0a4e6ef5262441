"""A link that is shown to a customer once makes one more chat theirs, with what they are arranging."""

from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from scheduler_core.customers.models import ContactLink
from scheduler_core.permissions.models import AuditEntry
from tests.builders.clock import MONDAY
from tests.builders.core import Core
from tests.builders.salon import a_salon
from tests.scheduler_core.customers.test_same_person import arranges, opened, person
from tests.scheduler_core.permissions.holders import a_key

BROWSER = "a-visitor-of-the-page"


@pytest.fixture(autouse=True)
def _on_telegram(core: Core, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core.settings, "telegram_token", SecretStr("4242:token"))


def made(core: Core, customer: int, channel: str = "telegram") -> str:
    """The token of a new link."""
    answer = core.ask("POST", f"customers/{customer}/links", {"channel": channel})
    assert answer.status_code == 201, answer.text
    url: str = answer.json()["url"]
    assert url.startswith(f"{core.settings.public_url}/go/{channel}/")
    return url.rpartition("/")[2]


def claimed(core: Core, token: str, address: str = "42", channel: str = "telegram") -> str:
    customer = person(core, channel, address)
    answer = core.ask("POST", f"customers/{customer}/links/claim", {"channel": channel, "token": token})
    assert answer.status_code == 200, answer.text
    outcome: str = answer.json()["outcome"]
    return outcome


def test_who_opens_the_link_is_the_person_to_whom_it_was_shown(core: Core) -> None:
    visitor = person(core, "web", BROWSER)
    assert claimed(core, made(core, visitor)) == "linked"
    assert person(core, "telegram", "42") == person(core, "web", BROWSER) == visitor


def test_what_they_are_arranging_and_the_time_held_for_it_come_along(core: Core) -> None:
    on_page = opened(core, "web", BROWSER)
    nine = "2027-03-02T14:00:00Z"
    held = core.hold(nine, conversation_id=on_page["conversation"]["id"])
    arranges(core, on_page, "a haircut on Friday")
    claimed(core, made(core, on_page["customer"]["id"]))
    there = opened(core, "telegram", "42")
    assert there["draft"]["state"] == {"goal": "a haircut on Friday"}
    assert core.book(nine, customer_id=there["customer"]["id"], hold_id=held.json()["id"]).status_code == 201


def test_a_link_fits_a_deep_link_and_its_token_is_kept_nowhere(core: Core) -> None:
    token = made(core, core.salon.customer)
    assert len(token) <= 64
    kept = core.write(lambda session: str(session.execute(select(ContactLink.__table__)).one()))
    changes = core.write(lambda session: str(session.execute(select(AuditEntry.facts)).all()))
    assert token not in kept + changes


def test_it_is_written_down_who_was_shown_a_link_and_that_it_was_used(core: Core) -> None:
    claimed(core, made(core, core.salon.customer))
    wanted = (
        select(AuditEntry.action).where(AuditEntry.customer_id == core.salon.customer).order_by(AuditEntry.id)
    )
    assert core.write(lambda session: list(session.scalars(wanted)))[-3:] == [
        "link_made",
        "same_person",
        "link_used",
    ]


def test_a_link_is_used_once_and_told_again_to_who_used_it(core: Core) -> None:
    token = made(core, core.salon.customer)
    assert [claimed(core, token, chat) for chat in ("42", "42", "43")] == ["linked", "linked", "unknown"]
    assert person(core, "telegram", "43") != core.salon.customer


def test_a_link_lasts_a_day_and_the_newest_is_the_only_one(core: Core) -> None:
    older, newer = made(core, core.salon.customer), made(core, core.salon.customer)
    assert claimed(core, older) == "unknown"
    core.clock.move(days=1)
    assert claimed(core, newer) == "unknown"


def test_a_link_is_of_one_business_and_of_one_channel(core: Core) -> None:
    token = made(core, core.salon.customer)
    other = core.write(lambda session: a_salon(session, MONDAY))
    there = f"/v1/businesses/{other.id}/customers/{other.customer}/links/claim"
    assert core.ask("POST", there, {"channel": "telegram", "token": token}).json()["outcome"] == "unknown"
    assert claimed(core, token, "+15550001", "sms") == "unknown"


@pytest.mark.parametrize("life", ["a visit", "another address"])
def test_a_chat_with_a_life_of_its_own_is_left_as_it_is(core: Core, life: str) -> None:
    """Else whoever sends somebody such a link would see that one's visits."""
    somebody = person(core, "telegram", "42")
    if life == "a visit":
        core.booked("2027-03-02T14:00:00Z", customer_id=somebody)
    else:
        assert core.ask("POST", f"customers/{somebody}/phone", {"phone": "+15550001"}).is_success
    token = made(core, person(core, "web", BROWSER))
    assert claimed(core, token) == "taken"
    assert person(core, "telegram", "42") == somebody != person(core, "web", BROWSER)


def test_there_is_no_link_to_where_the_business_is_not(core: Core) -> None:
    answer = core.ask("POST", f"customers/{core.salon.customer}/links", {"channel": "whatsapp"})
    assert (answer.status_code, answer.json()["code"]) == (409, "not_connected")


def test_a_customer_gets_links_to_themselves_alone(core: Core) -> None:
    other = person(core, "web", BROWSER)
    maria = a_key(core, "customer")
    tried: list[Any] = [
        maria.ask("POST", f"customers/{who}/links", {"channel": "telegram"}).status_code
        for who in (core.salon.customer, other)
    ]
    assert tried == [201, 404]


def test_who_is_forgotten_has_no_links(core: Core) -> None:
    token = made(core, core.salon.customer)
    assert core.ask("POST", f"customers/{core.salon.customer}/erase", {}, key="forget").is_success
    assert claimed(core, token) == "unknown"
