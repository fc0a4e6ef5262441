"""Moving and cancelling a visit, and knowing what one has."""

from __future__ import annotations

import pytest

from tests.journeys.diary import free_starts
from tests.journeys.house import Customer, House


@pytest.fixture
def rosa(house: House) -> Customer:
    """A customer who has a haircut with Ana tomorrow."""
    rosa = house.customer("terminal", "rosa")
    rosa.says(f"a haircut with Ana tomorrow at {free_starts(house, 'Ana')[0]:%H:%M}")
    rosa.says("yes")
    return rosa


def test_a_visit_is_moved_after_a_yes_and_the_old_time_is_free_again(house: House, rosa: Customer) -> None:
    before = free_starts(house, "Ana")
    rosa.says("can I move my appointment to Thursday?")
    summary = rosa.says("the first one")
    assert "from Tuesday 17 November" in summary
    assert "Moved" in rosa.says("yes please")
    (visit,) = house.visits("rosa")
    assert visit["start"].startswith("2026-11-19")
    assert len(free_starts(house, "Ana")) > len(before)
    assert "Moved: rosa" in house.desk()


def test_a_visit_is_cancelled_after_the_policy_and_a_yes(house: House, rosa: Customer) -> None:
    asked = rosa.says("I have to cancel my appointment")
    assert "Tuesday 17 November" in asked
    assert "free" in asked or "fee" in asked
    assert "cancelled" in rosa.taps("Yes, cancel it")
    assert house.visits("rosa") == []
    assert "Cancelled: rosa" in house.desk()


def test_a_no_keeps_the_visit(house: House, rosa: Customer) -> None:
    rosa.says("cancel my appointment please")
    assert "stays as it is" in rosa.says("no, keep it")
    assert len(house.visits("rosa")) == 1


def test_what_is_booked_is_told(rosa: Customer) -> None:
    assert "Haircut with Ana" in rosa.says("what appointments do I have?")


def test_a_tap_on_an_old_offer_changes_nothing(house: House, rosa: Customer) -> None:
    rosa.says("cancel my appointment")
    old = rosa.last
    rosa.says("no")
    rosa.last = old
    rosa.taps("Yes, cancel it")
    assert len(house.visits("rosa")) == 1
