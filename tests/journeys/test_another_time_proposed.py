"""The team proposes another time from their chat; the visit moves when its customer says yes, and only then."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.telegram_people import Person
from tests.journeys.staff_house import StaffHouse, open_staff_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[StaffHouse]:
    with open_staff_house(tmp_path) as ours:
        ours.customers_are_heard(hello="greet", yes="affirm", no="deny")
        ours.links()
        yield ours


@pytest.fixture
def nora(house: StaffHouse) -> Person:
    nora = Person(house.twin, "Nora Lopez")
    house.says("hello", nora)
    return nora


def booked(house: StaffHouse, start: str = "2027-03-02T20:00:00Z") -> Any:
    """Nora's visit with Ana, tomorrow at 3 in the afternoon."""
    (nora,) = house.core.ask("GET", "customers?name=Nora").json()["items"]
    visit = house.core.booked(start, customer_id=nora["id"])
    house.goes_on()
    return visit


def stands(house: StaffHouse, visit: Any) -> tuple[str, str]:
    shown = house.core.ask("GET", f"appointments/{visit['id']}").json()
    return shown["start"], shown["status"]


def test_a_proposal_is_asked_about_and_taken(house: StaffHouse, nora: Person) -> None:
    visit = booked(house)
    assert house.says("Nora at 4pm instead") == [
        "Proposed to Nora Lopez: Tuesday 2 March at 4:00\u202fPM instead of Tuesday 2 March at 3:00\u202fPM. "
        "The visit stays as it is until they say yes; I'll tell you."
    ]
    (asked,) = house.goes_on(nora)
    assert asked.endswith(
        "Tuesday 2 March at 4:00\u202fPM instead of Tuesday 2 March at 3:00\u202fPM. Does that suit you?"
    )
    assert stands(house, visit) == ("2027-03-02T20:00:00Z", "booked")
    label = nora.sees()[-1].labels[0]
    assert house.taps(label, nora)[-1].startswith(
        "Done: your Haircut with Ana is now on Tuesday 2 March at 4:00"
    )
    assert stands(house, visit) == ("2027-03-02T21:00:00Z", "booked")
    (told,) = house.goes_on()
    assert told.startswith("Accepted: Nora Lopez takes your time, Haircut with Ana, Tue 2 Mar, 16:00")


def test_a_request_is_answered_with_another_time_which_needs_no_other_yes(
    house: StaffHouse, nora: Person
) -> None:
    house.core.ask("PATCH", f"services/{house.core.salon.service}", {"policy": {"approval_needed": True}})
    visit = booked(house)
    assert house.ana.sees()[-1].labels == ["Accept", "Decline", "Another time"]
    assert house.taps("Another time")[-1].startswith("Which time shall I propose to Nora Lopez")
    offered = house.ana.sees()[-1].labels
    assert house.taps(offered[0])[-1].startswith("Proposed to Nora Lopez:")
    house.goes_on(nora)
    assert house.says("yes", nora)[-1].startswith("Done: your Haircut with Ana is now on")
    start, status = stands(house, visit)
    assert (start != "2027-03-02T20:00:00Z", status) == (True, "booked")


def test_who_would_rather_keep_their_time_keeps_it_and_the_team_hears_it(
    house: StaffHouse, nora: Person
) -> None:
    visit = booked(house)
    house.says("propose 4pm tomorrow")
    house.goes_on(nora)
    assert house.says("no", nora)[-1].startswith("All right, I've told them: your Haircut with Ana stays on")
    assert stands(house, visit) == ("2027-03-02T20:00:00Z", "booked")
    assert house.goes_on() == [
        "Nora Lopez would rather keep the time they had: Haircut with Ana, Tue 2 Mar, 15:00."
    ]


def test_a_proposal_that_has_gone_stale_never_acts(house: StaffHouse, nora: Person) -> None:
    visit = booked(house)
    house.says("propose 4pm tomorrow")
    house.goes_on(nora)
    asked = nora.sees()[-1]
    house.core.move(visit, "2027-03-03T15:00:00Z")
    house.goes_on(nora)
    nora.taps(asked.labels[0], asked)
    house.goes_on(nora)
    assert stands(house, visit) == ("2027-03-03T15:00:00Z", "booked")


def test_a_time_that_was_taken_meanwhile_is_not_booked_twice(house: StaffHouse, nora: Person) -> None:
    visit = booked(house)
    house.says("propose 4pm tomorrow")
    house.goes_on(nora)
    house.core.booked("2027-03-02T21:00:00Z")
    label = nora.sees()[-1].labels[0]
    assert house.taps(label, nora)[-1].startswith("I'm sorry, that time isn't on offer any more.")
    assert stands(house, visit) == ("2027-03-02T20:00:00Z", "booked")


def test_the_newest_proposal_holds(house: StaffHouse, nora: Person) -> None:
    visit = booked(house)
    house.says("propose 4pm tomorrow")
    house.goes_on(nora)
    older = nora.sees()[-1]
    house.says("propose 10am tomorrow")
    house.goes_on(nora)
    nora.taps(older.labels[0], older)
    assert house.goes_on(nora)[-1].startswith("I'm sorry, that time isn't on offer any more.")
    assert stands(house, visit)[0] == "2027-03-02T20:00:00Z"


def test_a_time_that_cannot_be_had_is_not_proposed(house: StaffHouse, nora: Person) -> None:
    booked(house)
    house.core.booked("2027-03-02T21:00:00Z")
    said = house.says("Nora at 4pm instead")[-1]
    assert said.startswith("That time can't be had for Nora Lopez, so I've proposed nothing.")
    assert house.goes_on(nora) == []


def test_nobody_who_wants_no_messages_is_asked(house: StaffHouse, nora: Person) -> None:
    booked(house)
    house.says("stop", nora)
    assert house.says("propose 4pm tomorrow") == [
        "Nora Lopez wants no messages from us, so I've proposed nothing."
    ]


def test_who_speaks_spanish_is_asked_in_spanish(house: StaffHouse, nora: Person) -> None:
    booked(house)
    (known,) = house.core.ask("GET", "customers?name=Nora").json()["items"]
    house.core.ask("PATCH", f"customers/{known['id']}", {"language": "es"})
    house.says("propose 4pm tomorrow")
    assert "le propone otra hora" in house.goes_on(nora)[0]
    assert nora.sees()[-1].labels[1:] == ["Dejarla como está", "Otra hora"]
