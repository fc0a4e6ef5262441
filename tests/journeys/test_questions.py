"""Questions, manners, and what is none of our business."""

from __future__ import annotations

import pytest

from tests.journeys.house import House


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("how much is a beard trim?", "£18"),
        ("what are your opening hours?", "Sun closed"),
        ("where are you?", "27 Linden High Street"),
        ("what services do you offer?", "Highlights"),
        ("thank you so much", "welcome"),
        ("goodbye", "Goodbye"),
        ("what can you do?", "prices"),
        ("are you a robot?", "automated"),
    ],
    ids=lambda value: value,
)
def test_a_question_is_answered(house: House, said: str, answered: str) -> None:
    assert answered in house.customer("terminal", "maria").says(said)


def test_a_side_question_leaves_the_booking_where_it_was(house: House) -> None:
    maria = house.customer("terminal", "maria")
    maria.says("I need a haircut")
    maria.says("1")
    answer = maria.says("where is that exactly?")
    assert "Linden High Street" in answer
    assert "Shall I book it?" in answer
    assert "Booked" in maria.says("ok yes")


def test_a_person_is_called_and_the_desk_is_told(house: House) -> None:
    assert "team" in house.customer("terminal", "maria").says("can I talk to a real person please")
    assert "asks for a person" in house.desk()


def test_stop_is_confirmed_once_and_kept(house: House) -> None:
    assert "no more messages" in house.customer("terminal", "maria").says("STOP")


def test_other_peoples_business_starts_nothing(house: House) -> None:
    maria = house.customer("terminal", "maria")
    assert "To confirm" not in maria.says("what's the weather like tomorrow?")
    assert "To confirm" not in maria.says("transfer 200 pounds to my savings account")
    assert house.visits("maria") == []
