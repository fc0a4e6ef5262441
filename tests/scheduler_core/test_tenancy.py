"""One business never sees another's rows, at any endpoint, and nobody sees any without the key."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import update
from sqlalchemy.orm import Session

from scheduler_core.businesses.models import Business, Location, Service, StaffMember
from scheduler_core.customers.models import Customer
from tests.builders.core import MONDAY, Core
from tests.builders.databases import Snapshot
from tests.builders.everything import FLAG, furnish, ids_of
from tests.builders.requests import Document, Request
from tests.builders.salon import Salon, a_salon

START = "2027-03-02T14:00:00Z"
WITHOUT_KEY = {"/healthz", "/calendar/{token}.ics", "/calendar/staff/{token}.ics", "/files/{token}"}
#: What is named here is set aside when it is not one's own; it neither helps nor harms.
SET_ASIDE = {"hold_id"}
#: What else is said or left unsaid when this is named.
COMPANY: dict[tuple[str, str], dict[str, Any]] = {
    ("POST blocks", "resource_id"): {"staff_id": None},
    ("POST broadcasts", "resource_id"): {"staff_id": None},
    ("POST broadcasts", "location_id"): {"staff_id": None},
    ("POST keys", "customer_id"): {"role": "customer", "staff_id": None},
    ("POST sessions", "customer_id"): {"role": "customer", "staff_id": None},
}
SECRET = "Nobody else's"
_COUNTERS = {"rules_revision", "revision"}


@dataclass(frozen=True)
class Neighbours:
    """Two businesses with everything in them, and the endpoints as the document has them."""

    core: Core
    other: Salon
    rows: Snapshot
    document: Document
    their_ids: Callable[[str], list[int]]

    def ask(self, request: Request) -> httpx.Response:
        url = f"/v1/businesses/{self.core.salon.id}/{request.url}".rstrip("/")
        return self.core.ask(
            request.method, url, request.body, key=sha256(repr(request).encode()).hexdigest()
        )

    def theirs(self) -> dict[str, list[str]]:
        """All rows of the other business as they are now, without the counters that every restoring moves."""
        return {
            table: sorted(
                repr({name: value for name, value in row.items() if name not in _COUNTERS})
                for row in rows
                if row.get("business_id", row.get("id") if table == "business" else None) == self.other.id
            )
            for table, rows in Snapshot(self.core.database).by_table().items()
        }

    def endpoints(self) -> Iterator[tuple[str, Request, dict[str, Any]]]:
        """(name, a request about one's own things, definition); each on a business that has everything."""
        for method, path, definition in self.document.operations():
            self.rows.put_back()
            request = self.document.request(method, path, definition)
            yield f"{method} {path}", self._sensible(f"{method} {path}", request), definition

    def _sensible(self, name: str, request: Request) -> Request:
        """What the document alone does not say."""
        salon = self.core.salon
        more: dict[str, dict[str, Any]] = {
            "POST blocks": {"staff_id": salon.ana},
            "POST broadcasts": {"staff_id": salon.ana},
            "POST staff/{staff_id}/delay": {"minutes": 5},
            "POST customers/{customer_id}/consent": {"channel": "terminal", "address": "maria"},
            "POST classes": {"service_id": ids_of(self.rows, salon.id)("service_id")[-1]},
            "PATCH customers/{customer_id}": {"name": "somebody"},
            "POST keys": {"role": "staff", "staff_id": salon.ana},
            "POST sessions": {"role": "staff", "staff_id": salon.ana},
        }
        if "kind" in request.ids:
            return replace(request, ids={**request.ids, "kind": FLAG})
        return replace(request, body={**request.body, **more[name]}) if name in more else request


@pytest.fixture
def neighbours(core: Core, served_app: tuple[FastAPI, str]) -> Neighbours:
    other = core.salon
    furnish(core)
    core.write(_keep_secret)
    core.salon = core.write(lambda session: a_salon(session, MONDAY))
    furnish(core)
    rows = Snapshot(core.database)
    document = Document(served_app[0].openapi(), ids_of(rows, core.salon.id))
    return Neighbours(core, other, rows, document, ids_of(rows, other.id))


def _keep_secret(session: Session) -> None:
    for table in (Business, Location, Service, StaffMember, Customer):
        session.execute(update(table).values(name=SECRET))


def test_no_endpoint_reaches_another_business(neighbours: Neighbours) -> None:
    before = neighbours.theirs()
    reached = []
    for name, request, definition in neighbours.endpoints():
        for part, field, put in neighbours.document.ids_of(definition):
            foreign = neighbours.their_ids(field)
            if foreign and field not in SET_ASIDE:
                asked = request.with_id(part, field, put(foreign[0]))
                company = COMPANY.get((name, field))
                answer = neighbours.ask(replace(asked, body={**asked.body, **company}) if company else asked)
                nothing = part == "query" and answer.status_code == 200 and answer.json()["items"] == []
                if answer.status_code != 404 and not nothing:
                    reached.append((name, field, answer.status_code, answer.text[:300]))
        assert neighbours.theirs() == before, name
    assert not reached


def test_what_is_set_aside_or_asked_of_one_s_own_things_shows_and_changes_nothing_of_another_s(
    neighbours: Neighbours,
) -> None:
    before = neighbours.theirs()
    for name, request, definition in neighbours.endpoints():
        ids = {field for _, field, _ in neighbours.document.ids_of(definition)} & SET_ASIDE
        for field in ids:
            request = request.with_id("body", field, neighbours.their_ids(field)[0])
        answer = neighbours.ask(request)
        assert answer.status_code != 404, (name, answer.text)
        assert answer.status_code != 422 or answer.json()["code"] != "malformed", (name, answer.text)
        assert SECRET not in answer.text, name
        assert neighbours.theirs() == before, name


def test_the_same_address_is_another_person_for_another_business(core: Core) -> None:
    opened = {"channel": "web", "address": "same"}
    first = core.ask("POST", "conversations/open", opened).json()
    core.salon = core.write(lambda session: a_salon(session, MONDAY))
    second = core.ask("POST", "conversations/open", opened).json()
    assert first["customer"]["id"] != second["customer"]["id"]
    assert {service["id"] for service in second["services"]} == {core.salon.service}


def test_another_business_s_key_of_idempotency_is_another_key(core: Core) -> None:
    core.book(START, key="same")
    core.salon = core.write(lambda session: a_salon(session, MONDAY))
    assert core.book(START, key="same").status_code == 201


def test_another_business_s_hold_is_no_help_and_no_harm(core: Core) -> None:
    held = core.hold(START).json()["id"]
    first = core.salon
    core.salon = core.write(lambda session: a_salon(session, MONDAY))
    core.booked(START, hold_id=held)
    core.salon = first
    assert core.ask("DELETE", f"holds/{held}").status_code == 204


@pytest.mark.parametrize("key", ["", "wrong", "clé"])
def test_nothing_opens_without_the_key(core: Core, served_app: tuple[FastAPI, str], key: str) -> None:
    core.http.headers = httpx.Headers({"X-API-Key": key}, encoding="utf-8")
    for path, methods in served_app[0].openapi()["paths"].items():
        for method in methods if path not in WITHOUT_KEY else ():
            filled = re.sub(r"\{\w+\}", "1", path)
            answer = core.http.request(method.upper(), filled, json={}, headers={"Idempotency-Key": "x"})
            assert answer.status_code == 401, (method, path)
