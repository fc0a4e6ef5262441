"""What is known is not asked: who always has the same, with the same person, is shown times for just that."""

from __future__ import annotations

import pytest

from tests.actions.talk import FRIDAY_AT_3, Talk
from tests.fakes.core import FakeCore

THE_USUAL = "Your usual, then: Beard trim with Ben."


@pytest.fixture
def core() -> FakeCore:
    core = FakeCore()
    core.customer = core.customer.model_copy(update={"usual_service_id": 2, "usual_staff_id": 2})
    return core


@pytest.fixture
def regular(core: FakeCore) -> Talk:
    return Talk(core)


def test_a_vague_wish_is_met_with_times_for_the_usual(regular: Talk) -> None:
    assert (
        regular.says("I'd like to come in", "book_appointment")
        == f"{THE_USUAL}\nThese times are free – which one suits you?"
    )
    assert all(label.endswith("· Ben") for label in regular.labels()[:3])
    assert regular.labels()[3:] == ["More times", "Something else"]


def test_a_time_is_all_that_has_to_be_said(regular: Talk, core: FakeCore) -> None:
    regular.says("I'd like to come in", "book_appointment")
    summary = regular.says("Friday at 3", "inform")
    assert summary.startswith("To confirm:\nBeard trim with Ben, for Maria\nFriday 20 November at 15:00")
    assert core.visits == []


def test_a_time_is_tapped(regular: Talk) -> None:
    regular.says("I'd like to come in", "book_appointment")
    assert regular.taps(regular.labels()[0]).startswith("To confirm:\nBeard trim with Ben, for Maria")


def test_with_a_time_the_usual_is_summed_up(regular: Talk, core: FakeCore) -> None:
    summary = regular.says("I'd like to come in on Friday at 3", "book_appointment")
    assert summary.startswith(f"{THE_USUAL}\nTo confirm:\nBeard trim with Ben, for Maria\nFriday 20 November")
    assert core.visits == []
    assert "Booked! Beard trim with Ben" in regular.says("yes", "affirm")


def test_what_is_near_a_time_that_is_taken_names_the_usual(regular: Talk, core: FakeCore) -> None:
    core.taken.add(FRIDAY_AT_3)
    told = regular.says("I'd like to come in on Friday at 3", "book_appointment")
    assert told.startswith(f"{THE_USUAL}\nFriday 20 November at 15:00 with Ben is taken.")


@pytest.mark.parametrize("said", ["yes", "the usual", "yes please, as always"], ids=str)
def test_yes_to_the_usual_leaves_the_time(regular: Talk, said: str) -> None:
    regular.says("I'd like to come in", "book_appointment")
    offered = regular.labels()[:3]
    assert regular.says(said, "affirm").startswith("Beard trim with Ben (15 min, £15.50).")
    assert regular.labels()[:4] == [*offered, "More times"]


@pytest.mark.parametrize("wish", ["I'd like to come in", "I'd like to come in on Friday at 3"], ids=str)
def test_another_service_is_just_that_and_with_whoever_does_it(regular: Talk, wish: str) -> None:
    regular.says(wish, "book_appointment")
    answer = regular.says("no, a full colour", "deny")
    assert "Full colour" in answer
    assert "Beard" not in answer
    assert "doesn't offer" not in answer


def test_what_comes_as_well_comes_on_top(regular: Talk) -> None:
    regular.says("I'd like to come in on Friday at 3", "book_appointment")
    assert "Beard trim and Haircut with Ben" in regular.says("and a haircut too", "inform")


def test_another_person_keeps_the_service_if_they_do_it(regular: Talk, core: FakeCore) -> None:
    core.customer = core.customer.model_copy(update={"usual_service_id": 1})
    regular.says("I'd like to come in on Friday at 3", "book_appointment")
    assert "Haircut with Ana, for Maria" in regular.says("with Ana please", "inform")


def test_somebody_who_does_something_else_is_asked_what_for(regular: Talk) -> None:
    regular.says("I'd like to come in on Friday at 3", "book_appointment")
    assert regular.says("with Ana please", "inform") == "What would you like to come in for?"


@pytest.mark.parametrize("said", ["I'd like to come in with Ana", "I need a massage"], ids=str)
def test_the_usual_is_not_put_forward_to_who_asks_for_something_else(regular: Talk, said: str) -> None:
    assert THE_USUAL not in regular.says(said, "book_appointment")


def test_with_anyone_is_with_anyone(regular: Talk, core: FakeCore) -> None:
    core.customer = core.customer.model_copy(update={"usual_service_id": 1})
    assert regular.says("I'd like to come in, with anyone", "book_appointment").startswith(
        "Your usual, then: Haircut.\n"
    )
    assert core.searches[-1].staff_id is None


def test_no_to_the_usual_asks_what_it_shall_be(regular: Talk) -> None:
    regular.says("I need an appointment", "book_appointment")
    assert regular.says("no", "deny") == "What would you like to come in for?"
    assert "Haircut (30 min" in regular.says("a haircut", "inform")


def test_something_else_can_be_tapped(regular: Talk) -> None:
    regular.says("I need an appointment", "book_appointment")
    assert regular.taps("Something else") == "What would you like to come in for?"
    assert regular.labels()[:2] == ["Beard trim", "Haircut"]


def test_the_last_one_is_a_time(regular: Talk) -> None:
    regular.says("I need an appointment", "book_appointment")
    assert "Shall I book it?" in regular.says("the last one", "choose_alternative")


def test_somebody_else_has_no_usual(regular: Talk) -> None:
    asked = regular.says("I need an appointment for my son on Friday at 3", "book_appointment")
    assert asked == "Friday 20 November at 15:00 – what would you like to come in for?"
