"""Times are asked for in sight of others: later, earlier, another day, the last of the day."""

from __future__ import annotations

import pytest

from tests.actions.talk import Talk
from tests.fakes.core import FakeCore


@pytest.fixture
def offered(talk: Talk) -> Talk:
    """The times on the table are Thursday's at 15:00, 15:30 and 16:00."""
    talk.says("a haircut on Thursday from 3", "book_appointment")
    assert talk.labels()[0].startswith("Thu 19 Nov, 15:00")
    return talk


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("later", "Thu 19 Nov, 16:30"),
        ("something later that day", "Thu 19 Nov, 16:30"),
        ("later the same day", "Thu 19 Nov, 16:30"),
        ("too early", "Thu 19 Nov, 16:30"),
        ("earlier", "Thu 19 Nov, 09:00"),
        ("that's too late for me", "Thu 19 Nov, 09:00"),
    ],
)
def test_later_and_earlier_are_meant_beside_the_times_on_the_table(
    offered: Talk, said: str, first: str
) -> None:
    offered.says(said, "request_alternatives")
    assert offered.labels()[0].startswith(first)


def test_a_bit_later_than_the_time_summed_up(talk: Talk) -> None:
    talk.says("a haircut on Thursday at 3", "book_appointment")
    talk.says("a bit later", "correct")
    assert talk.labels()[0].startswith("Thu 19 Nov, 15:30")


def test_nothing_later_that_day_is_said_and_the_next_days_follow(talk: Talk) -> None:
    talk.says("a haircut on Thursday at 17:30", "book_appointment")
    assert talk.says("later", "request_alternatives").startswith("There's nothing later that day.")
    assert talk.labels()[0].startswith("Fri 20 Nov, 09:00")


def test_later_holds_for_one_search_and_not_for_the_day_named_next(offered: Talk) -> None:
    offered.says("later", "request_alternatives")
    answer = offered.says("what about Friday?", "check_availability")
    assert offered.labels()[0].startswith("Fri 20 Nov, 09:00")
    assert "nothing of your earlier wish" not in answer


@pytest.mark.parametrize("said", ["any other day", "another day", "not that day"])
def test_another_day_is_none_of_those_on_the_table(offered: Talk, said: str) -> None:
    offered.says(said, "request_alternatives")
    assert not [label for label in offered.labels() if label.startswith("Thu 19")]


@pytest.mark.parametrize(
    "said",
    [
        "as late as possible on Friday",
        "the last appointment of the day on Friday",
        "the last slot you have on Friday",
    ],
)
def test_the_last_times_of_a_day_are_another_days_when_that_is_named(offered: Talk, said: str) -> None:
    offered.says(said, "choose_alternative")
    assert offered.labels()[2].startswith("Fri 20 Nov, 17:30")


def test_another_time_that_would_be_better_takes_the_place_of_the_one_summed_up(talk: Talk) -> None:
    talk.says("a haircut on Thursday at 3", "book_appointment")
    assert "Thursday 19 November at 16:00" in talk.says("4 would be better", "correct")


def test_what_a_service_is_called_goes_before_words_in_another_ones_name(talk: Talk, core: FakeCore) -> None:
    talk.says("I'd like an appointment", "book_appointment")
    talk.says("trim", "inform")
    assert core.searches[-1].service_id == 1


def test_a_side_question_is_answered_before_the_open_one(talk: Talk) -> None:
    talk.says("a haircut tomorrow", "book_appointment")
    answer = talk.says("yes, and where are you?", "affirm")
    assert answer == "Mill Lane: 4 Mill Lane, London.\nWhich of these times suits you?"
