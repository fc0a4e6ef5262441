"""Blocked time cannot be booked; it may lie over visits; staff block their own and nobody else's."""

from typing import Any

import httpx
import pytest
from sqlalchemy.orm import Session

from scheduler_core.businesses.blocks import lock
from tests.builders.business import Office, said
from tests.builders.core import Core
from tests.scheduler_core.permissions.holders import Holder, a_key

DAY = ("2027-03-02T05:00:00Z", "2027-03-03T05:00:00Z")
MORNING = {"start": "2027-03-02T14:00:00Z", "end": "2027-03-02T18:00:00Z"}
AFTERNOON = [f"2027-03-02T{hour}:00:00Z" for hour in (19, 20, 21, 22)]


def block(holder: Holder, key: str, **body: Any) -> tuple[int, str]:
    return holder.told("POST", "blocks", {**MORNING, **body}, **{"Idempotency-Key": key})


def test_a_blocked_person_is_not_booked_until_the_block_is_gone(office: Office) -> None:
    core, ana = office.core, office.core.salon.ana
    before = core.starts(DAY, staff_id=ana)
    answer = office.post("blocks", {**MORNING, "staff_id": ana, "kind": "time_off", "reason": "Dentist"})
    made = answer.json()
    assert (answer.status_code, made["staff_id"], made["kind"]) == (201, ana, "time_off")
    assert (made["start"], made["end"]) == (MORNING["start"], MORNING["end"])
    assert office.seen(f"staff/{ana}")["resource_id"] == made["resource_id"]
    assert core.starts(DAY, staff_id=ana) == AFTERNOON
    assert office.items("blocks") == [made]
    assert office.delete(f"blocks/{made['id']}").status_code == 204
    assert core.starts(DAY, staff_id=ana) == before
    assert said(office.delete(f"blocks/{made['id']}")) == (404, "not_found")


def test_a_blocked_room_closes_the_service_that_needs_it(office: Office) -> None:
    core = office.core
    room = office.made("resources")["id"]
    office.changed(f"services/{core.salon.service}", needs=[[room]])
    office.post("blocks", {**MORNING, "resource_id": room, "reason": "Paint"})
    assert core.starts(DAY, staff_id=core.salon.ana) == AFTERNOON


def test_a_block_may_lie_over_a_visit_which_stays(office: Office) -> None:
    core = office.core
    visit = core.booked("2027-03-02T14:00:00Z")
    assert office.post("blocks", {**MORNING, "staff_id": core.salon.ana}).status_code == 201
    assert office.seen(f"appointments/{visit['id']}")["status"] == "booked"


def test_a_person_s_own_resource_is_the_person(office: Office) -> None:
    ana = office.core.salon.ana
    resource = office.seen(f"staff/{ana}")["resource_id"]
    made = office.post("blocks", {**MORNING, "resource_id": resource, "kind": "time_off"}).json()
    assert made["staff_id"] == ana


def test_a_block_waits_for_a_booking_that_is_under_way(office: Office) -> None:
    """So that either the booking sees the block or the block's flags see the visit."""
    core = office.core
    resource = office.seen(f"staff/{core.salon.ana}")["resource_id"]
    body = {**MORNING, "staff_id": core.salon.ana}

    def book(session: Session) -> None:
        lock(session, resource)
        url, headers = f"{office.home}/blocks", {"Idempotency-Key": "k"}
        with pytest.raises(httpx.ReadTimeout):
            core.http.post(url, json=body, headers=headers, timeout=0.3)

    core.write(book)
    assert office.post("blocks", body, key="k").status_code == 201
    assert len(office.items("blocks")) == 1


def test_blocks_are_found_by_time_person_and_thing(office: Office) -> None:
    salon, room = office.core.salon, office.made("resources")["id"]
    hours = [
        ("2027-03-02T14:00:00Z", "2027-03-02T15:00:00Z"),
        ("2027-03-02T15:00:00Z", "2027-03-02T16:00:00Z"),
    ]
    ana = [
        office.post("blocks", {"start": start, "end": end, "staff_id": salon.ana}).json()["id"]
        for start, end in hours
    ]
    thing = office.post("blocks", {**MORNING, "resource_id": room}).json()["id"]

    def found(query: str) -> list[int]:
        return [each["id"] for each in office.items(f"blocks?{query}")]

    assert found("") == [*ana, thing]
    assert found(f"staff_id={salon.ana}") == ana
    assert found(f"staff_id={salon.ben}") == []
    assert found(f"resource_id={room}") == [thing]
    assert found("start=2027-03-02T15:00:00Z&end=2027-03-02T16:00:00Z") == [ana[1], thing]
    assert found("end=2027-03-02T14:00:00Z") == []
    first = office.seen("blocks?limit=2")
    assert [each["id"] for each in first["items"]] == ana
    assert found(f"after={first['next']}") == [thing]


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"staff_id": 1, "resource_id": 1},
        {"staff_id": 1, "end": MORNING["start"]},
        {"staff_id": 1, "kind": "holiday"},
        {"staff_id": 1, "reason": "x" * 201},
        {"staff_id": 0},
        {"staff_id": 1, "start": "2027-03-02T14:00:00"},
    ],
    ids=str,
)
def test_what_is_no_block_is_malformed(office: Office, wrong: dict[str, Any]) -> None:
    assert said(office.post("blocks", {**MORNING, **wrong})) == (422, "malformed")
    assert office.items("blocks") == []


def test_only_people_have_time_off(office: Office) -> None:
    body = {**MORNING, "resource_id": office.made("resources")["id"], "kind": "time_off"}
    assert said(office.post("blocks", body)) == (422, "malformed")


def test_what_is_archived_is_not_blocked(office: Office) -> None:
    room, zoe = office.made("resources")["id"], office.made("staff")["id"]
    office.delete(f"resources/{room}")
    office.delete(f"staff/{zoe}")
    assert said(office.post("blocks", {**MORNING, "resource_id": room})) == (404, "not_found")
    assert said(office.post("blocks", {**MORNING, "staff_id": zoe})) == (404, "not_found")


def test_staff_block_their_own_time_only(office: Office, core: Core) -> None:
    ana, ben, room = core.salon.ana, core.salon.ben, office.made("resources")["id"]
    bens = office.post("blocks", {**MORNING, "staff_id": ben, "reason": "Surgery"}).json()
    holder = a_key(core, "staff")
    assert block(holder, "own", staff_id=ana, reason="Dentist") == (201, "")
    assert block(holder, "bens", staff_id=ben) == (404, "not_found")
    assert block(holder, "bens-resource", resource_id=bens["resource_id"]) == (404, "not_found")
    assert block(holder, "room", resource_id=room) == (404, "not_found")
    assert holder.told("DELETE", f"blocks/{bens['id']}") == (404, "not_found")
    seen = holder.ask("GET", "blocks").json()["items"]
    assert [(each["staff_id"], each["reason"]) for each in seen] == [(ben, None), (ana, "Dentist")]
    assert holder.told("DELETE", f"blocks/{seen[1]['id']}") == (204, "")


def test_staff_set_their_own_hours_only(core: Core) -> None:
    holder = a_key(core, "staff")
    hours: dict[str, list[Any]] = {"hours": []}
    day = {"location_id": core.salon.location, "windows": []}
    for who, expected in ((core.salon.ana, 200), (core.salon.ben, 404)):
        assert holder.told("PUT", f"staff/{who}/hours", hours)[0] == expected
        assert holder.told("PUT", f"staff/{who}/overrides/2027-03-02", day)[0] == expected
        cleared = holder.told("DELETE", f"staff/{who}/overrides/2027-03-02")[0]
        assert cleared == (204 if expected == 200 else 404)


def test_the_front_desk_blocks_anybody_s_time(core: Core) -> None:
    holder = a_key(core, "receptionist")
    assert block(holder, "ben", staff_id=core.salon.ben) == (201, "")
