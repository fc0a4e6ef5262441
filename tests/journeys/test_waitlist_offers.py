"""A time that somebody gives up goes to those who wait for it, one after the other, through the real line."""

from __future__ import annotations

from datetime import timedelta

from tests.journeys.diary import TOMORROW, free_starts
from tests.journeys.house import MONDAY_MORNING, Customer, House


def books(house: House, name: str, wished: str) -> Customer:
    customer = house.customer("terminal", name)
    customer.says(wished)
    assert "Booked" in customer.says("yes")
    return customer


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
    passes_the_undo(house)


def passes_the_undo(house: House) -> None:
    house.does_what_is_due()
    house.clock.advance(minutes=5)
    house.does_what_is_due()


def test_no_passes_it_on_and_yes_books_it(house: House) -> None:
    """Given Otto's time, for which Rosa and Zoe wait."""
    wished = f"a trim with Ana tomorrow at {free_starts(house, 'Ana')[0]:%H:%M}"
    otto = books(house, "otto", wished)
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
    otto = books(house, "otto", wished)
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
    otto = books(house, "otto", f"a haircut with Ana on {first:%A} at {first:%H:%M}")
    rosa = books(house, "rosa", f"a haircut with Ana on {last:%A} at {last:%H:%M}")
    rosa.says("let me know if anything earlier opens up")
    rosa.taps("Yes, put me on it")
    gives_it_up(house, otto)

    offer = rosa.hears()
    assert f"{last:%H:%M} stays yours unless you say yes" in offer
    assert f"{first:%H:%M}" in rosa.says("oh great, yes please")
    (visit,) = house.visits("rosa")
    assert visit["start"] == first.isoformat().replace("+00:00", "Z")


def test_what_is_given_up_for_an_earlier_time_goes_to_the_next(house: House) -> None:
    """Given Otto's time on Friday, Rosa on Saturday who would come earlier, and Zoe who waits for just Rosa's time."""
    first = free_starts(house, "Ana", TOMORROW + timedelta(days=3))[0]
    last = free_starts(house, "Ana", TOMORROW + timedelta(days=4))[-1]
    otto = books(house, "otto", f"a haircut with Ana on {first:%A} at {first:%H:%M}")
    rosa = books(house, "rosa", f"a haircut with Ana on {last:%A} at {last:%H:%M}")
    rosa.says("let me know if anything earlier opens up")
    rosa.taps("Yes, put me on it")
    zoe = waits(house, "zoe", f"a haircut with Ana on {last:%A} at {last:%H:%M}")
    gives_it_up(house, otto)

    assert "is free earlier" in rosa.hears()
    assert f"{first:%H:%M}" in rosa.says("yes please, the earlier one")
    passes_the_undo(house)
    assert f"{last:%H:%M} is free now" in zoe.hears()
    assert "Booked" in zoe.says("perfect, I'll take it")
    starts = [[visit["start"][:16] for visit in house.visits(name)] for name in ("otto", "rosa", "zoe")]
    assert starts == [[], [f"{first:%Y-%m-%dT%H:%M}"], [f"{last:%Y-%m-%dT%H:%M}"]]


def test_nobody_is_asked_in_the_night_and_nobody_loses_a_time_in_their_sleep(house: House) -> None:
    start = free_starts(house, "Ana", TOMORROW + timedelta(days=2))[0]
    wished = f"a trim with Ana on {start:%A} at {start:%H:%M}"
    otto = books(house, "otto", wished)
    rosa, zoe = waits(house, "rosa", wished), waits(house, "zoe", wished)
    house.clock.set(MONDAY_MORNING.replace(hour=22))
    gives_it_up(house, otto)

    assert "is kept until" in house.desk()
    assert "free now" not in rosa.says("what are your opening hours?")
    house.clock.set(TOMORROW.replace(hour=8))
    house.does_what_is_due()
    assert "I'm keeping it for you until 08:30" in rosa.hears()
    house.clock.advance(minutes=31)
    house.does_what_is_due()
    assert "until 09:01" in zoe.hears()
    assert "Booked" in zoe.says("yes please")


def test_of_two_who_say_yes_at_once_one_has_it_and_the_other_hears_why_not(house: House) -> None:
    """Given a time that was kept for Rosa until a moment ago and is now kept for Zoe."""
    wished = f"a trim with Ana tomorrow at {free_starts(house, 'Ana')[0]:%H:%M}"
    otto = books(house, "otto", wished)
    rosa, zoe = waits(house, "rosa", wished), waits(house, "zoe", wished)
    gives_it_up(house, otto)
    rosa.hears()
    house.clock.advance(minutes=31)
    house.does_what_is_due()
    zoe.hears()

    rosa.sends("yes I want it")
    zoe.sends("yes I want it")
    assert "only until" in rosa.hears()
    assert "Booked" in zoe.hears()
    assert [len(house.visits(name)) for name in ("otto", "rosa", "zoe")] == [0, 0, 1]


def test_in_spanish(house: House) -> None:
    wished = f"a trim with Ana tomorrow at {free_starts(house, 'Ana')[0]:%H:%M}"
    otto, rosa = books(house, "otto", wished), house.customer("terminal", "rosa")
    rosa.says("hola, ¿hablan español?")
    rosa.says(wished.replace("a trim with Ana tomorrow at", "un corte con Ana mañana a las"))
    rosa.taps("Lista de espera")
    rosa.says("sí, por favor")
    gives_it_up(house, otto)
    assert "ha quedado libre. Se lo guardo hasta las" in rosa.hears()
    assert "Sigue en la lista de espera" in rosa.says("no, gracias")
