"""What we told by ourselves is replied to in any words, and the reply is understood by it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.actions.talk import FRIDAY_AT_3, Talk
from tests.fakes.core import FakeCore

ASKED = (("keep", "Yes, I'll be there", None), ("move", "Another time", None), ("drop", "I can't come", None))


class Told(Talk):
    """Maria, who has a haircut on Friday at three, was asked whether she comes."""

    def __init__(self, core: FakeCore) -> None:
        super().__init__(core)
        self.visit = core.visit(FRIDAY_AT_3)

    def is_told(self, kind: str = "reminder") -> dict[str, Any]:
        return self.core.tells(kind, self.visit, ASKED)

    def is_offered(self) -> dict[str, Any]:
        """Her visit is gone, and two others are offered instead."""
        self.core._set(self.visit, {"status": "cancelled"})
        (gone,) = self.core.visits
        slots = [
            ("slot", f"Fri 20 Nov, 1{hour}:00 · Ana", FRIDAY_AT_3 + timedelta(hours=hour - 5))
            for hour in (4, 6)
        ]
        return self.core.tells("visit_declined", gone, [*slots, ("other", "Other times", None)])

    def must_move(self) -> dict[str, Any]:
        """Her visit still stands, but cannot stay."""
        slot = ("slot", "Fri 20 Nov, 14:00 · Ana", FRIDAY_AT_3 - timedelta(hours=1))
        choices = [slot, ("other", "Other times", None), ("drop", "I can't come", None)]
        return self.core.tells("visit_must_move", self.visit, choices)

    @property
    def answer(self) -> str | None:
        return self.core.notices[-1].answer


@pytest.fixture
def talk(core: FakeCore) -> Told:
    return Told(core)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("yes I'll be there", "affirm"),
        ("ok", "affirm"),
        ("see you then", "goodbye"),
        ("see you friday!", "goodbye"),
        ("thanks", "thank"),
        ("we'll be there at 3", "inform"),
        ("still on", "out_of_scope"),
    ],
)
def test_who_says_that_they_come_is_expected(talk: Told, text: str, intent: str) -> None:
    talk.is_told()
    assert talk.says(text, intent) == "Thank you! See you on Friday 20 November at 15:00."
    assert talk.answer == "keep"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("can't make it", "cancel_appointment"),
        ("no", "deny"),
        ("I won't be able to come", "out_of_scope"),
        ("cancel it please", "cancel_appointment"),
        ("something came up", "out_of_scope"),
    ],
)
def test_who_cannot_come_is_asked_once_more_with_the_terms(talk: Told, text: str, intent: str) -> None:
    talk.is_told()
    assert "Cancel your Haircut with Ana on Friday 20 November at 15:00?" in talk.says(text, intent)
    assert talk.answer == "drop"
    assert "is cancelled" in talk.says("yes", "affirm")


@pytest.mark.parametrize(
    ("text", "intent", "said"),
    [
        ("can we do later?", "request_alternatives", "16:00"),
        ("an hour later would be better", "inform", "16:00"),
        ("move it to saturday 3pm", "reschedule_appointment", "Saturday 21 November at 15:00"),
        ("yes but at 4", "affirm", "to Friday 20 November at 16:00"),
        ("can't make friday, saturday at 10?", "reschedule_appointment", "Saturday 21 November at 10:00"),
    ],
)
def test_another_time_moves_that_very_visit(talk: Told, text: str, intent: str, said: str) -> None:
    talk.core.visit(FRIDAY_AT_3 + timedelta(days=4), service_id=2, staff_id=2)
    talk.is_told()
    answer = talk.says(text, intent)
    assert said in " ".join([answer, *talk.labels()])
    assert talk.core.state["appointment_id"] == talk.visit.id


def test_buttons_and_digits_are_those_of_the_notice(talk: Told) -> None:
    notice = talk.is_told()
    talk.taps("Another time", plan=notice)
    assert talk.core.state["goal"] == "move"
    talk.taps("Yes, I'll be there", plan=notice)
    assert talk.answer == "keep"


def test_a_question_beside_it_is_answered_and_the_notice_asks_again(talk: Told) -> None:
    talk.is_told()
    answer = talk.says("how much was it again?", "ask_price")
    assert answer.splitlines() == [
        "Your Haircut on Friday 20 November at 15:00 comes to £32.",
        "Are you coming to your Haircut on Friday 20 November at 15:00?",
    ]
    assert talk.labels() == [label for _, label, _ in ASKED]
    assert "See you" in talk.taps("Yes")
    assert talk.answer == "keep"


def test_who_asks_who_writes_is_told(talk: Told) -> None:
    talk.is_told()
    assert "assistant of Studio Nord" in talk.says("who is this?", "out_of_scope")
    assert talk.labels() == [label for _, label, _ in ASKED]


@pytest.mark.parametrize("heard_as", ["out_of_scope", "stop"])
def test_a_wrong_number_gets_no_more_and_the_team_is_told(talk: Told, heard_as: str) -> None:
    talk.is_told()
    assert "no more messages" in talk.says("wrong number", heard_as)
    assert talk.core.consents == [(False, "wrong number", None)]
    assert talk.core.handoffs == ["says this is a wrong number: wrong number"]


def test_another_wish_is_honoured_and_the_notice_waits_for_its_answer(talk: Told) -> None:
    talk.is_told()
    assert "beard" in talk.says("I'd also like a beard trim", "book_appointment").lower()
    assert talk.answer is None
    talk.taps(talk.labels()[0])
    booked = talk.says("yes", "affirm")
    assert "Booked" in booked
    assert booked.endswith("Are you coming to your Haircut on Friday 20 November at 15:00?")
    talk.says("yes, see you then", "affirm")
    assert talk.answer == "keep"


def test_a_yes_with_another_wish_is_both(talk: Told) -> None:
    talk.is_told()
    answer = talk.says("yes and a beard trim on saturday at 10", "affirm")
    assert "See you on Friday" in answer
    assert "Beard trim" in answer
    assert talk.answer == "keep"


def test_what_was_being_arranged_comes_back(talk: Told) -> None:
    summary = talk.says("a beard trim on saturday at 10", "book_appointment")
    talk.is_told()
    answer = talk.says("yes I'll be there", "affirm")
    assert answer.startswith("Thank you! See you on Friday")
    assert answer.endswith(summary)
    assert "Booked" in talk.says("yes", "affirm")


def test_it_comes_back_after_the_visit_was_cancelled_too(talk: Told) -> None:
    talk.says("a beard trim on saturday", "book_appointment")
    offered = talk.labels()[:3]
    talk.is_told()
    talk.says("I can't come", "cancel_appointment")
    assert "is cancelled" in talk.says("yes", "affirm")
    assert talk.labels()[:3] == offered


def test_a_time_among_those_offered_goes_on_with_what_was_arranged(talk: Told) -> None:
    talk.says("a beard trim on saturday morning", "book_appointment")
    talk.is_told()
    assert "To confirm" in talk.says("10 am", "inform")
    assert "Are you coming" in talk.says("yes", "affirm")


def test_a_visit_that_has_moved_since_is_said_and_nothing_is_done(talk: Told) -> None:
    notice = talk.is_told()
    talk.core._set(talk.visit, {"start": FRIDAY_AT_3 + timedelta(days=1)})
    assert "is now on Saturday 21 November at 15:00" in talk.taps("Yes", plan=notice)
    assert talk.answer is None
    assert "is now on Saturday" in talk.taps("I can't come", plan=notice)
    assert "Cancel your Haircut with Ana on Saturday" in talk.plan["text"]


def test_a_visit_that_is_gone_is_said(talk: Told) -> None:
    talk.is_told()
    talk.core._set(talk.visit, {"status": "cancelled"})
    assert "no longer in the diary" in talk.says("yes I'll be there", "affirm")


def test_what_has_gone_does_not_stand_in_the_way_of_another_matter(talk: Told) -> None:
    talk.is_told()
    talk.core._set(talk.visit, {"status": "cancelled"})
    assert "Beard trim" in talk.says("a beard trim on saturday at 10", "book_appointment")


def test_another_visit_that_is_named_is_the_one_that_is_meant(talk: Told) -> None:
    tuesday = talk.core.visit(FRIDAY_AT_3 + timedelta(days=4), service_id=2, staff_id=2)
    talk.is_told()
    assert "Cancel your Beard trim" in talk.says("cancel my tuesday appointment", "cancel_appointment")
    assert talk.core.state["appointment_id"] == tuesday.id


def test_no_to_a_move_looks_for_another_time(talk: Told) -> None:
    talk.is_told("visit_moved")
    assert "Your Haircut on Friday 20 November at 15:00" in talk.says("no", "deny")
    assert talk.core.state["goal"] == "move"


def test_good_news_asks_nothing_and_is_still_understood(talk: Told) -> None:
    talk.core.tells("visit_confirmed", talk.visit, ASKED[1:])
    assert "See you on" in talk.says("great, thanks!", "thank")
    talk.core.tells("visit_confirmed", talk.visit, ASKED[1:])
    assert "Cancel your Haircut" in talk.says("sorry, I can't come after all", "cancel_appointment")


def test_one_of_the_times_offered_instead_is_summed_up_and_booked_after_a_yes(talk: Told) -> None:
    notice = talk.is_offered()
    assert "Haircut with Ana, for Maria\nFriday 20 November at 16:00" in talk.taps(
        "Fri 20 Nov, 16:00", plan=notice
    )
    assert booked_starts(talk.core) == []
    talk.says("yes", "affirm")
    assert booked_starts(talk.core) == [FRIDAY_AT_3 + timedelta(hours=1)]


@pytest.mark.parametrize("text", ["the second one", "at 4", "4 pm is fine"])
def test_it_is_picked_in_words_as_well(talk: Told, text: str) -> None:
    talk.is_offered()
    assert "Friday 20 November at 16:00" in talk.says(text, "choose_alternative")


def test_any_other_time_is_looked_for(talk: Told) -> None:
    notice = talk.is_offered()
    assert "Saturday 21 November at 10:00" in talk.says("saturday at 10?", "check_availability")
    talk.taps("Other times", plan=notice)
    assert talk.labels()[:3] == [f"Fri 20 Nov, {clock} · Ana" for clock in ("14:30", "15:30", "16:30")]


def booked_starts(core: FakeCore) -> list[Any]:
    return [each.start for each in core.visits if each.status == "booked"]


def test_in_spanish(talk: Told) -> None:
    talk.core.customer = talk.core.customer.model_copy(update={"language": "es"})
    for text, said in (
        ("sí, ahí estaré", "Le esperamos"),
        ("no puedo ir", "¿Cancelo su cita de Haircut"),
        ("¿puede ser más tarde?", "16:00"),
    ):
        talk.is_told()
        answer = talk.says(text, "out_of_scope", language="es")
        assert said in " ".join([answer, *talk.labels()])


def test_who_will_be_late_comes(talk: Told) -> None:
    talk.is_told()
    assert "Are you coming" not in talk.says("I'll be 10 minutes late", "running_late")
    assert talk.answer == "keep"


def test_the_buttons_follow_the_language(talk: Told) -> None:
    talk.is_told()
    assert "¿Vendrá a su cita de Haircut" in talk.says("¿dónde están?", "ask_location", language="es")
    assert talk.labels() == ["Sí, ahí estaré", "Otra hora", "No puedo ir"]


def test_a_visit_that_cannot_stay_moves_to_a_time_that_was_offered(talk: Told) -> None:
    told = talk.must_move()
    talk.taps("Fri 20 Nov, 14:00", plan=told)
    talk.says("yes", "affirm")
    (visit,) = talk.core.visits
    assert (visit.id, visit.start) == (talk.visit.id, FRIDAY_AT_3 - timedelta(hours=1))


def test_it_can_be_dropped_instead(talk: Told) -> None:
    told = talk.must_move()
    talk.taps("I can't come", plan=told)
    talk.says("yes", "affirm")
    assert [visit.status for visit in talk.core.visits] == ["cancelled"]


def test_other_times_than_those_offered_are_looked_up(talk: Told) -> None:
    told = talk.must_move()
    talk.taps("Other times", plan=told)
    assert any("Fri 20 Nov" in label or "Thu 19 Nov" in label for label in talk.labels())


def test_who_cannot_come_then_either_says_so_in_words(talk: Told) -> None:
    talk.must_move()
    talk.says("please cancel it then", "cancel_appointment")
    talk.says("yes", "affirm")
    assert [visit.status for visit in talk.core.visits] == ["cancelled"]
