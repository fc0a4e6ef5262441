"""The line from a customer's words to our answer holds on every channel, and when a part of it is away."""

import pytest

from tests.journeys.house import House


@pytest.mark.parametrize("channel", ["web", "terminal"])
def test_a_greeting_is_answered(house: House, channel: str) -> None:
    assert "Linden Hair" in house.customer(channel, "Sam").says("hello")


def test_a_message_said_while_the_bot_is_down_is_answered_when_it_is_back(house: House) -> None:
    customer = house.customer("terminal", "Sam")
    house.bot.stop()
    notice = customer.says("how much is a haircut?")
    assert "£42" not in notice
    house.bot.start()
    house.clock.advance(minutes=1)
    assert "£42" in customer.hears()


def test_a_message_said_while_the_core_is_down_is_answered_when_it_is_back(house: House) -> None:
    customer = house.customer("terminal", "Sam")
    house.core.stop()
    notice = customer.says("how much is a haircut?")
    assert "£42" not in notice
    house.core.start()
    house.clock.advance(minutes=1)
    assert "£42" in customer.hears()
