"""Questions beside the diary: the terms are told, what nobody told the assistant is not made up."""

from __future__ import annotations

import pytest

from tests.actions.talk import FRIDAY_AT_3, Talk
from tests.fakes.core import FakeCore

BEYOND_US = [
    ("do you have parking?", "ask_location"),
    ("can I bring my dog", "ask_services"),
    ("can I pay by card?", "ask_price"),
    ("is there wheelchair access?", "ask_location"),
    ("is my car ready", "out_of_scope"),
    ("what happens if I'm late?", "running_late"),
    ("are my test results in?", "nlu_fallback"),
]


@pytest.mark.parametrize(("said", "heard"), BEYOND_US, ids=[said for said, _ in BEYOND_US])
def test_what_only_the_team_knows_is_left_to_the_team(
    talk: Talk, core: FakeCore, said: str, heard: str
) -> None:
    core.visit(FRIDAY_AT_3)
    answer = talk.says(said, heard)
    assert "only the team can tell you" in answer
    assert "020 7946 0000" in answer
    assert talk.labels() == ["Talk to a person"]
    assert (core.handoffs, core.late) == ([], [])


def test_such_a_question_leaves_the_open_question_open(talk: Talk) -> None:
    talk.says("a haircut", "book_appointment")
    times = talk.labels()
    assert "Which of these times suits you?" in talk.says("do you have parking?", "ask_location")
    assert talk.labels() == [*times, "Talk to a person"]


def test_asked_together_with_a_wish_both_are_answered(talk: Talk) -> None:
    answer = talk.says("a haircut on Friday at 3, and is there parking?", "book_appointment")
    assert "Shall I book it?" in answer
    assert "only the team can tell you" in answer


def test_the_terms_of_each_visit_are_those_it_was_agreed_on(talk: Talk, core: FakeCore) -> None:
    core.visit(FRIDAY_AT_3, late_fee_minor=500)
    answer = talk.says("do I have to pay if I cancel?", "cancel_appointment")
    assert "free until Thursday 19 November at 15:00; after that the fee is £5" in answer
    assert talk.labels() == ["Move", "Cancel"]
    assert core.visits[0].status == "booked"


def test_who_has_no_visit_hears_todays_terms(talk: Talk) -> None:
    answer = talk.says("what's your cancellation policy?", "out_of_scope")
    assert "until 24 hours before it begins; after that the fee is 50%" in answer


def test_how_long_it_takes_is_about_what_is_being_arranged(talk: Talk) -> None:
    talk.says("a beard trim", "book_appointment")
    answer = talk.says("how long does it take?", "ask_services")
    assert answer.startswith("Beard trim: £15.50, 15 min\nWhich of these")


def test_a_time_chosen_with_a_question_is_chosen_and_the_question_answered_first(talk: Talk) -> None:
    talk.says("a haircut", "book_appointment")
    summary = talk.says("the 2nd one, and is there parking?", "ask_location")
    assert summary.startswith("That's something only the team can tell you")
    assert summary.endswith("Shall I book it?")


ASKS_FOR_A_REMINDER = [
    ("will I get a reminder?", "out_of_scope"),
    ("can you remind me?", "out_of_scope"),
    ("do you send reminders?", "stop"),
    ("are reminders sent?", "stop"),
    ("remind me the day before please", "correct"),
    ("will you text me before?", "nlu_fallback"),
    ("when do I get the reminder?", "list_appointments"),
    ("could you please send me a reminder", "human_handoff"),
]
ASKS_FOR_ONE_IN_SPANISH = [
    ("¿me recordarán la cita?", "reschedule_appointment"),
    ("¿me pueden recordar la cita?", "reschedule_appointment"),
    ("¿envían recordatorios?", "resume_messages"),
    ("recuérdemelo el día antes", "correct"),
    ("¿me avisan antes de la cita?", "nlu_fallback"),
    ("¿recibiré un recordatorio?", "out_of_scope"),
]


@pytest.mark.parametrize("has_a_visit", [True, False])
@pytest.mark.parametrize(("said", "heard"), ASKS_FOR_A_REMINDER)
def test_who_asks_for_a_reminder_hears_when_it_comes(
    talk: Talk, core: FakeCore, said: str, heard: str, has_a_visit: bool
) -> None:
    if has_a_visit:
        core.visit(FRIDAY_AT_3)
    assert talk.says(said, heard) == (
        "Yes: before each visit Studio Nord writes to you here, the day before at 10:00 and 2 hours before, "
        "to ask whether you're coming."
    )


@pytest.mark.parametrize(("said", "heard"), ASKS_FOR_ONE_IN_SPANISH)
def test_and_in_spanish(talk: Talk, core: FakeCore, said: str, heard: str) -> None:
    core.visit(FRIDAY_AT_3)
    assert talk.says(said, heard, language="es") == (
        "Sí: antes de cada cita Studio Nord le escribe por aquí, el día anterior a las 10:00 y 2 horas antes, "
        "para preguntarle si vendrá."
    )


def test_a_business_without_reminders_says_so(talk: Talk, core: FakeCore) -> None:
    core.reminders = []
    assert "sends no reminders" in talk.says("do you send reminders?", "stop")


def test_asked_beside_a_booking_both_are_answered(talk: Talk) -> None:
    answer = talk.says("a haircut on Friday at 3, and can you remind me the day before?", "book_appointment")
    assert "Shall I book it?" in answer
    assert "the day before at 10:00" in answer


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("stop sending me reminders", "stop"),
        ("can you stop the reminders please", "stop"),
        ("please do not send me reminders", "stop"),
        ("no more reminders", "stop"),
    ],
)
def test_who_wants_no_reminders_gets_none(talk: Talk, core: FakeCore, said: str, heard: str) -> None:
    assert "no more messages" in talk.says(said, heard)


@pytest.mark.parametrize(
    "said", ["can you remind me when my appointment is?", "remind me what time I'm booked"]
)
def test_who_asks_to_be_reminded_of_what_is_booked_hears_that(talk: Talk, core: FakeCore, said: str) -> None:
    core.visit(FRIDAY_AT_3)
    assert "Friday 20 November at 15:00" in talk.says(said, "list_appointments")
