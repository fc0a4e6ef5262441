"""Rooms, chairs, vehicles and tools: kept as said, and never taken from under a service that has no other."""

from typing import Any

import pytest

from tests.builders.business import Office, said


def test_a_thing_is_kept_as_it_was_said(office: Office) -> None:
    asked = {"kind": "vehicle", "name": "Van", "capacity": 3, "location_id": office.core.salon.location}
    made = office.made("resources", **asked)
    assert {name: made[name] for name in asked} == asked
    assert office.seen(f"resources/{made['id']}") == made
    assert office.items("resources") == [made]
    moved = office.changed(f"resources/{made['id']}", location_id=None, capacity=2)
    assert moved == {**made, "location_id": None, "capacity": 2}


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "staff"},
        {"kind": "seats"},
        {"kind": "boat"},
        {"name": ""},
        {"name": "x" * 81},
        {"capacity": 0},
        {"capacity": 1001},
        {"capacity": None},
        {"location_id": 0},
        {"revision": 1},
    ],
    ids=str,
)
def test_what_is_no_thing_is_malformed(office: Office, wrong: dict[str, Any]) -> None:
    made = office.made("resources")
    assert said(office.make("resources", **wrong)) == (422, "malformed")
    assert said(office.change(f"resources/{made['id']}", **wrong)) == (422, "malformed")
    assert office.items("resources") == [made]


def test_a_thing_stands_at_a_place_in_use(office: Office) -> None:
    place = office.made("locations")["id"]
    office.delete(f"locations/{place}")
    assert said(office.make("resources", location_id=place)) == (404, "not_found")


def test_the_last_thing_that_a_service_needs_stays(office: Office) -> None:
    first, second, other = (office.made("resources")["id"] for _ in range(3))
    service = office.made("services", needs=[[first, second], [other]])
    assert office.delete(f"resources/{first}").status_code == 204
    refused = office.delete(f"resources/{second}")
    assert said(refused) == (409, "still_needed")
    assert refused.json()["facts"] == {"service_ids": [service["id"]]}
    assert said(office.delete(f"resources/{other}")) == (409, "still_needed")
    assert [each["id"] for each in office.items("resources")] == [second, other]
    office.delete(f"services/{service['id']}")
    for _ in range(2):
        assert office.delete(f"resources/{second}").status_code == 204
    assert office.seen(f"resources/{second}")["archived_at"] == "2027-03-01T14:00:00Z"
    assert [each["id"] for each in office.items("resources")] == [other]
    assert said(office.change(f"resources/{second}", name="New")) == (404, "not_found")
