"""A location has its week, its own zone, and stays on visits after it has closed for good."""

from typing import Any

import pytest

from tests.builders.business import Office, said

EMPTY: dict[str, list[list[str]]] = {str(day): [] for day in range(7)}


def test_a_location_is_made_in_the_business_s_zone_unless_it_has_its_own(office: Office) -> None:
    assert office.made("locations")["zone"] == office.seen(office.home)["zone"]
    there = office.made("locations", zone="Asia/Kathmandu", hours={"0": [["09:00", "17:00"]]})
    assert there["zone"] == "Asia/Kathmandu"
    assert there["hours"] == {**EMPTY, "0": [["09:00", "17:00"]]}
    assert office.seen(f"locations/{there['id']}") == there


def test_the_week_is_set_as_a_whole(office: Office) -> None:
    place = office.made("locations", hours={"0": [["09:00", "17:00"]]})
    week = {
        "4": [["20:00", "26:00"], ["08:00", "12:00"]],
        "5": [["00:00", "24:00"]],
        "6": [["22:00", "48:00"]],
    }
    answer = office.put(f"locations/{place['id']}/hours", {**week, "5": [["02:00", "24:00"]]})
    assert answer.status_code == 200, answer.text
    assert answer.json()["hours"] == {
        **EMPTY,
        "4": [["08:00", "12:00"], ["20:00", "26:00"]],
        "5": [["02:00", "24:00"]],
        "6": [["22:00", "48:00"]],
    }
    assert said(office.put(f"locations/{place['id']}/hours", week)) == (422, "malformed")
    assert office.put(f"locations/{place['id']}/hours", {}).json()["hours"] == EMPTY


@pytest.mark.parametrize(
    "hours",
    [
        {"0": [["09:00", "17:00"], ["16:59", "18:00"]]},
        {"0": [["20:00", "26:00"]], "1": [["01:00", "03:00"]]},
        {"6": [["20:00", "26:00"]], "0": [["01:00", "03:00"]]},
        {"0": [["00:00", "48:00"]], "1": [["23:00", "24:00"]]},
        {"0": [["17:00", "09:00"]]},
        {"0": [["09:00", "09:00"]]},
        {"0": [["24:00", "26:00"]]},
        {"0": [["09:00", "48:01"]]},
        {"0": [["9:00", "17:00"]]},
        {"0": [["09:60", "17:00"]]},
        {"0": [["09:00"]]},
        {"7": [["09:00", "17:00"]]},
        {"monday": []},
        {"0": [["09:00", "09:01"]] * 25},
        [],
    ],
    ids=str,
)
def test_hours_that_nobody_can_keep_are_malformed(office: Office, hours: Any) -> None:
    place = office.made("locations", hours={"2": [["09:00", "17:00"]]})
    assert said(office.put(f"locations/{place['id']}/hours", hours)) == (422, "malformed")
    assert office.seen(f"locations/{place['id']}") == place


def test_windows_that_touch_do_not_overlap(office: Office) -> None:
    week = {"6": [["09:00", "12:00"], ["12:00", "33:00"]], "0": [["09:00", "10:00"]]}
    assert office.make("locations", hours=week).status_code == 201


def test_an_archived_location_vanishes_from_lists_but_stays_on_visits(office: Office) -> None:
    core, place = office.core, office.core.salon.location
    visit = core.booked("2027-03-02T14:00:00Z")
    other = office.made("locations")
    for _ in range(2):
        assert office.delete(f"locations/{place}").status_code == 204
    assert [each["id"] for each in office.items("locations")] == [other["id"]]
    assert office.seen(f"locations/{place}")["archived_at"] == "2027-03-01T14:00:00Z"
    assert office.seen(f"appointments/{visit['id']}")["location_name"] == visit["location_name"]
    opened = core.ask("POST", "conversations/open", {"channel": "terminal", "address": "maria"}).json()
    assert [each["id"] for each in opened["locations"]] == [other["id"]]
    assert said(core.book("2027-03-03T14:00:00Z")) == (404, "not_found")


def test_an_archived_location_is_not_changed_any_more(office: Office) -> None:
    path = f"locations/{office.core.salon.location}"
    office.delete(path)
    assert said(office.change(path, name="New")) == (404, "not_found")
    assert said(office.put(f"{path}/hours", {})) == (404, "not_found")
    assert said(office.put(f"{path}/overrides/2027-03-02", {"windows": []})) == (404, "not_found")
