"""Somebody new is one resource; their week is theirs to change, and when they leave their visits stay."""

from typing import Any

import pytest
from sqlalchemy import select

from scheduler_core.businesses.models import Resource
from tests.builders.business import Office, said

START = "2027-03-02T14:00:00Z"


def test_somebody_new_is_a_resource_of_their_own(office: Office) -> None:
    made = office.made("staff", aliases=["Zo"], zone="Asia/Tokyo", skills=["colour"], gets_notices=True)
    assert (made["aliases"], made["zone"], made["skills"]) == (["Zo"], "Asia/Tokyo", ["colour"])
    assert made["location_ids"] == made["service_ids"] == []
    with office.core.database.read() as session:
        own = session.scalars(select(Resource).where(Resource.id == made["resource_id"])).one()
    assert (own.kind, own.capacity, own.business_id) == ("staff", 1, office.core.salon.id)
    assert made["resource_id"] not in [each["id"] for each in office.items("resources")]
    assert said(office.core.ask("GET", f"resources/{made['resource_id']}")) == (404, "not_found")
    assert office.seen(f"staff/{made['id']}") == made


def test_a_change_touches_what_it_names_and_a_zone_can_be_taken_back(office: Office) -> None:
    path = f"staff/{office.made('staff', zone='Asia/Tokyo', skills=['x'])['id']}"
    before = office.seen(path)
    assert office.changed(path, name="Zora") == {**before, "name": "Zora"}
    service = office.core.salon.service
    after = {**before, "name": "Zora", "zone": None, "service_ids": [service]}
    assert office.changed(path, zone=None, service_ids=[service]) == after
    assert office.core.salon.service in [each["id"] for each in office.items("services")]
    assert office.seen(path) == after


def test_who_works_can_be_booked_from_then_on(office: Office) -> None:
    core = office.core
    zoe = office.made("staff", service_ids=[core.salon.service])["id"]
    day = ("2027-03-02T05:00:00Z", "2027-03-03T05:00:00Z")
    assert core.starts(day, staff_id=zoe) == []
    week = {
        "hours": [{"location_id": core.salon.location, "weekday": 1, "start": "09:00", "end": "13:00"}],
        "breaks": [{"weekday": 1, "start": "10:00", "end": "11:00"}],
    }
    answer = office.put(f"staff/{zoe}/hours", week)
    assert (answer.status_code, answer.json()) == (200, week)
    assert office.seen(f"staff/{zoe}/hours") == week
    assert core.starts(day, staff_id=zoe) == [START, "2027-03-02T16:00:00Z", "2027-03-02T17:00:00Z"]
    assert office.seen(f"staff/{zoe}")["location_ids"] == [core.salon.location]
    assert office.put(f"staff/{zoe}/hours", {"hours": []}).json() == {"hours": [], "breaks": []}
    assert core.starts(day, staff_id=zoe) == []


def work(weekday: int, start: str, end: str) -> dict[str, Any]:
    return {"weekday": weekday, "start": start, "end": end}


@pytest.mark.parametrize(
    "windows",
    [
        [work(0, "09:00", "12:00"), work(0, "11:00", "13:00")],
        [work(6, "20:00", "26:00"), work(0, "01:00", "03:00")],
        [work(0, "12:00", "12:00")],
        [work(0, "24:00", "26:00")],
        [work(0, "09:00", "49:00")],
        [work(7, "09:00", "12:00")],
        [work(0, "9", "12")],
    ],
    ids=str,
)
def test_a_week_that_nobody_can_work_is_malformed(office: Office, windows: list[dict[str, Any]]) -> None:
    path, here = f"staff/{office.core.salon.ana}/hours", office.core.salon.location
    before = office.seen(path)
    hours = [{**each, "location_id": here} for each in windows]
    assert said(office.put(path, {"hours": hours})) == (422, "malformed")
    assert said(office.put(path, {"hours": [], "breaks": windows})) == (422, "malformed")
    assert office.seen(path) == before


def test_nobody_works_at_two_places_at_once(office: Office) -> None:
    here, there = office.core.salon.location, office.made("locations")["id"]
    hours = [
        {**work(0, "09:00", "12:00"), "location_id": here},
        {**work(0, "11:00", "13:00"), "location_id": there},
    ]
    path = f"staff/{office.core.salon.ana}/hours"
    assert said(office.put(path, {"hours": hours})) == (422, "malformed")
    hours[1]["start"] = "12:00"
    assert office.put(path, {"hours": hours}).status_code == 200
    assert office.seen(f"staff/{office.core.salon.ana}")["location_ids"] == [here, there]


def test_an_archived_place_is_no_place_to_work(office: Office) -> None:
    place, ana = office.made("locations")["id"], office.core.salon.ana
    office.delete(f"locations/{place}")
    body = {"location_id": place, "windows": []}
    assert said(office.put(f"staff/{ana}/overrides/2027-03-02", body)) == (404, "not_found")
    hours = [{**work(0, "09:00", "12:00"), "location_id": place}]
    assert said(office.put(f"staff/{ana}/hours", {"hours": hours})) == (404, "not_found")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 81},
        {"zone": "Nowhere"},
        {"aliases": ["x" * 81]},
        {"skills": [""]},
        {"service_ids": [0]},
        {"gets_notices": None},
        {"archived_at": None},
    ],
    ids=str,
)
def test_what_is_nobody_is_malformed(office: Office, wrong: dict[str, Any]) -> None:
    assert said(office.make("staff", **wrong)) == (422, "malformed")
    assert said(office.change(f"staff/{office.core.salon.ana}", **wrong)) == (422, "malformed")


def test_who_has_left_vanishes_from_lists_but_stays_on_visits(office: Office) -> None:
    core, ana = office.core, office.core.salon.ana
    visit = core.booked(START)
    for _ in range(2):
        assert office.delete(f"staff/{ana}").status_code == 204
    assert [each["id"] for each in office.items("staff")] == [core.salon.ben]
    assert office.seen(f"staff/{ana}")["archived_at"] == "2027-03-01T14:00:00Z"
    assert office.seen(f"appointments/{visit['id']}")["staff_name"] == "Ana"
    assert office.items("services")[0]["staff_ids"] == [core.salon.ben]
    opened = core.ask("POST", "conversations/open", {"channel": "terminal", "address": "maria"}).json()
    assert [each["id"] for each in opened["staff"]] == [core.salon.ben]
    assert opened["services"][0]["staff_ids"] == [core.salon.ben]
    assert said(core.book("2027-03-03T14:00:00Z")) == (404, "not_found")
    assert said(office.change(f"staff/{ana}", name="Anna")) == (404, "not_found")
