"""With nothing under way, only what speaks of a visit here starts, moves or cancels one; the rest is asked about."""

import pytest

from tests.actions.talk import Talk
from tests.fakes.core import FakeCore


@pytest.fixture
def talk() -> Talk:
    return Talk(FakeCore())


@pytest.mark.parametrize(
    ("said", "heard_as"),
    [
        ("move to the next song", "reschedule_appointment"),
        ("cancel my alarm", "cancel_appointment"),
        ("find somebody who knows the capital of France", "book_appointment"),
    ],
)
def test_what_speaks_of_no_visit_is_asked_about(talk: Talk, said: str, heard_as: str) -> None:
    assert talk.says(said, heard_as).startswith("I'm not sure I understood. Did you mean")
    assert len(talk.labels()) == 2


@pytest.mark.parametrize(
    "said",
    [
        "I need an appointment",
        "can you fit me in?",
        "I want to book",
        "book me in please",
        "a haircut",
        "something with Ana",
        "tomorrow afternoon",
    ],
)
def test_a_wish_for_a_visit_is_taken_up_at_once(talk: Talk, said: str) -> None:
    assert "Did you mean" not in talk.says(said, "book_appointment")


def test_the_guess_leads_to_what_was_guessed(talk: Talk) -> None:
    talk.says("find somebody who knows the capital of France", "book_appointment")
    assert "What would you like to come in for" in talk.taps("Book a visit")


def test_under_an_open_question_nothing_more_is_needed(talk: Talk) -> None:
    talk.says("I need an appointment", "book_appointment")
    assert "Did you mean" not in talk.says("find whatever suits", "book_appointment")
