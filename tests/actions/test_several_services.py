"""One visit may be of several services, with add-ons on top; words that fit several services are asked about."""

from __future__ import annotations

import pytest

from tests.actions.talk import FRIDAY_AT_3, Talk
from tests.fakes.core import FakeCore


def summary() -> Talk:
    talk = Talk(FakeCore())
    talk.says("a haircut with Ben on Friday at 3", "book_appointment")
    return talk


def booked(talk: Talk) -> list[int]:
    talk.says("yes", "affirm")
    return [item.service_id for item in talk.core.visits[-1].items]


@pytest.mark.parametrize(
    "said",
    [
        "a cut and a beard trim with Ben on Friday at 3",
        "haircut plus beard trim, Ben, friday 3pm",
        "I'd like a haircut with Ben Friday at 3 and also my beard",
    ],
    ids=str,
)
def test_two_services_are_one_visit_with_one_price_and_length(talk: Talk, core: FakeCore, said: str) -> None:
    text = talk.says(said, "book_appointment")
    assert "Haircut and Beard trim with Ben" in text
    assert "45 min" in text
    assert "£47.50" in text
    assert booked(talk) == [1, 2]
    assert core.visits[0].price_minor == 4750


@pytest.mark.parametrize(
    "said", ["add a beard trim", "and a beard trim please", "a beard trim too", "yes, and a beard trim"]
)
def test_another_service_is_added_at_the_summary(said: str) -> None:
    talk = summary()
    text = talk.says(said, "inform")
    assert "Haircut and Beard trim with Ben" in text
    assert "Friday 20 November at 15:00" in text
    assert talk.core.visits == []
    assert booked(talk) == [1, 2]


@pytest.mark.parametrize(
    "said", ["without the beard trim", "no beard trim", "just the haircut", "I don't need the beard trim"]
)
def test_a_service_is_taken_away_again(said: str) -> None:
    talk = summary()
    talk.says("add a beard trim", "inform")
    assert "Haircut with Ben" in talk.says(said, "correct")
    assert booked(talk) == [1]


def test_another_service_alone_replaces_the_first() -> None:
    talk = summary()
    assert "Beard trim with Ben" in talk.says("a beard trim instead", "correct")
    assert booked(talk) == [2]


def test_a_word_that_fits_two_services_is_asked_about(talk: Talk) -> None:
    assert talk.says("a colour on Friday at 3", "book_appointment") == "Which one do you mean?"
    assert talk.labels() == ["Full colour", "Root colour"]
    assert "Root colour with Ana" in talk.says("root", "inform")


def test_the_usual_one_needs_no_question(talk: Talk, core: FakeCore) -> None:
    core.customer = core.customer.model_copy(update={"usual_service_id": 4})
    assert "Root colour with Ana" in talk.says("a colour on Friday at 3", "book_appointment")


def test_what_is_unclear_does_not_lose_what_is_clear(talk: Talk) -> None:
    talk.says("a haircut and a colour with Ana on Friday at 3", "book_appointment")
    assert "Haircut and Full colour with Ana" in talk.taps("Full colour")


def test_either_of_two_is_asked_about(talk: Talk) -> None:
    talk.says("a haircut or a beard trim on Friday at 3", "book_appointment")
    assert talk.labels() == ["Haircut", "Beard trim"]


def test_each_service_has_somebody_who_does_it(talk: Talk) -> None:
    text = talk.says("a full colour and a beard trim on Friday at 3", "book_appointment")
    assert "Full colour and Beard trim with Ana and Ben" in text


def test_who_is_asked_for_begins_with_what_they_do(talk: Talk) -> None:
    text = talk.says("a full colour and a beard trim with Ben on Friday at 3", "book_appointment")
    assert "Beard trim and Full colour with Ben and Ana" in text


def test_an_add_on_is_offered_once_and_can_be_tapped() -> None:
    talk = summary()
    assert talk.labels() == ["Yes, book it", "Change something", "+ Hair mask (£9)"]
    assert "Haircut and Hair mask" in talk.taps("+ Hair mask")
    assert talk.labels() == ["Yes, book it", "Change something"]
    assert booked(talk) == [1, 5]


def test_an_add_on_that_nobody_wants_is_not_offered_again() -> None:
    talk = summary()
    talk.says("make it 4", "correct")
    assert talk.labels() == ["Yes, book it", "Change something"]


def test_an_add_on_is_not_lost_for_want_of_its_service(talk: Talk) -> None:
    talk.says("a mask on Friday at 3", "book_appointment")
    assert "Haircut and Hair mask" in talk.taps("Haircut")


def test_an_add_on_goes_with_the_service_it_belongs_to(talk: Talk) -> None:
    talk.says("a beard trim with Ben on Friday at 3", "book_appointment")
    text = talk.says("add a hair mask", "inform")
    assert "Hair mask can't be booked together" in text
    assert "Beard trim with Ben" in text


def test_moving_and_cancelling_name_all_services() -> None:
    core = FakeCore()
    core.visit(FRIDAY_AT_3, 1, 2, also=(2,))
    talk = Talk(core)
    assert "move your Haircut and Beard trim" in talk.says("move it to Friday at 4", "reschedule_appointment")
    assert core.searches[-1].also == (2,)
    talk.says("start over", "start_over")
    assert "Cancel your Haircut and Beard trim with Ben" in talk.says("cancel my visit", "cancel_appointment")


def test_it_is_the_same_in_spanish(talk: Talk, core: FakeCore) -> None:
    core.customer = core.customer.model_copy(update={"language": "es"})
    text = talk.says("haircut y beard trim con Ben el viernes a las 15:00", "book_appointment")
    assert "Haircut y Beard trim con Ben" in text
    assert "Haircut con Ben" in talk.says("sin el beard trim", "correct")
    assert "Haircut y Beard trim" in talk.says("añada beard trim", "correct")
