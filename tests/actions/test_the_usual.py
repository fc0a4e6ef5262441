"""What is known is not asked: who always has the same, with the same person, is offered just that."""

from __future__ import annotations

import pytest

from tests.actions.talk import Talk
from tests.fakes.core import FakeCore


@pytest.fixture
def regular() -> Talk:
    core = FakeCore()
    core.customer = core.customer.model_copy(update={"usual_service_id": 2, "usual_staff_id": 2})
    return Talk(core)


@pytest.mark.parametrize("said", ["yes", "the usual", "yes please, as always"], ids=str)
def test_a_vague_wish_is_met_with_the_usual(regular: Talk, said: str) -> None:
    asked = regular.says("I'd like to come in on Friday at 3", "book_appointment")
    assert asked == "The usual – Beard trim with Ben? Or something else?"
    assert regular.labels()[:2] == ["Beard trim with Ben", "Haircut"]
    assert "Beard trim with Ben" in regular.says(said, "affirm")
    assert "Friday 20 November at 15:00" in regular.plan["text"]


def test_the_usual_is_tapped(regular: Talk) -> None:
    regular.says("I need an appointment on Friday at 3", "book_appointment")
    assert "Beard trim with Ben" in regular.taps("Beard trim with Ben")


def test_no_to_the_usual_asks_what_it_shall_be(regular: Talk) -> None:
    regular.says("I need an appointment on Friday at 3", "book_appointment")
    assert regular.says("no", "deny") == "What would you like to come in for?"
    assert "Haircut with" in regular.says("a haircut", "inform")


def test_another_service_is_just_that(regular: Talk) -> None:
    regular.says("I need an appointment on Friday at 3", "book_appointment")
    assert "Haircut with" in regular.says("no, a haircut", "deny")


def test_somebody_else_has_no_usual(regular: Talk) -> None:
    asked = regular.says("I need an appointment for my son on Friday at 3", "book_appointment")
    assert asked == "What would you like to come in for?"
