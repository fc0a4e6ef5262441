"""A visit whose services different people do is offered, held, booked and moved like any other."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.builders.business import said
from tests.builders.core import Core
from tests.builders.parts import WEEKDAYS, a_person, a_service, an_addon
from tests.scheduler_core.availability.times import (
    ELEVEN,
    TEN,
    WEDNESDAY_TEN,
    people_of,
    slots_at,
)

Wish = dict[str, Any]


def a_visit_of(core: Core, *people: list[int]) -> Wish:
    """One service after the other, each an hour long, with who does it."""
    first, *rest = core.write(
        lambda session: [a_service(session, core.salon.id, by=by, name="Part") for by in people]
    )
    return {"service_id": first, "also": rest, "staff_id": None}


@pytest.fixture
def colour_and_cut(core: Core) -> Wish:
    """Ben colours, then Ana cuts."""
    return a_visit_of(core, [core.salon.ben], [core.salon.ana])


def test_what_is_listed_can_be_held_and_the_hold_booked(core: Core, colour_and_cut: Wish) -> None:
    (slot,) = slots_at(core, TEN, **colour_and_cut)
    named = {**colour_and_cut, "staff_id": slot["staff_id"]}
    held = core.hold(TEN, **named)
    assert held.status_code == 201, held.text
    visit = core.booked(TEN, **named, hold_id=held.json()["id"])
    assert people_of(visit) == [core.salon.ben, core.salon.ana]


def test_what_a_search_finds_can_be_booked(core: Core, colour_and_cut: Wish) -> None:
    found = core.search(service_id=colour_and_cut["service_id"], also=colour_and_cut["also"])["slots"]
    assert {slot["staff_id"] for slot in found} == {core.salon.ben}
    for slot in found:
        core.booked(slot["start"], **{**colour_and_cut, "staff_id": slot["staff_id"]})


def test_each_of_them_is_busy_only_for_their_own_part(core: Core, colour_and_cut: Wish) -> None:
    core.booked(TEN, **colour_and_cut)
    ana, ben = core.salon.ana, core.salon.ben
    answers = {(who, when): core.book(when, staff_id=who) for who in (ana, ben) for when in (TEN, ELEVEN)}
    assert {key: answer.status_code for key, answer in answers.items()} == {
        (ben, TEN): 409,
        (ben, ELEVEN): 201,
        (ana, TEN): 201,
        (ana, ELEVEN): 409,
    }


def test_all_of_them_must_be_free_for_their_part(core: Core, colour_and_cut: Wish) -> None:
    core.booked(ELEVEN, staff_id=core.salon.ana)
    assert slots_at(core, TEN, **colour_and_cut) == []
    assert said(core.book(TEN, **colour_and_cut)) == (409, "slot_taken")
    assert slots_at(core, ELEVEN, **colour_and_cut)


@pytest.mark.parametrize("names_the_first", [False, True])
def test_it_moves_with_all_of_its_people(core: Core, colour_and_cut: Wish, names_the_first: bool) -> None:
    visit = core.booked(TEN, **colour_and_cut)
    named = visit["staff_id"] if names_the_first else None
    moved = core.move(visit, WEDNESDAY_TEN, staff_id=named, location_id=None)
    assert moved.status_code == 200, moved.text
    assert people_of(moved.json()) == people_of(visit)
    assert core.book(TEN, staff_id=core.salon.ben).status_code == 201


def test_it_moves_into_a_part_of_its_own_time(core: Core, colour_and_cut: Wish) -> None:
    visit = core.booked(TEN, **colour_and_cut)
    assert said(core.move(visit, ELEVEN, staff_id=None)) == (200, "")


def test_who_is_named_begins_and_whoever_can_goes_on(core: Core) -> None:
    salon = core.salon
    cem = core.write(lambda session: a_person(session, salon.id, "Cem", {salon.location: WEEKDAYS}))
    wish = a_visit_of(core, [salon.ben, cem], [salon.ana])
    visit = core.booked(TEN, **{**wish, "staff_id": cem})
    assert people_of(visit) == [cem, salon.ana]


def test_who_is_named_for_the_first_part_need_not_do_the_rest(core: Core) -> None:
    """Ana does both, so she alone is asked for when nobody is named; Ben only begins."""
    ana, ben = core.salon.ana, core.salon.ben
    wish = a_visit_of(core, [ana, ben], [ana])
    assert people_of(core.booked(TEN, **wish)) == [ana, ana]
    with_ben = core.booked(WEDNESDAY_TEN, **{**wish, "staff_id": ben})
    assert people_of(with_ben) == [ben, ana]
    moved = core.move(with_ben, "2027-03-04T15:00:00Z", staff_id=None)
    assert people_of(moved.json()) == [ben, ana]


def test_who_does_not_do_the_first_part_cannot_be_named_for_it(core: Core, colour_and_cut: Wish) -> None:
    answer = core.book(TEN, **{**colour_and_cut, "staff_id": core.salon.ana})
    assert said(answer) == (422, "not_offered")


def test_an_add_on_that_names_nobody_is_done_by_whoever_does_the_service_it_goes_with(core: Core) -> None:
    """Kim, who does no service at all, would have the fewest visits."""
    salon = core.salon

    def build(session: Session) -> tuple[int, int, int]:
        a_person(session, salon.id, "Kim", {salon.location: WEEKDAYS})
        colour, cut = (a_service(session, salon.id, by=[who]) for who in (salon.ben, salon.ana))
        return colour, cut, an_addon(session, salon.id, cut, duration_minutes=30)

    colour, cut, wash = core.write(build)
    visit = core.booked(TEN, service_id=colour, also=[cut, wash], staff_id=None)
    assert people_of(visit) == [salon.ben, salon.ana, salon.ana]
