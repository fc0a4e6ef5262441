"""A business is made once, changed in part, and says nothing that it cannot mean."""

from typing import Any

import pytest
from sqlalchemy import select

from scheduler_core.permissions.models import AuditEntry
from tests.builders.business import BUSINESS, Office, said


def test_a_business_is_made_once_under_one_key(office: Office) -> None:
    first, again = (office.post("/v1/businesses", BUSINESS, key="new") for _ in range(2))
    assert (first.status_code, first.json()) == (201, again.json())
    made = first.json()
    assert {name: made[name] for name in BUSINESS} == BUSINESS
    assert office.seen(f"/v1/businesses/{made['id']}") == made
    other = office.post("/v1/businesses", {**BUSINESS, "name": "Other"}, key="new")
    assert said(other) == (422, "idempotency_key_reused")


def test_a_partial_policy_changes_only_what_it_names(office: Office) -> None:
    before = office.seen(office.home)["policy"]
    after = office.changed(office.home, policy={"grid_minutes": 20, "max_per_day": 8})["policy"]
    assert after == {**before, "grid_minutes": 20, "max_per_day": 8}
    assert office.changed(office.home, policy={"max_per_day": None})["policy"] == {
        **after,
        "max_per_day": None,
    }
    assert office.seen(office.home)["policy"]["grid_minutes"] == 20


def test_what_is_not_sent_stays(office: Office) -> None:
    before = office.seen(office.home)
    assert office.changed(office.home, phone="555 0100") == {**before, "phone": "555 0100"}
    assert office.changed(office.home) == {**before, "phone": "555 0100"}


def test_only_what_differs_is_recorded_and_by_name_alone(office: Office) -> None:
    now = office.seen(office.home)
    office.changed(office.home, name=now["name"])
    office.changed(office.home, name="New", zone=now["zone"])
    with office.core.database.read() as session:
        kept = session.scalars(select(AuditEntry)).all()
    assert [(entry.action, entry.subject_kind, entry.facts) for entry in kept] == [
        ("changed", "business", {"fields": ["name"]})
    ]


def test_a_locale_is_kept_as_it_is_usually_written(office: Office) -> None:
    assert office.changed(office.home, locale="pt_br")["locale"] == "pt-BR"


@pytest.mark.parametrize(
    "wrong",
    [
        {"zone": "Europe/Nowhere"},
        {"zone": "../etc/passwd"},
        {"zone": ""},
        {"locale": "xx-YY"},
        {"locale": "english"},
        {"locale": "e"},
        {"currency": "ZZZ"},
        {"currency": "eur"},
        {"name": ""},
        {"name": "   "},
        {"name": "\u0000"},
        {"name": "x" * 121},
        {"name": None},
        {"phone": "1" * 41},
        {"policy": {"grid_minutes": 0}},
        {"policy": {"no_such_rule": 1}},
        {"policy": {"horizon_days": 10**30}},
        {"policy": None},
        {"colour": "blue"},
        {"id": 7},
    ],
    ids=str,
)
def test_what_a_business_cannot_mean_is_malformed(office: Office, wrong: dict[str, Any]) -> None:
    before = office.seen(office.home)
    assert said(office.change(office.home, **wrong)) == (422, "malformed")
    assert said(office.post("/v1/businesses", {**BUSINESS, **wrong})) == (422, "malformed")
    assert office.seen(office.home) == before


@pytest.mark.parametrize("left_out", list(BUSINESS))
def test_a_new_business_says_everything_that_has_no_default(office: Office, left_out: str) -> None:
    body = {name: value for name, value in BUSINESS.items() if name != left_out}
    assert said(office.post("/v1/businesses", body)) == (422, "malformed")
