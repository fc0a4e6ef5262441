"""While a person of the team speaks the assistant is silent, and staff hear that there is something to answer."""

from __future__ import annotations

from typing import get_args

from actions.draft import Goal
from actions.words import words
from tests.actions.talk import Talk
from tests.fakes.core import FakeCore


def taken_over(core: FakeCore) -> Talk:
    talk = Talk(core)
    talk.says("I need a haircut", "book_appointment")
    core.conversation["handed_over"] = True
    return talk


def test_nothing_is_said_and_the_draft_stays(core: FakeCore) -> None:
    talk = taken_over(core)
    before = core.state
    assert talk.says("the first one please", "choose_alternative") == ""
    assert talk.plan["silent"] is True
    assert core.state == before
    assert core.unanswered == ["the first one please"]


def test_a_tapped_button_reaches_the_team_with_its_words(core: FakeCore) -> None:
    talk = taken_over(core)
    label = talk.labels()[0]
    talk.taps(label)
    assert core.unanswered == [label]


def test_after_the_hand_back_the_open_question_still_stands(core: FakeCore) -> None:
    talk = taken_over(core)
    talk.says("hello Ana", "greet")
    core.conversation["handed_over"] = False
    assert "To confirm" in talk.says("the first one", "choose_alternative")


def test_stop_is_honoured_whoever_speaks(core: FakeCore) -> None:
    assert "no more messages" in taken_over(core).says("stop", "stop")
    assert core.consents == [(False, "stop", None)]


def test_who_asks_twice_hears_that_the_team_knows(core: FakeCore) -> None:
    talk = Talk(core)
    first = talk.says("can I talk to somebody", "human_handoff")
    assert "somebody will write to you here" in first
    assert "020 7946 0000" in first
    assert "knows that you're waiting" in talk.says("a person please", "human_handoff")


def test_the_team_sees_in_words_what_is_being_arranged(core: FakeCore) -> None:
    talk = Talk(core)
    talk.says("a haircut with Ana on Friday afternoon", "book_appointment")
    assert core.summary == "book Haircut with Ana, Friday 20 November between 12:00 and 17:00"
    talk.says("3 pm", "inform")
    assert core.summary == "book Haircut with Ana, Friday 20 November at 15:00"


def test_the_team_reads_its_own_language_whatever_the_customer_writes(core: FakeCore) -> None:
    talk = Talk(core)
    talk.says("a haircut with Ana on Friday at 3", "book_appointment")
    talk.says("en español", "change_language")
    assert "¿Lo reservo?" in talk.plan["text"]
    assert core.summary == "book Haircut with Ana, Friday 20 November at 15:00"


def test_with_nothing_under_way_there_is_nothing_to_sum_up(core: FakeCore) -> None:
    Talk(core).says("hello", "greet")
    assert core.summary is None


def test_there_are_words_for_everything_that_can_be_arranged() -> None:
    for goal in get_args(Goal):
        assert words(f"utter_arranging_{goal}", service="Haircut")
