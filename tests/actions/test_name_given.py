"""A name is taken as people type it after "what name?", and nothing else is taken for one."""

from __future__ import annotations

import pytest

from tests.actions.talk import Talk
from tests.fakes.core import FakeCore


@pytest.fixture
def asked() -> Talk:
    talk = Talk(FakeCore(customer=None))
    assert "What name" in talk.says("a haircut on Friday at 3", "book_appointment")
    return talk


@pytest.mark.parametrize(
    ("said", "intent", "name"),
    [
        ("its omar sliva", "inform", "Omar Sliva"),
        ("um omar", "help", "Omar"),
        ("my naem is Vera Wolf", "out_of_scope", "Vera Wolf"),
        ("ok its for dave", "inform", "Dave"),
        ("put it under jo smith-jones pls", "inform", "Jo Smith-Jones"),
        ("OMAR SILVA", "inform", "Omar Silva"),
        ("JP McKay", "inform", "JP McKay"),
        ("dave. and what's your address?", "ask_location", "Dave"),
        ("may lee, how much is it", "ask_price", "May Lee"),
        ("yes Tim, thanks", "affirm", "Tim"),
        ("jane", "affirm", "Jane"),
        ("JO-ANN LEE SMITH", "inform", "Jo-Ann Lee Smith"),
    ],
)
def test_a_name_is_taken(asked: Talk, said: str, intent: str, name: str) -> None:
    assert f"for {name}\n" in asked.says(said, intent)


def test_a_question_told_with_the_name_is_answered(asked: Talk) -> None:
    assert asked.says("dave. and what's your address?", "ask_location").startswith("Mill Lane: 4 Mill Lane")


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("i already told you", "nlu_fallback"),
        ("actually ben is fine", "correct"),
        ("great, how much is it", "ask_price"),
        ("and where are you", "ask_location"),
        ("yes please", "affirm"),
        ("yes sounds good", "affirm"),
        ("hello?", "greet"),
    ],
)
def test_what_is_no_name_is_not_taken_for_one(asked: Talk, said: str, intent: str) -> None:
    assert "What name shall I put it under?" in asked.says(said, intent)


def test_another_time_is_taken_while_the_name_is_asked_for(asked: Talk) -> None:
    assert "16:00" in asked.says("4 would be better", "correct")


def test_no_to_the_name_asks_what_to_change_and_drops_nothing(asked: Talk) -> None:
    assert asked.says("no", "deny") == "What shall I change?"


def test_a_name_that_sounds_foreign_changes_no_language_and_drops_nothing(asked: Talk) -> None:
    talk = asked.says("Al", "start_over", language="es")
    assert "for Al\n" in talk
    assert "Shall I book it?" in talk


@pytest.mark.parametrize("said", ["I am Tessa", "hi, I'm Tessa", "sorry, I'm Tessa Moon"])
def test_who_is_known_by_another_name_sets_it_right(said: str) -> None:
    core = FakeCore()
    Talk(core).says(said, "out_of_scope")
    assert str(core.customer.name).startswith("Tessa")


@pytest.mark.parametrize("said", ["I am late", "I'm Maria", "I am Sick", "I'm coming"])
def test_what_else_somebody_is_changes_no_name(said: str) -> None:
    core = FakeCore()
    Talk(core).says(said, "out_of_scope")
    assert core.customer.name == "Maria"
