"""The two nights of the year when a clock skips an hour or shows one twice, and a salon that works in them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.journeys.diary import opens
from tests.journeys.house import Customer, House

FORWARD, BACK = date(2027, 3, 28), date(2027, 10, 31)
"""In London 01:30 does not exist on the first and comes twice on the second, as BST and as GMT."""


def _maria_before(house: House, night: date) -> Customer:
    """A regular, some days before a night in which Ana works from midnight to four."""
    house.clock.set(datetime(night.year, night.month, night.day, 9, tzinfo=UTC) - timedelta(days=6))
    opens(house, "Ana", night, "00:00", "04:00")
    return house.customer("terminal", "maria")


def test_a_time_that_comes_twice_is_asked_about_and_booked_as_answered(house: House) -> None:
    maria = _maria_before(house, BACK)
    asked = maria.says("a haircut with Ana on 31 October at 01:30")
    assert "01:30 comes twice: first in BST, then again in GMT. Which one do you mean?" in asked
    assert [label.split(" · ")[0] for label in asked.choices[:2]] == [
        "Sun 31 Oct, 01:30 BST",
        "Sun 31 Oct, 01:30 GMT",
    ]
    assert "Sunday 31 October at 01:30 GMT" in maria.taps(asked.choices[1])
    assert "Sunday 31 October at 01:30 GMT" in maria.says("yes please")
    assert [visit["start"] for visit in house.visits("maria")] == ["2027-10-31T01:30:00Z"]


def test_such_a_time_is_asked_about_when_day_and_hour_come_one_after_the_other(house: House) -> None:
    maria = _maria_before(house, BACK)
    maria.says("a haircut with Ana on 31 October")
    assert "comes twice" in maria.says("at 01:30 please")
    assert "Sunday 31 October at 01:30 BST" in maria.says("the one in BST please")
    maria.says("yes")
    assert [visit["start"] for visit in house.visits("maria")] == ["2027-10-31T00:30:00Z"]


@pytest.mark.parametrize("again", ["01:30", "31 October at 01:30"], ids=str)
def test_the_same_words_again_are_no_answer(house: House, again: str) -> None:
    maria = _maria_before(house, BACK)
    maria.says("a haircut with Ana on 31 October at 01:30")
    assert "Which one do you mean?" in maria.says(again)


def test_of_a_time_that_comes_twice_only_the_free_one_is_offered(house: House) -> None:
    tom, maria = house.customer("terminal", "tom"), _maria_before(house, BACK)
    tom.says("a haircut with Ana on 31 October at 01:30")
    tom.says("the earlier one")
    tom.says("yes")
    answer = maria.says("a haircut with Ana on 31 October at 01:30")
    assert "Only the one in GMT is free" in answer
    assert [label.split(" · ")[0] for label in answer.choices[:-1]] == ["Sun 31 Oct, 01:30 GMT"]


def test_a_time_that_is_skipped_is_said_to_be_with_the_nearest_two(house: House) -> None:
    maria = _maria_before(house, FORWARD)
    answer = maria.says("a haircut with Ana on 28 March at 01:30")
    assert "The clocks go forward that night, so Sunday 28 March at 01:30 doesn't exist." in answer
    assert [label.split(" · ")[0] for label in answer.choices] == [
        "Sun 28 Mar, 02:15",
        "Sun 28 Mar, 02:30",
        "More times",
    ]
    assert "Sunday 28 March at 02:30" in maria.says("the second one")
    maria.says("yes")
    assert [visit["start"] for visit in house.visits("maria")] == ["2027-03-28T01:30:00Z"]


def test_after_a_skipped_time_another_hour_is_meant_for_that_night(house: House) -> None:
    maria = _maria_before(house, FORWARD)
    maria.says("a haircut with Ana on 28 March")
    assert "doesn't exist" in maria.says("at 01:30")
    assert "Sunday 28 March at 03:00" in maria.says("then at 03:00")


def test_when_neither_of_two_can_be_had_that_is_said_with_what_is_near(house: House) -> None:
    house.clock.set(datetime(2027, 10, 25, 9, tzinfo=UTC))
    answer = house.customer("terminal", "maria").says("a haircut with Ana on 31 October at 01:30")
    assert "closed then (Sunday 31 October at 01:30)" in answer
    assert len(answer.choices) == 4
