"""A visit that was agreed can be moved as it was agreed, whatever has become of its service since."""

from typing import Any

import pytest

from tests.builders.business import said
from tests.builders.core import Core
from tests.builders.parts import a_service, an_addon
from tests.scheduler_core.availability.times import NOON, TEN, WEDNESDAY_TEN


def changed(core: Core, service: int, **fields: Any) -> None:
    assert core.ask("PATCH", f"services/{service}", fields).status_code == 200


def archived(core: Core, service: int) -> None:
    assert core.ask("DELETE", f"services/{service}").status_code in (200, 204)


def test_a_service_that_is_no_longer_offered_moves_but_is_not_booked_anew(core: Core) -> None:
    visit = core.booked(TEN)
    archived(core, core.salon.service)
    moved = core.move(visit, WEDNESDAY_TEN)
    assert said(moved) == (200, "")
    assert said(core.book(TEN)) == (404, "not_found")


@pytest.mark.parametrize("minutes", [30, 120])
def test_a_visit_keeps_its_length_and_price_when_it_moves(core: Core, minutes: int) -> None:
    visit = core.booked(TEN)
    changed(core, core.salon.service, duration_minutes=minutes, price_minor=9900)
    moved = core.move(visit, WEDNESDAY_TEN).json()
    assert (moved["end"], moved["price_minor"]) == ("2027-03-03T16:00:00Z", visit["price_minor"])
    assert [item["end"] for item in moved["items"]] == [moved["end"]]
    assert said(core.book("2027-03-03T16:00:00Z")) == (201, "")


def test_a_visit_of_several_services_moves_though_one_of_them_is_gone(core: Core) -> None:
    salon = core.salon
    wash = core.write(lambda session: an_addon(session, salon.id, salon.service, duration_minutes=30))
    visit = core.booked(TEN, also=[wash])
    changed(core, salon.service, addon_ids=[])
    archived(core, wash)
    moved = core.move(visit, WEDNESDAY_TEN).json()
    assert [item["service_id"] for item in moved["items"]] == [salon.service, wash]
    assert moved["end"] == "2027-03-03T16:30:00Z"


def test_a_visit_moves_into_a_part_of_its_own_time_at_the_length_agreed(core: Core) -> None:
    long = core.write(lambda s: a_service(s, core.salon.id, by=[core.salon.ana], duration_minutes=120))
    visit = core.booked(TEN, service_id=long)
    changed(core, long, duration_minutes=180)
    moved = core.move(visit, "2027-03-02T16:00:00Z")
    assert (said(moved), moved.json()["end"]) == ((200, ""), "2027-03-02T18:00:00Z")
    assert said(core.book(NOON)) == (409, "slot_taken")
    assert said(core.book(TEN)) == (201, "")
