"""Rules that the business sets, as a customer meets them: approval, limits, and visits of one's own."""

from __future__ import annotations

import pytest

from tests.journeys.diary import free_starts
from tests.journeys.house import Customer, House


@pytest.fixture
def maria(house: House) -> Customer:
    """A regular who has a haircut with Ana tomorrow."""
    maria = house.customer("terminal", "maria")
    maria.says(f"a haircut with Ana tomorrow at {free_starts(house, 'Ana')[0]:%H:%M}")
    assert "Booked" in maria.says("yes")
    return maria


def _policy(house: House, **rules: object) -> None:
    house.ask_core("PATCH", "", {"policy": rules})


def test_where_approval_is_needed_a_booking_is_a_request(house: House) -> None:
    _policy(house, approval_needed=True)
    maria = house.customer("terminal", "maria")
    asked = maria.says(f"a haircut with Ana tomorrow at {free_starts(house, 'Ana')[0]:%H:%M}")
    assert "Linden Hair confirms these visits. Shall I ask for it?" in asked
    answer = maria.says("yes please")
    assert "It's a request for now, Maria, and not booked yet – Linden Hair will confirm it." in answer
    assert "Booked" not in answer
    assert answer.links == {}
    assert "requested, not confirmed yet" in maria.says("what appointments do I have?")
    assert "To confirm: Maria" in house.desk()


def test_a_time_over_ones_own_visit_is_refused_by_its_name(house: House, maria: Customer) -> None:
    (own,) = house.visits("maria")
    answer = maria.says(f"a beard trim with Ben tomorrow at {own['start'][11:16]}")
    assert f"overlap with your Haircut on Tuesday 17 November at {own['start'][11:16]}" in answer
    assert len(answer.choices) == 4


def test_who_has_as_many_visits_as_allowed_hears_so_at_once(house: House, maria: Customer) -> None:
    _policy(house, max_upcoming_per_customer=1)
    answer = maria.says("I'd like to book a beard trim")
    assert "as many visits coming up as we book ahead for one person" in answer
    assert "Haircut with Ana" in answer


def test_a_second_visit_on_a_day_for_one_goes_to_other_days(house: House, maria: Customer) -> None:
    _policy(house, max_per_customer_per_day=1)
    answer = maria.says("a beard trim with Ben tomorrow at 4pm")
    assert "as many visits on Tuesday 17 November as we book for one person in a day" in answer
    assert not any("17 Nov" in label for label in answer.choices)


def test_a_day_with_enough_bookings_takes_no_more(house: House, maria: Customer) -> None:
    _policy(house, max_per_day=1)
    tom = house.customer("terminal", "tom")
    assert "no more bookings for Haircut on Tuesday 17 November" in tom.says("a haircut tomorrow")


def test_a_visit_that_may_be_moved_once_is_moved_once(house: House) -> None:
    _policy(house, max_reschedules=1)
    maria = house.customer("terminal", "maria")
    maria.says(f"a haircut with Ana tomorrow at {free_starts(house, 'Ana')[0]:%H:%M}")
    maria.says("yes")
    maria.says("can I move my appointment to Thursday?")
    assert "This visit can be moved only once more." in maria.says("the first one")
    assert "Moved" in maria.says("yes please")
    assert "can't be moved again" in maria.says("can I move my appointment to Friday?")


def test_a_rule_that_comes_while_somebody_decides_is_said(house: House) -> None:
    maria = house.customer("terminal", "maria")
    maria.says(f"a haircut with Ana tomorrow at {free_starts(house, 'Ana')[0]:%H:%M}")
    _policy(house, min_notice_minutes=3 * 24 * 60)
    answer = maria.says("yes")
    assert "too short notice: Haircut can be booked from Thursday 19 November" in answer
    assert "The nearest free times:" in answer
    assert house.visits("maria") == []
