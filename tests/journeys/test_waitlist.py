"""Waiting for a time that somebody else has, through the trained model."""

from __future__ import annotations

from datetime import timedelta

from tests.journeys.diary import TOMORROW, free_starts
from tests.journeys.house import House


def test_who_finds_a_time_taken_can_wait_for_it_and_wait_no_longer(house: House) -> None:
    """Given a time of Ana's that Otto has just booked."""
    wished = f"a trim with Ana tomorrow at {free_starts(house, 'Ana')[0]:%H:%M}"
    otto, rosa = house.customer("terminal", "otto"), house.customer("terminal", "rosa")
    otto.says(wished)
    otto.says("yes")

    assert "taken" in rosa.says(wished)
    assert "not a booking" in rosa.taps("Put me on the waitlist")
    assert "on the waitlist" in rosa.says("yes please")
    assert "1 waiting" in house.desk()
    assert "On the waitlist, not booked" in rosa.says("what appointments do I have?")
    assert "off the waitlist" in rosa.says("please take me off the waitlist")
    assert "1 waiting" not in house.desk()


def test_waiting_for_something_earlier_is_said_in_words_and_keeps_the_visit(house: House) -> None:
    rosa = house.customer("terminal", "rosa")
    friday = free_starts(house, "Ana", TOMORROW + timedelta(days=3))[-1]
    rosa.says(f"a haircut with Ana on Friday at {friday:%H:%M}")
    rosa.says("yes")
    assert "stays as it is" in rosa.says("let me know if anything earlier opens up")
    rosa.taps("Yes, put me on it")
    assert len(house.visits("rosa")) == 1
    assert f"instead of Fri 20 Nov, {friday:%H:%M}" in house.desk()
