"""What a sentence was taken for counts for less than what it plainly says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.actions.talk import FRIDAY_AT_3, Talk
from tests.fakes.core import FakeCore

FALLBACK = "nlu_fallback"


@pytest.fixture
def at_the_summary(talk: Talk) -> Talk:
    assert "Shall I book it?" in talk.says("a trim with Ana on Friday at 3", "book_appointment")
    return talk


@pytest.mark.parametrize("intent", ["ask_price", "out_of_scope", "stop", FALLBACK], ids=str)
@pytest.mark.parametrize("said", ["haircut", "Beard trim", "beard trmi?"], ids=str)
def test_the_name_of_a_service_alone_is_a_wish_for_it(talk: Talk, said: str, intent: str) -> None:
    assert "which one suits you?" in talk.says(said, intent)


@pytest.mark.parametrize("intent", ["out_of_scope", FALLBACK], ids=str)
def test_a_service_and_a_time_are_a_wish(talk: Talk, intent: str) -> None:
    assert "Shall I book it?" in talk.says("any chance of a haircutt with Ana on Friday at 3? thx", intent)


def test_a_misspelt_word_is_found_beside_one_that_is_not(talk: Talk) -> None:
    assert "Hair mask" in talk.says("haircut with a hair maks on Friday at 3 with Ana", "book_appointment")


def test_who_waits_with_something_else_in_mind_is_heard(at_the_summary: Talk) -> None:
    assert "Beard trim with Ben" in at_the_summary.says("no wait, a beard trim with Ben", "wait")


@pytest.mark.parametrize("said", ["perfect, thaanks", "ok thnaks", "yes, pleease"], ids=str)
def test_a_yes_with_thanks_is_a_yes(at_the_summary: Talk, core: FakeCore, said: str) -> None:
    assert "Booked!" in at_the_summary.says(said, FALLBACK)


@pytest.mark.parametrize("said", ["ok but where do I park", "sure, and the dog?", "yes no maybe"], ids=str)
def test_a_yes_with_something_else_is_none(at_the_summary: Talk, core: FakeCore, said: str) -> None:
    at_the_summary.says(said, FALLBACK)
    assert core.visits == []


@pytest.mark.parametrize("intent", ["deny", "correct"], ids=str)
def test_a_no_to_the_very_same_asks_what_is_wrong(at_the_summary: Talk, intent: str) -> None:
    assert "What shall I change?" in at_the_summary.says("no, a trim with Ana on Friday at 3", intent)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("it's Liam Reyes", "Liam Reyes"),
        ("sure, its liam reyes", "Liam Reyes"),
        ("Liam Reyes here", "Liam Reyes"),
        ("ok, name: Liam", "Liam"),
        ("Lima Reyes please", "Lima Reyes"),
    ],
    ids=str,
)
def test_an_answer_to_what_name_is_a_name(said: str, name: str) -> None:
    talk = Talk(FakeCore(customer=None))
    talk.says("a trim with Ana on Friday at 3", "book_appointment")
    assert f"for {name}\n" in talk.says(said, "inform")


def test_a_full_name_asks_for_nobody() -> None:
    talk = Talk(FakeCore(customer=None))
    talk.says("a trim with Ana on Friday at 3", "book_appointment")
    assert "for Hguo Stone\n" in talk.says("Hguo Stone please", "human_handoff")


@pytest.mark.parametrize("said", ["Real Person Please", "a human", "Manager", "no Thank You"], ids=str)
def test_who_asks_for_a_person_is_not_called_so(said: str) -> None:
    core = FakeCore(customer=None)
    talk = Talk(core)
    talk.says("a trim with Ana on Friday at 3", "book_appointment")
    talk.says(said, "human_handoff")
    assert core.customer.name is None
    assert core.handoffs


def test_the_number_is_told_and_nobody_is_called(at_the_summary: Talk, core: FakeCore) -> None:
    told = at_the_summary.says("what's your phone number?", "human_handoff")
    assert told.startswith("Our number is 020 7946 0000.\nTo confirm:")
    assert "Mill Lane:" not in told
    assert core.handoffs == []


def test_a_number_asked_for_beside_a_yes_is_told(at_the_summary: Talk, core: FakeCore) -> None:
    assert "Our number is" in at_the_summary.says("yes, and can I have a number to call?", "affirm")
    assert [visit.start for visit in core.visits] == [FRIDAY_AT_3]


def test_a_bare_hour_that_is_taken_today_is_said_to_be(talk: Talk, core: FakeCore) -> None:
    core.taken.add(FRIDAY_AT_3.replace(day=17))
    told = talk.says("a trim with Ana at 3", "book_appointment")
    assert told.startswith("Tuesday 17 November at 15:00 can't be had, so I took the next day")
    assert "Wednesday 18 November at 15:00" in told


@pytest.mark.parametrize(
    ("said", "intent"),
    [("Zoe Hart", FALLBACK), ("im Zoe Hart", "complaint"), ("Zoe Hart", "inform")],
    ids=str,
)
def test_another_name_under_the_summary_says_whose_visit_it_is(
    at_the_summary: Talk, said: str, intent: str
) -> None:
    assert "for Zoe Hart" in at_the_summary.says(said, intent)


@pytest.mark.parametrize("said", ["Sounds Good", "Ana Silva", "i'm ready", "im starving"], ids=str)
def test_what_is_no_name_renames_nobody(at_the_summary: Talk, core: FakeCore, said: str) -> None:
    known = core.customer
    at_the_summary.says(said, FALLBACK)
    assert core.customer == known


@pytest.mark.parametrize(("said", "is_ours"), [("cancel one of them", True), ("cancel my netflix", False)])
@pytest.mark.parametrize("intent", ["out_of_scope", FALLBACK], ids=str)
def test_to_cancel_briefly_is_about_the_visits_that_stand_unless_it_names_something_else(
    core: FakeCore, intent: str, said: str, *, is_ours: bool
) -> None:
    core.visit(FRIDAY_AT_3)
    core.visit(FRIDAY_AT_3 + timedelta(days=3))
    assert ("Which visit" in Talk(core).says(said, intent)) == is_ours


@pytest.mark.parametrize(("said", "taken_back"), [("undo that", True), ("oops wrong chat, sorry", False)])
def test_what_is_written_is_taken_back_only_by_words_that_say_so(
    at_the_summary: Talk, core: FakeCore, said: str, *, taken_back: bool
) -> None:
    at_the_summary.says("yes", "affirm")
    answer = at_the_summary.says(said, "undo")
    assert ("not booked any more" in answer) == taken_back
    assert taken_back or "Undo" in at_the_summary.labels()


def test_when_we_close_is_no_time_to_come_at(talk: Talk) -> None:
    told = talk.says("a trim on Friday morning, and is it true you close at 6?", "book_appointment")
    assert "Mill Lane" in told or "09:00" in told
    assert "which one suits you?" in told
    assert "06:00" not in told


def test_the_cheapest_is_named_whatever_is_being_arranged(at_the_summary: Talk) -> None:
    assert "lowest price" in at_the_summary.says("what's the cheapest thing you do", "ask_price")


def test_a_day_beside_a_question_of_the_way_there_is_a_wish(at_the_summary: Talk) -> None:
    told = at_the_summary.says("make it Saturday morning, and where are you?", "ask_location")
    assert "Mill Lane" in told
    assert all(label.startswith("Sat") for label in at_the_summary.labels()[:2])
