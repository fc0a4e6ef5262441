"""A time that somebody gives up goes to those who wait for it, one after the other, through the real line."""

from __future__ import annotations

from datetime import timedelta

from tests.journeys.diary import TOMORROW, free_starts
from tests.journeys.house import Customer, House


def waits(house: House, name: str, wished: str) -> Customer:
    """Who finds the time taken and is put on the waitlist."""
    customer = house.customer("terminal", name)
    assert "taken" in customer.says(wished)
    customer.taps("Put me on the waitlist")
    assert "I'll write to you" in customer.says("yes please")
    return customer


def gives_it_up(house: House, customer: Customer) -> None:
    """And does not think again in the five minutes they have for that."""
    customer.says("cancel my appointment")
    customer.says("yes")
    house.does_what_is_due()
    house.clock.advance(minutes=5)
    house.does_what_is_due()


def test_no_passes_it_on_and_yes_books_it(house: House) -> None:
    """Given Otto's time, for which Rosa and Zoe wait."""
    wished = f"a trim with Ana tomorrow at {free_starts(house, 'Ana')[0]:%H:%M}"
    otto = house.customer("terminal", "otto")
    otto.says(wished)
    otto.says("yes")
    rosa, zoe = waits(house, "rosa", wished), waits(house, "zoe", wished)
    gives_it_up(house, otto)

    offer = rosa.hears()
    assert "is free now" in offer
    assert offer.choices == ("Yes, please", "No, thanks", "Stop waiting")
    assert "is kept until" in house.desk()
    assert "still on the waitlist" in rosa.says("no thanks, not that one")
    house.does_what_is_due()
    assert "is free now" in zoe.hears()
    assert "Booked" in zoe.says("yes I'll take it")
    assert [len(house.visits(name)) for name in ("otto", "rosa", "zoe")] == [0, 0, 1]


def test_silence_passes_it_on_and_a_late_yes_hears_the_truth(house: House) -> None:
    wished = f"a trim with Ana tomorrow at {free_starts(house, 'Ana')[0]:%H:%M}"
    otto = house.customer("terminal", "otto")
    otto.says(wished)
    otto.says("yes")
    rosa, tom = waits(house, "rosa", wished), waits(house, "tom", wished)
    gives_it_up(house, otto)
    rosa.hears()

    house.clock.advance(minutes=31)
    house.does_what_is_due()
    assert "is free now" in tom.hears()
    late = rosa.says("yes please")
    assert "only until" in late
    assert "still on the waitlist" in late
    assert "Booked" in tom.taps("Yes, please")


def test_who_may_come_earlier_moves_in_one_step(house: House) -> None:
    """Given Otto's time on Friday, and Rosa's on Saturday for which an earlier one would do."""
    first = free_starts(house, "Ana", TOMORROW + timedelta(days=3))[0]
    last = free_starts(house, "Ana", TOMORROW + timedelta(days=4))[-1]
    otto, rosa = house.customer("terminal", "otto"), house.customer("terminal", "rosa")
    for person, start in ((otto, first), (rosa, last)):
        person.says(f"a haircut with Ana on {start:%A} at {start:%H:%M}")
        person.says("yes")
    rosa.says("let me know if anything earlier opens up")
    rosa.taps("Yes, put me on it")
    gives_it_up(house, otto)

    offer = rosa.hears()
    assert f"{last:%H:%M} stays yours unless you say yes" in offer
    assert f"{first:%H:%M}" in rosa.says("oh great, yes please")
    (visit,) = house.visits("rosa")
    assert visit["start"] == first.isoformat().replace("+00:00", "Z")


def test_in_spanish(house: House) -> None:
    wished = f"a trim with Ana tomorrow at {free_starts(house, 'Ana')[0]:%H:%M}"
    otto, rosa = house.customer("terminal", "otto"), house.customer("terminal", "rosa")
    otto.says(wished)
    otto.says("yes")
    rosa.says("hola, ¿hablan español?")
    rosa.says(wished.replace("a trim with Ana tomorrow at", "un corte con Ana mañana a las"))
    rosa.taps("Lista de espera")
    rosa.says("sí, por favor")
    gives_it_up(house, otto)
    assert "ha quedado libre. Se lo guardo hasta las" in rosa.hears()
    assert "Sigue en la lista de espera" in rosa.says("no, gracias")
