"""A time that is kept for who waits is answered in any words, and told honestly."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.actions.talk import FRIDAY_AT_3, Talk
from tests.fakes.core import FakeCore

LATER = FRIDAY_AT_3 + timedelta(days=4)


def starts(core: FakeCore) -> list[object]:
    return [each.start for each in core.visits if each.status == "booked"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("yes please", "affirm"),
        ("I'll take it", "affirm"),
        ("1", "choose_alternative"),
        ("friday at 3 is perfect", "inform"),
        ("book me in for friday at 3", "book_appointment"),
        ("that works for me", "out_of_scope"),
    ],
)
def test_yes_takes_it(talk: Talk, text: str, intent: str) -> None:
    talk.core.offers(FRIDAY_AT_3)
    assert "Booked" in talk.says(text, intent)
    assert starts(talk.core) == [FRIDAY_AT_3]


@pytest.mark.parametrize(
    ("text", "intent"),
    [("no thanks", "deny"), ("I can't make it then", "out_of_scope"), ("2", "choose_alternative")],
)
def test_no_passes_it_on_and_they_go_on_waiting(talk: Talk, text: str, intent: str) -> None:
    talk.core.offers(FRIDAY_AT_3)
    assert talk.says(text, intent) == (
        "All right, I've let Friday 20 November at 15:00 go. You're still on the waitlist, and I'll write when "
        "another time comes free."
    )
    assert talk.core.declined == [(40, False)]
    assert starts(talk.core) == []


@pytest.mark.parametrize("text", ["stop waiting", "take me off the waitlist"])
def test_they_may_stop_waiting_altogether(talk: Talk, text: str) -> None:
    talk.core.offers(FRIDAY_AT_3)
    assert "off the waitlist for Haircut" in talk.says(text, "leave_waitlist")
    assert talk.core.declined == [(40, True)]


def test_the_buttons_are_those_of_the_offer(talk: Talk) -> None:
    first = talk.core.offers(FRIDAY_AT_3)
    assert "let Friday 20 November at 15:00 go" in talk.taps("No, thanks", plan=first)
    second = talk.core.offers(LATER)
    assert "Booked" in talk.taps("Yes, please", plan=second)
    assert starts(talk.core) == [LATER]


def test_an_earlier_time_moves_the_visit_they_have(talk: Talk) -> None:
    visit = talk.core.visit(LATER)
    talk.core.offers(FRIDAY_AT_3, visit)
    assert "Friday 20 November at 15:00" in talk.says("yes", "affirm")
    assert starts(talk.core) == [FRIDAY_AT_3]


def test_no_to_an_earlier_time_keeps_the_visit_they_have(talk: Talk) -> None:
    visit = talk.core.visit(LATER)
    talk.core.offers(FRIDAY_AT_3, visit)
    assert "Your visit on Tuesday 24 November at 15:00 stays as it is" in talk.says("no", "deny")
    assert starts(talk.core) == [LATER]


def test_thanks_take_nothing(talk: Talk) -> None:
    talk.core.offers(FRIDAY_AT_3)
    talk.says("thanks!", "thank")
    assert starts(talk.core) == []
    talk.says("yes", "affirm")
    assert starts(talk.core) == [FRIDAY_AT_3]


def test_a_late_yes_hears_until_when_it_was_kept_and_what_can_be_had(talk: Talk) -> None:
    talk.core.offers(FRIDAY_AT_3)
    talk.core.offer_ends = "silent"
    talk.core.taken.add(FRIDAY_AT_3)
    said = talk.says("yes", "affirm")
    assert said.startswith("I could keep Friday 20 November at 15:00 for you only until")
    assert "still on the waitlist" in said
    assert starts(talk.core) == []
    assert talk.labels()


def test_a_late_yes_to_what_is_still_free_is_asked_once_more(talk: Talk) -> None:
    talk.core.offers(FRIDAY_AT_3)
    talk.core.offer_ends = "silent"
    assert "Shall I book it?" in talk.says("yes", "affirm")
    talk.says("yes", "affirm")
    assert starts(talk.core) == [FRIDAY_AT_3]


def test_a_question_beside_it_is_answered_and_the_offer_asks_again(talk: Talk) -> None:
    talk.core.offers(FRIDAY_AT_3)
    assert "Would you like it?" in talk.says("where are you?", "ask_location")
    talk.says("yes", "affirm")
    assert starts(talk.core) == [FRIDAY_AT_3]


def test_another_wish_is_another_wish(talk: Talk) -> None:
    talk.core.offers(FRIDAY_AT_3)
    assert "Beard trim" in talk.says("a beard trim on saturday at 10", "book_appointment")
    talk.says("yes", "affirm")
    assert FRIDAY_AT_3 not in starts(talk.core)


def test_a_turn_that_is_taken_again_says_the_same(talk: Talk) -> None:
    talk.core.offers(FRIDAY_AT_3)
    talk.core.forgets_one_answer = True
    assert "Booked" in talk.says("yes", "affirm")
    assert starts(talk.core) == [FRIDAY_AT_3]


def test_in_spanish(talk: Talk) -> None:
    talk.core.customer = talk.core.customer.model_copy(update={"language": "es"})
    talk.core.offers(FRIDAY_AT_3)
    assert "dejo libre el viernes 20 de noviembre" in talk.says("no, gracias", "deny", language="es")
    talk.core.offers(LATER)
    talk.says("sí, por favor", "affirm", language="es")
    assert starts(talk.core) == [LATER]
