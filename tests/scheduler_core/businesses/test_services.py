"""A service is whole or refused: its gaps lie inside, its needs exist, its add-ons are add-ons."""

from typing import Any

import pytest

from tests.builders.business import Office, said

START = "2027-03-02T14:00:00Z"


def test_a_service_is_kept_as_it_was_said(office: Office) -> None:
    room, chairs = office.made("resources"), [office.made("resources", kind="chair") for _ in range(2)]
    wash = office.made("services", name="Wash", is_addon=True, duration_minutes=10)
    asked = {
        "name": "Colour",
        "category": "Hair",
        "aliases": ["dye", "tint"],
        "duration_minutes": 120,
        "buffer_before_minutes": 5,
        "buffer_after_minutes": 15,
        "price_minor": 9500,
        "gaps": [[20, 30], [80, 10]],
        "capacity": 1,
        "on_demand": False,
        "skills": ["colour"],
        "policy": {"min_notice_minutes": 120, "max_per_day": None},
        "is_addon": False,
        "needs": [[room["id"]], [each["id"] for each in chairs]],
        "addon_ids": [wash["id"]],
        "staff_ids": [office.core.salon.ana],
    }
    made = office.made("services", **asked)
    assert {name: made[name] for name in asked} == asked
    assert made["archived_at"] is None
    assert office.seen(f"services/{made['id']}") == made
    assert office.items("services")[-1] == made


def test_a_plain_service_needs_little(office: Office) -> None:
    made = office.made("services")
    assert (made["buffer_after_minutes"], made["capacity"], made["on_demand"]) == (0, 1, True)
    assert made["gaps"] == made["needs"] == made["staff_ids"] == made["aliases"] == []
    assert made["policy"] == {}


def test_who_has_all_its_skills_offers_it_beside_who_is_named(office: Office) -> None:
    both = office.made("staff", name="Both", skills=["colour", "perm"])["id"]
    office.made("staff", name="One", skills=["colour"])
    ana = office.core.salon.ana
    made = office.made("services", skills=["perm", "colour"], staff_ids=[ana])
    assert (made["staff_ids"], made["offered_by"]) == ([ana], sorted([ana, both]))
    opened = office.core.ask("POST", "conversations/open", {"channel": "web", "address": "x"}).json()
    assert opened["services"][-1]["staff_ids"] == sorted([ana, both])


def test_a_change_touches_what_it_names(office: Office) -> None:
    path = f"services/{office.made('services', gaps=[[20, 10]], staff_ids=[office.core.salon.ana])['id']}"
    before = office.seen(path)
    assert office.changed(path, price_minor=1) == {**before, "price_minor": 1}
    assert office.changed(path, gaps=[]) == {**before, "price_minor": 1, "gaps": []}
    nobody = {"price_minor": 1, "gaps": [], "staff_ids": [], "offered_by": []}
    assert office.changed(path, staff_ids=[]) == {**before, **nobody}


def test_its_own_policy_is_replaced_as_a_whole(office: Office) -> None:
    path = f"services/{office.made('services', policy={'hold_minutes': 5})['id']}"
    assert office.changed(path, policy={"grid_minutes": 30})["policy"] == {"grid_minutes": 30}
    assert office.changed(path, policy={})["policy"] == {}


@pytest.mark.parametrize(
    "gaps",
    [
        [[0, 10]],
        [[50, 10]],
        [[10, 60]],
        [[20, 10], [10, 5]],
        [[10, 10], [20, 10]],
        [[10, 10], [15, 10]],
        [[10, 0]],
        [[-5, 10]],
        [[10]],
        [[10, 10, 10]],
    ],
    ids=str,
)
def test_gaps_lie_inside_apart_and_in_order(office: Office, gaps: Any) -> None:
    assert said(office.make("services", duration_minutes=60, gaps=gaps)) == (422, "malformed")
    path = f"services/{office.made('services', duration_minutes=60)['id']}"
    assert said(office.change(path, gaps=gaps)) == (422, "malformed")
    assert office.seen(path)["gaps"] == []


def test_a_service_is_not_shortened_into_its_gaps(office: Office) -> None:
    path = f"services/{office.made('services', duration_minutes=60, gaps=[[40, 10]])['id']}"
    assert said(office.change(path, duration_minutes=50)) == (422, "malformed")
    assert office.changed(path, duration_minutes=51)["gaps"] == [[40, 10]]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 81},
        {"category": "x" * 61},
        {"aliases": [""]},
        {"aliases": ["x"] * 51},
        {"duration_minutes": 0},
        {"duration_minutes": 1441},
        {"duration_minutes": None},
        {"buffer_before_minutes": -1},
        {"buffer_after_minutes": 10**30},
        {"price_minor": -1},
        {"price_minor": 200_000_001},
        {"capacity": 0},
        {"capacity": 1001},
        {"skills": ["x" * 61]},
        {"policy": {"grid_minutes": 0}},
        {"policy": {"unheard_of": 1}},
        {"needs": [[]]},
        {"needs": [[0]]},
        {"addon_ids": [2**31]},
        {"staff_ids": "all"},
        {"colour": "blue"},
    ],
    ids=str,
)
def test_what_is_no_service_is_malformed(office: Office, wrong: dict[str, Any]) -> None:
    assert said(office.make("services", **wrong)) == (422, "malformed")
    assert said(office.change(f"services/{office.core.salon.service}", **wrong)) == (422, "malformed")


def test_only_add_ons_are_added_on(office: Office) -> None:
    plain, wash = office.made("services"), office.made("services", is_addon=True)
    path = f"services/{plain['id']}"
    assert said(office.change(path, addon_ids=[office.core.salon.service])) == (422, "malformed")
    assert said(office.change(path, addon_ids=[plain["id"]])) == (422, "malformed")
    assert office.changed(path, addon_ids=[wash["id"]])["addon_ids"] == [wash["id"]]
    assert said(office.change(path, is_addon=True)) == (422, "malformed")
    assert said(office.change(f"services/{wash['id']}", is_addon=False)) == (409, "still_needed")
    assert office.changed(path, addon_ids=[], is_addon=True)["is_addon"] is True


def test_an_archived_service_needs_its_add_on_no_more(office: Office) -> None:
    wash = office.made("services", is_addon=True)["id"]
    plain = office.made("services", addon_ids=[wash])["id"]
    office.delete(f"services/{plain}")
    assert office.changed(f"services/{wash}", is_addon=False)["is_addon"] is False


def test_an_add_on_is_not_offered_by_itself_in_a_conversation(office: Office) -> None:
    office.made("services", is_addon=True)
    opened = office.core.ask("POST", "conversations/open", {"channel": "web", "address": "x"}).json()
    assert [each["id"] for each in opened["services"]] == [office.core.salon.service]


def test_a_person_is_not_a_thing_that_a_service_needs(office: Office) -> None:
    somebody = office.made("staff")["resource_id"]
    assert said(office.make("services", needs=[[somebody]])) == (404, "not_found")


def test_what_is_archived_cannot_be_tied_to_a_service(office: Office) -> None:
    room, wash, zoe = office.made("resources"), office.made("services", is_addon=True), office.made("staff")
    for path in (f"resources/{room['id']}", f"services/{wash['id']}", f"staff/{zoe['id']}"):
        assert office.delete(path).status_code == 204
    for wrong in ({"needs": [[room["id"]]]}, {"addon_ids": [wash["id"]]}, {"staff_ids": [zoe["id"]]}):
        assert said(office.make("services", **wrong)) == (404, "not_found")


def test_an_archived_service_vanishes_from_lists_but_stays_on_visits(office: Office) -> None:
    core = office.core
    visit = core.booked(START)
    path = f"services/{core.salon.service}"
    wash = office.made("services", name="Wash", is_addon=True)
    office.changed(path, addon_ids=[wash["id"]])
    office.delete(f"services/{wash['id']}")
    assert office.seen(path)["addon_ids"] == []
    for _ in range(2):
        assert office.delete(path).status_code == 204
    assert office.items("services") == []
    assert office.seen(path)["archived_at"] == "2027-03-01T14:00:00Z"
    assert office.seen(f"appointments/{visit['id']}")["service_name"] == visit["service_name"]
    assert said(core.book("2027-03-03T14:00:00Z")) == (404, "not_found")
    assert said(office.change(path, name="New")) == (404, "not_found")


def test_the_same_post_twice_is_one_service(office: Office) -> None:
    first, again = (office.make("services", key="same") for _ in range(2))
    assert first.json() == again.json()
    assert len(office.items("services")) == 2
    assert said(office.make("services", key="same", name="Other")) == (422, "idempotency_key_reused")


def test_a_refused_post_leaves_its_key_free(office: Office) -> None:
    assert said(office.make("services", key="k", staff_ids=[10**6])) == (404, "not_found")
    assert office.make("services", key="k").status_code == 201
