"""Who was asked about several visits of a day in one message says yes to all, and of a no is asked which is meant."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.actions.talk import FRIDAY_AT_3, Talk
from tests.actions.test_notices import ASKED
from tests.fakes.core import FakeCore

AT_4 = FRIDAY_AT_3 + timedelta(hours=1)


@pytest.fixture
def talk(core: FakeCore) -> Talk:
    """Maria has a haircut at three and a colour at four, and was asked whether she comes."""
    haircut, colour = core.visit(FRIDAY_AT_3), core.visit(AT_4, service_id=3)
    core.tells("reminder_many", haircut, ASKED, beside=(colour,))
    return Talk(core)


@pytest.mark.parametrize(
    ("said", "heard"),
    [("yes see you then", "affirm"), ("see you on friday", "goodbye"), ("we'll be there at 4", "inform")],
)
def test_a_yes_is_for_both(talk: Talk, core: FakeCore, said: str, heard: str) -> None:
    assert talk.says(said, heard) == "Thank you! See you on Friday 20 November at 15:00 and 16:00."
    assert core.notices[-1].answer == "keep"


@pytest.mark.parametrize(
    ("said", "heard"),
    [("I can't come", "cancel_appointment"), ("no", "deny"), ("cancel", "cancel_appointment")],
)
def test_of_a_no_it_is_asked_which_is_meant(talk: Talk, core: FakeCore, said: str, heard: str) -> None:
    assert "Which" in talk.says(said, heard)
    assert [label.partition(",")[0] for label in talk.labels()] == ["Fri 20 Nov", "Fri 20 Nov", "All of them"]
    talk.says("the colour", "inform")
    talk.says("yes", "affirm")
    assert [each.status for each in core.visits] == ["booked", "cancelled"]


def test_after_one_is_cancelled_the_other_is_asked_about(talk: Talk) -> None:
    talk.says("I can't make it to the colour", "cancel_appointment")
    assert "Are you coming on Friday 20 November at 15:00?" in talk.says("yes", "affirm")
    assert "See you on Friday 20 November at 15:00." in talk.says("yes I am", "affirm")


def test_a_no_to_both_cancels_both(talk: Talk, core: FakeCore) -> None:
    talk.says("we can't make either, please cancel both", "cancel_appointment")
    talk.says("yes", "affirm")
    assert [each.status for each in core.visits] == ["cancelled", "cancelled"]


def test_the_one_that_is_named_is_moved(talk: Talk, core: FakeCore) -> None:
    talk.says("can we move the haircut to 2pm?", "reschedule_appointment")
    talk.says("yes", "affirm")
    assert sorted(f"{each.start:%H:%M}" for each in core.visits) == ["14:00", "16:00"]


def test_another_time_asks_which_is_meant(talk: Talk, core: FakeCore) -> None:
    (told,) = core.notices
    plan = {
        "choices": [{"label": "Another", "payload": f'/choose_alternative{{"notice": {told.id}, "n": 2}}'}]
    }
    assert "Which" in talk.taps("Another", plan=plan)
