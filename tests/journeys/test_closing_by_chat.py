"""Who leads the house closes it from their chat: asked first; then whoever has a visit is told, and answers come in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.telegram_people import Person
from tests.journeys.staff_house import StaffHouse, open_staff_house

FRIDAY = "2027-03-05T00:00:00Z", "2027-03-06T00:00:00Z"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[StaffHouse]:
    with open_staff_house(tmp_path) as ours:
        ours.customers_are_heard(hello="greet")
        ours.links(role="owner")
        yield ours


def coming(house: StaffHouse, name: str, clock: str) -> Person:
    """Somebody with a haircut on Friday, at a time in UTC."""
    person = Person(house.twin, name)
    house.says("hello", person)
    (found,) = house.core.ask("GET", f"customers?name={name.split()[0]}").json()["items"]
    house.core.booked(f"2027-03-05T{clock}:00Z", customer_id=found["id"])
    house.goes_on()
    return person


def test_a_day_is_closed_after_a_yes_and_each_customer_is_told(house: StaffHouse) -> None:
    rosa, otto = coming(house, "Rosa Paz", "14:00"), coming(house, "Otto Weiss", "15:00")
    assert house.says("we're closed on Friday")[-1].splitlines() == [
        "Friday 5 March: 2 visits are booked then.",
        "9:00\u202fAM Haircut, Rosa Paz",
        "10:00\u202fAM Haircut, Otto Weiss",
        "Shall I close, tell the customers and offer other times?",
    ]
    assert house.core.listed(*FRIDAY) != []
    (done,) = house.taps("Close and tell them")
    assert done.startswith("Closed: Friday 5 March. Nobody can book then.\nI'm writing to 2 customers now")
    assert house.core.listed(*FRIDAY) == []
    assert "we are closed on Friday 5 March" in house.goes_on(rosa)[-1]
    assert "we are closed on Friday 5 March" in house.goes_on(otto)[-1]
    (visit,) = house.core.ask("GET", "appointments").json()["items"][:1]
    house.core.cancel(visit)
    assert house.says("how is it going?")[-1].splitlines() == [
        "2 customers: 1 has cancelled, 1 has not answered.",
        "Otto Weiss, 10:00\u202fAM: no answer yet",
    ]


def test_a_tap_too_many_closes_once_and_undoing_it_brings_the_visits_back(house: StaffHouse) -> None:
    rosa = coming(house, "Rosa Paz", "14:00")
    free = house.core.listed(*FRIDAY)
    house.says("close on friday please")
    house.taps("Close and tell them")
    assert "Would one of these times suit you" in house.goes_on(rosa)[-1]
    assert house.taps("Undo")[-1].startswith("Undone: that time can be booked again")
    assert "takes place after all" in house.goes_on(rosa)[-1]
    assert house.core.listed(*FRIDAY) == free


def test_a_part_of_a_day_without_visits_only_needs_a_yes(house: StaffHouse) -> None:
    assert house.says("close tomorrow afternoon") == [
        "Tuesday 2 March, 12:00\u202fPM – 5:00\u202fPM: nobody has a visit then. Shall I close?"
    ]
    assert house.taps("No, stay open") == ["All right, nothing changes."]
    house.says("we close at 3pm tomorrow")
    assert house.taps("Close") == ["Closed: Tuesday 2 March from 3:00\u202fPM on. Nobody can book then."]
    assert house.core.listed("2027-03-02T19:00:00Z", "2027-03-03T00:00:00Z") == ["2027-03-02T19:00:00Z"]


def test_who_rather_tells_them_later_says_so_then(house: StaffHouse) -> None:
    rosa = coming(house, "Rosa Paz", "14:00")
    house.says("we're closed on Friday")
    assert house.taps("Close, tell nobody") == ["Closed: Friday 5 March. Nobody can book then."]
    assert house.goes_on(rosa) == []
    assert house.says("tell them")[-1].startswith("I'm writing to 1 customer now")
    assert "we are closed on Friday" in house.goes_on(rosa)[-1]


def test_who_does_not_say_which_day_is_asked(house: StaffHouse) -> None:
    asks = "When are you closed? For example “closed on Friday” or “close tomorrow afternoon”."
    assert [house.says(said)[-1] for said in ("we're closed", "closed on Fridays")] == [asks, asks]


def test_a_receptionist_does_not_close_the_house(house: StaffHouse) -> None:
    ben = house.ben_links(role="receptionist")
    assert house.says("we're closed on Friday", ben)[-1] == (
        "Closing is for an owner or a manager, in a chat of that role."
    )


def test_the_same_in_spanish(house: StaffHouse) -> None:
    house.core.ask("PATCH", f"/v1/businesses/{house.core.salon.id}", {"locale": "es-US"})
    for said, when in (
        ("cerramos el viernes", "Viernes 5 de marzo"),
        ("mañana por la tarde no abrimos", "Martes 2 de marzo, 12:00\u202fp.m. – 8:00\u202fp.m."),
        ("el viernes cerramos a las 14:00", "Viernes 5 de marzo desde las 2:00\u202fp.m."),
    ):
        assert house.says(said) == [f"{when}: nadie tiene cita entonces. ¿Cierro?"]
