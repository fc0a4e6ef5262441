"""What a conversation promises to somebody who moves, cancels, asks or is not understood."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.actions.talk import FRIDAY_AT_3, Talk
from tests.fakes.core import FakeCore


def test_a_time_lost_at_the_last_moment_is_offered_again(talk: Talk, core: FakeCore) -> None:
    talk.says("a trim with Ana on Friday at 3", "book_appointment")
    core.taken.add(FRIDAY_AT_3)
    assert "can't be had any more" in talk.says("yes", "affirm")
    assert core.visits == []


def test_a_visit_is_moved_after_a_yes(talk: Talk, core: FakeCore) -> None:
    core.visit(FRIDAY_AT_3)
    summary = talk.says("move my appointment to Thursday at 4", "reschedule_appointment")
    assert "from Friday 20 November at 15:00 to Thursday 19 November at 16:00" in summary
    talk.taps("Yes, move it")
    assert core.visits[0].start == datetime(2026, 11, 19, 16, 0, tzinfo=UTC)


def test_a_move_relative_to_the_visit_is_understood(talk: Talk, core: FakeCore) -> None:
    core.visit(FRIDAY_AT_3)
    assert "to Friday 20 November at 16:00" in talk.says("push it back an hour", "reschedule_appointment")


def test_which_visit_is_asked_only_when_several_fit(talk: Talk, core: FakeCore) -> None:
    core.visit(FRIDAY_AT_3)
    core.visit(datetime(2026, 11, 24, 10, 0, tzinfo=UTC), service_id=2, staff_id=2)
    assert "Which visit" in talk.says("cancel my appointment", "cancel_appointment")
    assert "Cancel your Beard trim" in talk.taps("Tue 24 Nov")
    talk.says("yes", "affirm")
    assert [visit.status for visit in core.visits] == ["booked", "cancelled"]


def test_cancelling_states_the_policy_and_no_keeps_it(talk: Talk, core: FakeCore) -> None:
    core.visit(FRIDAY_AT_3)
    assert "Cancelling is free" in talk.says("cancel friday's haircut", "cancel_appointment")
    assert "stays as it is" in talk.says("no", "deny")
    assert core.visits[0].status == "booked"


def test_a_late_cancellation_names_the_fee(talk: Talk, core: FakeCore) -> None:
    core.visit(datetime(2026, 11, 17, 15, 0, tzinfo=UTC))
    assert "£16" in talk.says("cancel my appointment", "cancel_appointment")


def test_a_side_question_is_answered_and_the_open_one_repeated(talk: Talk) -> None:
    talk.says("a trim with Ana on Friday at 3", "book_appointment")
    answer = talk.says("where are you?", "ask_location")
    assert "4 Mill Lane" in answer
    assert "Shall I book it?" in answer
    assert talk.says("yes", "affirm").startswith("Booked!")


def test_an_unknown_service_is_named_and_the_list_offered(talk: Talk) -> None:
    answer = talk.says("I need a tattoo", "book_appointment")
    assert "tattoo" in answer
    assert talk.labels() == ["Haircut", "Beard trim", "Full colour", "Root colour"]


def test_a_person_who_does_not_offer_it_is_said(talk: Talk) -> None:
    assert "Ana doesn't offer Beard trim; Ben can do it" in talk.says(
        "beard trim with Ana", "book_appointment"
    )


def test_not_understood_twice_offers_a_person(talk: Talk, core: FakeCore) -> None:
    talk.says("blorp", "nlu_fallback")
    assert "somebody from the team" in talk.says("blarp", "nlu_fallback")
    talk.taps("Talk to a person")
    assert core.handoffs == ["asks for a person"]


def test_stop_is_honoured_and_confirmed_once(talk: Talk, core: FakeCore) -> None:
    assert talk.says("stop", "stop") == "You will get no more messages from Studio Nord here."
    assert core.consents == [(False, "stop", None)]
    assert talk.plan["choices"] == []


@pytest.mark.parametrize(
    "words", ["no more offers please", "stop sending me ads", "unsubscribe me from your marketing messages"]
)
def test_who_wants_no_offers_still_hears_of_their_visits(talk: Talk, core: FakeCore, words: str) -> None:
    talk.says("a haircut tomorrow", "book_appointment")
    assert talk.says(words, "stop").startswith("You will get no more offers from Studio Nord here")
    assert core.consents == [(False, words, "marketing")]
    assert talk.labels(), "what is being arranged stays open"


def test_who_wants_neither_offers_nor_anything_else_is_written_to_no_more(talk: Talk, core: FakeCore) -> None:
    assert "no more messages" in talk.says("stop all messages, offers too", "stop")
    assert core.consents == [(False, "stop all messages, offers too", None)]


def test_who_wants_messages_again_is_welcome(talk: Talk, core: FakeCore) -> None:
    talk.says("stop", "stop")
    assert talk.says("you can text me again", "resume_messages").startswith("Welcome back!")
    assert core.consents[-1] == (True, "you can text me again", None)


@pytest.mark.parametrize(
    ("words", "links"),
    [
        ("can we go on on WhatsApp?", ["WhatsApp"]),
        ("prefiero what's app", ["WhatsApp"]),
        ("Telegram instead?", ["Telegram"]),
        ("can I continue on my phone?", ["Telegram", "WhatsApp"]),
    ],
)
def test_who_would_rather_write_elsewhere_gets_a_link_and_nothing_is_dropped(
    talk: Talk, core: FakeCore, words: str, links: list[str]
) -> None:
    core.also_on = {"telegram", "whatsapp"}
    talk.says("a haircut tomorrow", "book_appointment")
    offered = talk.labels()
    talk.says(words, "go_on_elsewhere")
    assert [link["label"] for link in talk.plan["links"]] == links
    assert talk.labels() == offered


def test_there_is_no_link_to_where_we_are_not_or_are_already(talk: Talk) -> None:
    assert "reach us on Telegram" in talk.says("can we continue on telegram?", "go_on_elsewhere")
    assert "no other chat" in talk.says("can I continue somewhere else?", "go_on_elsewhere")
    assert not talk.plan["links"]


def test_earlier_than_what_was_offered_is_searched_before_it(talk: Talk) -> None:
    talk.says("a haircut on friday after 3", "book_appointment")
    talk.says("anything earlier?", "request_alternatives")
    assert talk.labels()[0].startswith("Fri 20 Nov, 09:00")


def test_right_after_a_booking_a_correction_moves_it(talk: Talk, core: FakeCore) -> None:
    core.visit(datetime(2026, 11, 24, 10, 0, tzinfo=UTC), service_id=2, staff_id=2)
    talk.says("a trim with Ana on Friday at 3", "book_appointment")
    talk.says("yes", "affirm")
    assert "to Friday 20 November at 16:00" in talk.says("actually, an hour later", "correct")


def test_what_we_do_not_offer_is_said_by_its_name(talk: Talk) -> None:
    assert "“tattoo”" in talk.says("I want a tattoo", "out_of_scope")


def test_a_bit_later_never_throws_the_draft_away(talk: Talk) -> None:
    talk.says("a haircut with Ana on friday", "book_appointment")
    assert "Haircut with Ana" in talk.says("maybe a bit later", "start_over")


@pytest.mark.parametrize("asked_what_to_change", [False, True])
def test_to_move_what_is_not_booked_yet_asks_for_other_times(
    talk: Talk, *, asked_what_to_change: bool
) -> None:
    talk.says("a haircut with Ana on Friday at 3", "book_appointment")
    if asked_what_to_change:
        talk.says("no", "deny")
    assert "which one suits you?" in talk.says("I need to move it to another day", "reschedule_appointment")


def test_nonsense_goes_on_offering_a_person(talk: Talk) -> None:
    talk.says("blorp", "out_of_scope")
    assert "team" in talk.says("blarp", "inform")
    assert "team" in talk.says("blurp", "out_of_scope")


@pytest.mark.parametrize("said", ["the beard one", "Saturday's", "the one with Ben"])
def test_asked_which_visit_any_word_of_it_is_enough(talk: Talk, core: FakeCore, said: str) -> None:
    core.visit(FRIDAY_AT_3)
    core.visit(FRIDAY_AT_3 + timedelta(days=1), service_id=2, staff_id=2)
    assert "Which visit" in talk.says("cancel my appointment", "cancel_appointment")
    assert "Cancel your Beard trim with Ben" in talk.says(said, "choose_alternative")


@pytest.mark.parametrize("said", ["the beard one", "the Saturday one"])
def test_asked_which_visit_to_move_the_answer_is_no_wish(talk: Talk, core: FakeCore, said: str) -> None:
    core.visit(FRIDAY_AT_3)
    core.visit(FRIDAY_AT_3 + timedelta(days=1), service_id=2, staff_id=2)
    talk.says("I need to reschedule", "reschedule_appointment")
    assert "Your Beard trim on Saturday 21 November" in talk.says(said, "inform")
