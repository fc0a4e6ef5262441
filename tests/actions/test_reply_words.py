"""What a reply says by its very words holds, whatever the classifier, which hears it alone, takes it for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.actions.talk import FRIDAY_AT_3, Talk
from tests.fakes.core import FakeCore

ASKED = (("keep", "Yes, I'll be there", None), ("move", "Another time", None), ("drop", "I can't come", None))
SCORES = tuple((str(score), str(score), None) for score in range(1, 6))
IN_TWO_HOURS = FRIDAY_AT_3 + timedelta(hours=1)


class Told(Talk):
    """Maria, who has a haircut on Friday at three."""

    def __init__(self, core: FakeCore) -> None:
        super().__init__(core)
        self.visit = core.visit(FRIDAY_AT_3)

    def is_asked(self, kind: str = "reminder") -> dict[str, Any]:
        return self.core.tells(kind, self.visit, ASKED)

    def is_proposed_four(self) -> dict[str, Any]:
        choices = [("accept", "Yes", IN_TWO_HOURS), ("stay", "Keep it as it is", None)]
        return self.core.tells("visit_proposed", self.visit, [*choices, ("move", "Another time", None)])

    def must_move(self) -> dict[str, Any]:
        slot = ("slot", "Fri 20 Nov, 14:00 · Ana", FRIDAY_AT_3 - timedelta(hours=1))
        return self.core.tells("visit_must_move", self.visit, [slot, ("other", "Other times", None)])

    @property
    def answers(self) -> list[str | None]:
        return [each.answer for each in self.core.notices]


@pytest.fixture
def talk(core: FakeCore) -> Told:
    return Told(core)


@pytest.mark.parametrize(
    ("kind", "text", "intent"),
    [
        ("reminder", "so looking forward to that", "reschedule_appointment"),
        ("reminder", "please don't cancel it", "deny"),
        ("visit_late", "not a problem at all", "deny"),
        ("visit_late", "let's leave it as planned", "correct"),
        ("visit_moved", "no worries, can wait", "deny"),
    ],
)
def test_who_changes_nothing_comes(talk: Told, kind: str, text: str, intent: str) -> None:
    talk.is_asked(kind)
    talk.says(text, intent)
    assert talk.answers == ["keep"]


def test_as_it_was_is_another_time_where_we_moved_the_visit(talk: Told) -> None:
    talk.is_asked("visit_moved")
    talk.says("I'd like it when it was before", "undo")
    assert talk.answers == ["move"]


@pytest.mark.parametrize(("text", "intent"), [("why though?", "affirm"), ("how come?", "thank")])
def test_a_mere_question_is_no_yes(talk: Told, text: str, intent: str) -> None:
    talk.is_proposed_four()
    assert "Would Friday 20 November at 16:00 suit you" in talk.says(text, intent)
    assert talk.answers == [None]


@pytest.mark.parametrize(
    "text", ["I'd keep the time we had", "rather the old time", "don't cancel it, keep mine"]
)
def test_a_proposal_is_turned_down_by_keeping_what_there_is(talk: Told, text: str) -> None:
    talk.is_proposed_four()
    assert "stays on Friday 20 November at 15:00" in talk.says(text, "correct")
    assert talk.answers == ["stay"]


@pytest.mark.parametrize(
    ("text", "intent", "answer"),
    [
        ("none of those", "deny", "move"),
        ("I can't at 4", "deny", "stay"),
        ("just put it back as it was", "undo", "stay"),
    ],
)
def test_which_of_two_times_is_meant(talk: Told, text: str, intent: str, answer: str) -> None:
    talk.is_proposed_four()
    talk.says(text, intent)
    assert talk.answers == [answer]


@pytest.mark.parametrize(
    ("kind", "text", "answer"),
    [
        ("visit_moved", "that time doesn't work, I can't then", "move"),
        ("visit_late", "sorry, I cannot wait", "move"),
        ("reminder", "can't wait!!", "keep"),
    ],
)
def test_what_cannot_be_depends_on_what_was_asked(talk: Told, kind: str, text: str, answer: str) -> None:
    talk.is_asked(kind)
    talk.says(text, "wait")
    assert talk.answers == [answer]


def test_a_yes_that_is_turned_into_a_no_is_none(core: FakeCore) -> None:
    talk = Told(core)
    core.customer = core.customer.model_copy(update={"language": "es"})
    talk.is_asked("visit_moved")
    talk.says("pues no me viene bien", "deny")
    assert talk.answers == ["move"]


def test_a_yes_with_a_question_is_a_yes_and_an_answer(talk: Told) -> None:
    talk.is_asked()
    said = talk.says("yes, and where are you?", "repeat")
    assert "See you on Friday" in said
    assert "4 Mill Lane" in said


def test_to_be_late_is_no_answer_to_a_proposal(talk: Told) -> None:
    talk.is_proposed_four()
    talk.says("I may be running late", "running_late")
    assert talk.answers == [None]


@pytest.mark.parametrize("text", ["I have to check with work", "can I let you know later?", "need a minute"])
def test_who_cannot_say_yet_is_not_pressed(talk: Told, text: str) -> None:
    talk.is_asked()
    assert talk.says(text, "check_availability") == "Take your time. I'm here when you're ready."
    assert "See you on Friday" in talk.says("ok yes", "affirm")


def test_who_takes_a_yes_back_is_asked_whether_to_cancel_and_who_takes_that_back_comes(talk: Told) -> None:
    talk.is_asked()
    talk.says("yes", "affirm")
    assert "Cancel your Haircut" in talk.says("oh hang on, I can't", "deny")
    assert "stays as it is" in talk.says("sorry, no, I'm coming!", "running_late")


def test_who_keeps_the_visit_after_all_has_answered_that_they_come(talk: Told) -> None:
    talk.is_asked()
    talk.says("no", "deny")
    talk.says("no, keep it", "deny")
    assert talk.answers == ["keep"]


def test_lateness_is_told_of_the_visit_that_was_spoken_of(talk: Told) -> None:
    talk.is_asked()
    assert "for your Haircut on Friday 20 November" in talk.says("I'll be 10 minutes late", "running_late")


def test_a_visit_that_has_to_move_and_is_wanted_no_more_is_dropped(talk: Told) -> None:
    talk.must_move()
    assert "Cancel your Haircut" in talk.says("no thanks, never mind then", "start_over")


def test_who_was_missed_and_says_sorry_is_not_taken_for_unhappy(talk: Told) -> None:
    slot = ("slot", "Fri 20 Nov, 14:00 · Ana", FRIDAY_AT_3 - timedelta(hours=1))
    talk.core.tells("visit_missed", talk.visit, [slot, ("other", "Other times", None)])
    assert "these things happen" in talk.says("so sorry, it slipped my mind", "complaint")
    assert "Just write when you would like to come" in talk.says("not now thanks", "deny")


def test_who_was_missed_but_came_is_passed_on_to_the_team(talk: Told) -> None:
    slot = ("slot", "Fri 20 Nov, 14:00 · Ana", FRIDAY_AT_3 - timedelta(hours=1))
    talk.core.tells("visit_missed", talk.visit, [slot, ("other", "Other times", None)])
    assert "passed on your words" in talk.says("but I was there", "out_of_scope")


def test_a_score_is_for_the_visit_that_was_though_a_reminder_came_since(talk: Told) -> None:
    talk.core.tells("feedback", talk.visit, SCORES)
    talk.is_asked()
    assert "Are you coming" in talk.says("a 5", "inform")
    assert "See you on Friday" in talk.says("yes", "affirm")


def test_i_am_coming_is_for_the_visit_to_come_though_we_asked_since_how_it_was(talk: Told) -> None:
    talk.is_asked()
    talk.core.tells("feedback", talk.visit, SCORES)
    assert "See you on Friday" in talk.says("I'll be there", "affirm")
    assert talk.answers == ["keep", None]


@pytest.mark.parametrize(
    ("text", "intent", "left"),
    [
        ("not this time", "join_waitlist", False),
        ("too short notice", "request_alternatives", False),
        ("I went somewhere else", "request_alternatives", True),
        ("don't need it any more", "deny", True),
    ],
)
def test_a_time_that_was_kept_is_let_go_in_any_words(
    core: FakeCore, text: str, intent: str, left: bool
) -> None:
    talk = Talk(core)
    core.offers(FRIDAY_AT_3)
    talk.says(text, intent)
    assert core.declined == [(40, left)]


@pytest.mark.parametrize(
    ("text", "intent"), [("reserve it for me", "book_appointment"), ("lovely, see you then", "goodbye")]
)
def test_it_is_taken_in_any_words(core: FakeCore, text: str, intent: str) -> None:
    core.offers(FRIDAY_AT_3)
    assert "Booked" in Talk(core).says(text, intent)


def test_another_time_than_the_one_kept_is_a_wish_for_the_same(core: FakeCore) -> None:
    talk = Talk(core)
    core.offers(FRIDAY_AT_3)
    assert "Friday 20 November at 16:00" in talk.says("could it be an hour later?", "inform")
