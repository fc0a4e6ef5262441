"""Customers are found, called by their name and reached at their addresses, each of which names one person."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from scheduler_core.customers.models import Customer
from scheduler_core.permissions.models import AuditEntry
from tests.builders.core import Core
from tests.scheduler_core.permissions.holders import a_key

_KEYS = count(1)


def new(core: Core, name: str | None, *addresses: str, key: str = "") -> Any:
    points = [{"channel": "sms", "address": address} for address in addresses]
    body = {"name": name, "contact_points": points}
    answer = core.ask("POST", "customers", body, key=key or f"new-{next(_KEYS)}")
    assert answer.status_code == 201, answer.text
    return answer.json()


def names(core: Core, query: str) -> list[str]:
    answer = core.ask("GET", f"customers?{query}")
    assert answer.status_code == 200, answer.text
    return [each["name"] for each in answer.json()["items"]]


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_a_new_customer_has_a_name_and_addresses(core: Core) -> None:
    made = new(core, " Ada Lovelace ", "+15550001", "+15550002")
    assert made["name"] == "Ada Lovelace"
    assert [(p["channel"], p["address"], p["consent"]) for p in made["contact_points"]] == [
        ("sms", "+15550001", None),
        ("sms", "+15550002", None),
    ]
    shown = core.ask("GET", f"customers/{made['id']}").json()
    assert shown == made | {"counts": shown["counts"]}
    assert set(shown["counts"].values()) == {0}


def test_the_same_key_makes_one_customer(core: Core) -> None:
    assert new(core, "Ada", "+1", key="k") == new(core, "Ada", "+1", key="k")
    other = core.ask("POST", "customers", {"name": "Bob"}, key="k")
    assert refusal(other) == (422, "idempotency_key_reused")


def test_an_address_names_one_person_of_a_business(core: Core) -> None:
    new(core, "Ada", "+1")
    bob = new(core, "Bob")
    taken = {"channel": "sms", "address": "+1"}
    again = core.ask("POST", "customers", {"name": "Eve", "contact_points": [taken]}, key="eve")
    assert refusal(again) == (409, "address_taken")
    assert refusal(core.ask("POST", f"customers/{bob['id']}/contact-points", taken)) == (409, "address_taken")
    assert names(core, "name=eve") == []


def test_the_same_address_on_another_channel_is_another_address(core: Core) -> None:
    new(core, "Ada", "+1")
    bob = new(core, "Bob")
    added = core.ask(
        "POST", f"customers/{bob['id']}/contact-points", {"channel": "whatsapp", "address": "+1"}
    )
    assert added.status_code == 201


def test_an_address_that_is_theirs_already_stays_as_it_is(core: Core) -> None:
    ada = new(core, "Ada", "+1")
    again = core.ask("POST", f"customers/{ada['id']}/contact-points", {"channel": "sms", "address": "+1"})
    assert (again.status_code, again.json()) == (201, ada)


def test_of_many_who_claim_an_address_one_gets_it(core: Core) -> None:
    people = [new(core, f"Person {n}")["id"] for n in range(8)]

    def claim(person: int) -> int:
        body = {"channel": "sms", "address": "+1"}
        return core.ask("POST", f"customers/{person}/contact-points", body).status_code

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(claim, people)) == [201, *[409] * 7]


def test_addresses_go_even_the_last(core: Core) -> None:
    ada = new(core, "Ada", "+1")
    path = f"customers/{ada['id']}/contact-points/{ada['contact_points'][0]['id']}"
    assert core.ask("DELETE", path).status_code == 204
    assert core.ask("GET", f"customers/{ada['id']}").json()["contact_points"] == []
    assert refusal(core.ask("DELETE", path)) == (404, "not_found")
    assert new(core, "Bob", "+1")["contact_points"][0]["address"] == "+1"


def test_another_person_s_address_does_not_go(core: Core) -> None:
    ada, bob = new(core, "Ada", "+1"), new(core, "Bob")
    path = f"customers/{bob['id']}/contact-points/{ada['contact_points'][0]['id']}"
    assert refusal(core.ask("DELETE", path)) == (404, "not_found")


def test_the_newest_word_on_an_address_is_shown_with_it(core: Core) -> None:
    ada = new(core, "Ada", "+1")
    said = {"channel": "sms", "address": "+1", "evidence": "word for word"}
    for granted in (True, False):
        core.ask("POST", f"customers/{ada['id']}/consent", said | {"granted": granted})
        core.clock.move(minutes=1)
    point = core.ask("GET", f"customers/{ada['id']}").json()["contact_points"][0]
    assert (point["consent"], point["consent_at"]) == ("withdrawn", "2027-03-01T14:01:00Z")


def test_who_wants_no_offers_may_still_hear_of_their_visits_until_they_want_nothing(core: Core) -> None:
    address = {"channel": "sms", "address": "+431234"}
    ada = core.ask("POST", "customers", {"name": "Ada", "contact_points": [address]}, key="ada").json()

    def after(granted: bool, **word: str) -> tuple[str | None, str | None]:
        said = address | {"granted": granted, "evidence": "their words"} | word
        assert core.ask("POST", f"customers/{ada['id']}/consent", said).status_code == 200
        (point,) = core.ask("GET", f"customers/{ada['id']}").json()["contact_points"]
        return point["consent"], point["offers"]

    assert after(False, purpose="marketing") == (None, "withdrawn")
    assert after(False) == ("withdrawn", "withdrawn")
    assert after(True, purpose="service") == ("granted", "withdrawn")
    assert after(True) == ("granted", "granted")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("name=JÜRGEN m", ["Jürgen Müller"]),
        ("name=müll", ["Jürgen Müller", "ZOË MÜLLER"]),
        ("name=zoë", ["ZOË MÜLLER"]),
        ("name=100%25", ["100% Silk"]),
        ("name=%25", ["100% Silk"]),
        ("name=a_b", ["a_b"]),
        ("name=%5C", ["back\\slash"]),
        ("address=%2B4930", ["Jürgen Müller"]),
        ("address=ME@Example", ["ZOË MÜLLER"]),
        ("address=_", []),
        ("name=m%C3%BCller&address=%2B49", ["Jürgen Müller"]),
        ("name=nobody", []),
    ],
)
def test_customers_are_found_by_any_part_of_name_or_address(
    core: Core, query: str, expected: list[str]
) -> None:
    new(core, "Jürgen Müller", "+493012345", "+4917000")
    new(core, "ZOË MÜLLER", "me@example.org")
    for name in ("100% Silk", "a_b", "axb", "back\\slash"):
        new(core, name)
    assert names(core, query) == expected


def test_lists_come_in_pages(core: Core) -> None:
    for n in range(5):
        new(core, f"Ada {n}")
    first = core.ask("GET", "customers?name=ada&limit=2").json()
    second = core.ask("GET", f"customers?name=ada&limit=2&after={first['next']}").json()
    last = core.ask("GET", f"customers?name=ada&limit=2&after={second['next']}").json()
    pages = [[each["name"] for each in page["items"]] for page in (first, second, last)]
    assert pages == [["Ada 0", "Ada 1"], ["Ada 2", "Ada 3"], ["Ada 4"]]
    assert last["next"] is None


def test_the_erased_are_in_no_list(core: Core) -> None:
    ada = new(core, "Ada")
    core.ask("POST", f"customers/{ada['id']}/erase", key="e")
    assert names(core, "") == ["Maria"]


def test_a_name_is_changed_and_the_change_recorded_without_it(core: Core) -> None:
    ada = new(core, "Ada")
    renamed = core.ask("PATCH", f"customers/{ada['id']}", {"name": "Countess Ada"}).json()
    assert renamed == ada | {"name": "Countess Ada"}
    core.ask("PATCH", f"customers/{ada['id']}", {"name": "Countess Ada"})
    with core.database.read() as session:
        about = select(AuditEntry).where(AuditEntry.subject_id == ada["id"])
        kept = session.scalars(about.order_by(AuditEntry.id)).all()
    assert [(entry.action, entry.facts) for entry in kept] == [
        ("customer_created", {"addresses": 0}),
        ("renamed", {}),
    ]


@pytest.mark.parametrize("body", [{"name": ""}, {"name": "   "}, {"name": "x" * 121}, {"name": None}, {}])
def test_a_name_is_a_name(core: Core, body: Any) -> None:
    assert refusal(core.ask("PATCH", f"customers/{core.salon.customer}", body)) == (422, "malformed")


def test_somebody_without_a_name_may_be_known(core: Core) -> None:
    nobody = new(core, None, "+1")
    assert nobody["name"] is None
    assert names(core, "address=%2B1") == [None]


class TestTheirOwn:
    """A customer's key opens what is theirs."""

    @pytest.fixture
    def maria(self, core: Core) -> Core:
        new(core, "Ada", "+1")
        core.http.headers.update(a_key(core, "customer").headers)
        return core

    def test_they_see_and_change_themselves(self, maria: Core) -> None:
        own = f"customers/{maria.salon.customer}"
        assert names(maria, "") == ["Maria"]
        assert maria.ask("GET", own).status_code == 200
        assert maria.ask("PATCH", own, {"name": "Maria S."}).json()["name"] == "Maria S."
        point = {"channel": "sms", "address": "+2"}
        assert maria.ask("POST", f"{own}/contact-points", point).status_code == 201
        assert maria.ask("GET", f"{own}/export").json()["customer"]["name"] == "Maria S."

    @pytest.mark.parametrize(
        ("method", "path", "body"),
        [
            ("GET", "", None),
            ("GET", "/export", None),
            ("PATCH", "", {"name": "Mine"}),
            ("POST", "/contact-points", {"channel": "sms", "address": "+3"}),
            ("DELETE", "/contact-points/{point}", None),
            ("POST", "/consent", {"channel": "sms", "address": "+1", "granted": True, "evidence": ""}),
        ],
    )
    def test_others_are_not_there_for_them(self, maria: Core, method: str, path: str, body: Any) -> None:
        with maria.database.read() as session:
            ada = session.scalars(select(Customer.id).where(Customer.name == "Ada")).one()
        answer = maria.ask(method, f"customers/{ada}{path.format(point=2)}", body)
        assert refusal(answer) == (404, "not_found")

    def test_they_neither_make_nor_erase_customers(self, maria: Core) -> None:
        assert refusal(maria.ask("POST", "customers", {"name": "Eve"}, key="eve")) == (403, "forbidden")
        erased = maria.ask("POST", f"customers/{maria.salon.customer}/erase", key="e")
        assert refusal(erased) == (403, "forbidden")
