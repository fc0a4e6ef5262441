"""A low score reaches the team in their chat, their reply the customer, and it ends with whether it was put right."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.telegram_people import Person
from tests.journeys.staff_house import StaffHouse, open_staff_house
from tests.scheduler_core.appointments.steps import take, well

SORRY = "I'm so sorry, come in tomorrow and I'll fix it"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[StaffHouse]:
    with open_staff_house(tmp_path) as ours:
        ours.customers_are_heard(
            hello="greet", the_fringe_is_crooked="complaint", nobody_called="complaint", yes_it_has="affirm"
        )
        ours.links(role="owner")
        yield ours


@pytest.fixture
def nora(house: StaffHouse) -> Person:
    """She has had a haircut, gives it a two, says why and is replied to."""
    nora = Person(house.twin, "Nora Lopez")
    house.says("hello", nora)
    _has_had_a_haircut(house)
    assert "from 1 (poor) to 5 (great)?" in house.goes_on(nora)[-1]
    assert "What went wrong?" in house.taps("2", nora)[-1]
    assert "The team will reply to you here by" in house.says("the fringe is crooked", nora)[-1]
    house.core.clock.move(minutes=10)
    (told,) = (each for each in house.goes_on() if "gave 2 of 5" in each)
    assert "“the fringe is crooked” Please reply by" in told
    house.taps("Reply")
    assert house.says(SORRY) == ["Sent to Nora Lopez."]
    assert house.goes_on(nora) == [SORRY]
    house.says("hand back")
    house.core.clock.move(days=4)
    assert "Has it been put right?" in house.goes_on(nora)[-1]
    house.goes_on()
    return nora


def test_what_was_put_right_is_closed(house: StaffHouse, nora: Person) -> None:
    assert "I'm glad" in house.says("yes it has", nora)[-1]
    assert house.goes_on() == []
    assert _states(house) == ["put_right"]


def test_what_was_not_goes_back_to_the_team_with_their_words(house: StaffHouse, nora: Person) -> None:
    assert "I've told the team again" in house.says("nobody called", nora)[-1]
    (told,) = house.goes_on()
    assert told.startswith("Nora Lopez says it has not been put right")
    assert told.endswith("They wrote: nobody called")
    assert _states(house) == ["not_put_right"]


def _has_had_a_haircut(house: StaffHouse) -> None:
    person = house.core.ask("GET", "customers?name=Nora").json()["items"][0]["id"]
    start = house.core.clock() + timedelta(hours=1)
    visit = house.booked(f"{start:%H:%M}", customer_id=person)
    house.core.clock.move(hours=1)
    well(take(house.core, well(take(house.core, visit, "start")), "finish"))
    house.goes_on()
    house.core.clock.move(hours=4)


def _states(house: StaffHouse) -> list[str]:
    return [each["state"] for each in house.core.ask("GET", "feedback").json()["items"]]
