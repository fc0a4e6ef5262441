"""Booking, from the first word to the calendar entry, through the trained model."""

from __future__ import annotations

from icalendar import Calendar

from tests.journeys.diary import free_starts
from tests.journeys.house import House


def test_a_known_customer_books_a_full_request_in_two_turns(house: House) -> None:
    """Given a regular and a free time of Ana's."""
    wished = free_starts(house, "Ana")[0]
    maria = house.customer("terminal", "maria")

    summary = maria.says(f"a trim with Ana tomorrow at {wished:%H:%M}")
    for part in ("Haircut", "Ana", f"Tuesday 17 November at {wished:%H:%M}", "High Street", "£42"):
        assert part in summary
    assert house.visits("maria") == []

    confirmed = maria.says("yes please")
    assert "Booked" in confirmed
    assert [visit["staff_name"] for visit in house.visits("maria")] == ["Ana"]
    assert "New: Maria" in house.desk()


def test_the_confirmation_carries_a_calendar_entry(house: House) -> None:
    sam = house.customer("web")
    sam.says("I need a haircut")
    sam.taps(sam.last.choices[0])
    sam.says("Sam Field")
    booked = sam.taps("Yes, book it")

    calendar = Calendar.from_ical(house.fetch(booked.links["Add to calendar"]).text)
    (event,) = calendar.events
    assert "Haircut" in str(event["SUMMARY"])
    assert f"{event.start:%H:%M}" in booked


def test_a_vague_wish_gets_three_concrete_times_in_the_first_answer(house: House) -> None:
    offer = house.customer("web").says("I need a haircut")
    assert len([label for label in offer.choices if " Nov, " in label]) == 3


def test_a_newcomer_on_the_page_books_with_taps_and_a_name(house: House) -> None:
    anyone = house.customer("web")
    anyone.says("hi")
    anyone.taps("Book a visit")
    anyone.taps("Beard trim")
    assert "name" in anyone.taps(anyone.last.choices[1])
    assert "for Peter Smith" in anyone.says("peter smith")
    assert "Booked" in anyone.says("yep")


def test_an_offered_time_is_taken_by_digit_or_by_words(house: House) -> None:
    tom = house.customer("terminal", "tom")
    second = tom.says("I'd like a haircut this week").choices[1].split(" · ")[0].split(", ")[1]
    assert f"at {second}" in tom.says("2")
    assert "What shall I change?" in tom.says("no")
    third = tom.taps("Another time").choices[2].split(" · ")[0].split(", ")[1]
    assert f"at {third}" in tom.says("the third one please")


def test_a_correction_keeps_the_rest(house: House) -> None:
    maria = house.customer("terminal", "maria")
    maria.says("a haircut with Chloe on Thursday morning")
    answer = maria.says("no, Friday")
    assert "Chloe" in " ".join([answer.text, *answer.choices])
    assert all("Fri 20 Nov" in label for label in answer.choices[:1])


def test_two_who_want_the_same_time_get_one_booking_and_one_apology(house: House) -> None:
    wished = free_starts(house, "Ana")[0]
    maria, tom = house.customer("terminal", "maria"), house.customer("terminal", "tom")
    wish = f"a haircut with Ana tomorrow at {wished:%H:%M}"
    assert "Shall I book it" in maria.says(wish)
    refused = tom.says(wish)
    assert "taken" in refused
    assert len(refused.choices) >= 3
    assert "Booked" in maria.says("yes")
