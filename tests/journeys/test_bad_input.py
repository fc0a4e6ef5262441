"""What people type by mistake, and wishes that cannot be had: each gets a helpful sentence and loses nothing."""

from __future__ import annotations

import pytest

from tests.journeys.diary import free_starts
from tests.journeys.house import House


@pytest.mark.parametrize(
    ("said", "helps"),
    [
        ("   ", "words"),
        ("word " * 2000, "sentence"),
        ("🎉🎉🎉", "visit"),
        ("/restart", "?"),
        ("a haircut yesterday at 3", "passed"),
        ("a haircut on Sunday", "closed"),
        ("a haircut tomorrow at 7 in the morning", "outside our hours"),
        ("a haircut on 3 January 2030", "further ahead"),
        ("I need a tattoo", "tattoo"),
        ("a beard trim with Chloe", "doesn't offer"),
    ],
    ids=lambda value: value[:20],
)
def test_a_helpful_sentence_answers(house: House, said: str, helps: str) -> None:
    assert helps in house.customer("terminal", "maria").says(said)


def test_a_taken_time_is_answered_with_the_nearest_free_ones(house: House) -> None:
    taken = free_starts(house, "Ana")[0]
    tom, maria = house.customer("terminal", "tom"), house.customer("terminal", "maria")
    tom.says(f"a haircut with Ana tomorrow at {taken:%H:%M}")
    tom.says("yes")
    answer = maria.says(f"a haircut with Ana tomorrow at {taken:%H:%M}")
    assert "taken" in answer
    assert len([label for label in answer.choices if " Nov, " in label]) == 3
    assert answer.choices[3:] == ("More times", "Put me on the waitlist")


def test_the_same_message_delivered_five_times_is_answered_once(house: House) -> None:
    maria = house.customer("terminal", "maria")
    for _ in range(5):
        maria.sends("how much is a haircut?", message_id="the-same-one")
    assert "£42" in maria.hears()
    assert "opening" in maria.says("what can you do?")
