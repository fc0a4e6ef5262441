"""Two who come together get two visits with one summary and one yes: both are booked or neither."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.actions.talk import FRIDAY_AT_3, Talk
from tests.fakes.core import FakeCore


@pytest.mark.parametrize(
    ("said", "companion"),
    [
        ("two haircuts for me and my son Leo on Friday at 3", "Leo (son)"),
        ("can we both come for a haircut on Friday at 3? two trims", "guest"),
        ("a haircut for my husband and me Friday at 3", "husband"),
        ("2 haircuts friday 3pm", "guest"),
    ],
    ids=str,
)
def test_two_are_seen_at_the_same_time(talk: Talk, core: FakeCore, said: str, companion: str) -> None:
    summary = talk.says(said, "book_appointment")
    assert "Haircut for Maria with Ana, Friday 20 November at 15:00" in summary
    assert "with Ben, Friday 20 November at 15:00" in summary
    assert "£64 for both" in summary
    assert core.visits == []
    assert "Both are booked" in talk.says("yes", "affirm")
    assert [(visit.staff_id, visit.attendee) for visit in core.visits] == [(1, None), (2, companion)]


def test_one_after_the_other_is_said(talk: Talk, core: FakeCore) -> None:
    core.people_in = [1]
    summary = talk.says("two haircuts for me and my son Leo on Friday at 3", "book_appointment")
    assert "one right after the other" in summary
    assert "for your son Leo with Ana, Friday 20 November at 15:30" in summary


def test_times_are_offered_for_both(talk: Talk) -> None:
    talk.says("two haircuts for me and my son", "book_appointment")
    assert talk.labels()[0].endswith("· Ana and Ben")
    assert "Shall I book both?" in talk.says("2", "choose_alternative")


def test_undo_takes_back_both(talk: Talk, core: FakeCore) -> None:
    talk.says("two haircuts for me and my son Leo on Friday at 3", "book_appointment")
    talk.says("yes", "affirm")
    said = talk.taps("Undo")
    assert "for your son Leo" in said
    assert [visit.status for visit in core.visits] == ["cancelled", "cancelled"]


def test_when_one_is_taken_meanwhile_neither_is_booked(talk: Talk, core: FakeCore) -> None:
    talk.says("two haircuts for me and my son Leo on Friday at 3", "book_appointment")
    core.taken.add(FRIDAY_AT_3)
    assert "Booked" not in talk.says("yes", "affirm")
    assert core.visits == []


def test_alone_after_all(talk: Talk) -> None:
    talk.says("two haircuts for me and my son Leo on Friday at 3", "book_appointment")
    assert "Haircut with Ana, for Maria" in talk.says("just for me", "correct")


def test_no_time_for_two_is_said_with_what_is_near(talk: Talk, core: FakeCore) -> None:
    core.people_in = [1]
    core.taken.add(FRIDAY_AT_3 + timedelta(minutes=30))
    said = talk.says("two haircuts for me and my son on Friday at 3", "book_appointment")
    assert "nothing for the two of you then" in said
    assert talk.labels()[0].endswith("· Ana and Ana")


@pytest.mark.parametrize(
    "said", ["a haircut in two weeks", "a haircut at two on Friday", "for two hours? a haircut"], ids=str
)
def test_two_of_something_else_is_one_visit(talk: Talk, core: FakeCore, said: str) -> None:
    talk.says(said, "book_appointment")
    assert core.searches


def test_it_is_the_same_in_spanish(talk: Talk, core: FakeCore) -> None:
    core.customer = core.customer.model_copy(update={"language": "es"})
    said = talk.says("haircut para mí y para mi hijo Leo el viernes a las 15:00", "book_appointment")
    assert "Haircut para su hijo Leo con Ben" in said


def test_two_who_want_to_come_every_week_get_the_first_date_and_are_told(talk: Talk, core: FakeCore) -> None:
    said = talk.says("two haircuts for me and my son every Friday at 3, 4 times", "book_appointment")
    said += talk.plan["text"] if "for both" in said else talk.taps(talk.labels()[0])
    assert "one date at a time" in said
    talk.says("yes", "affirm")
    assert len(core.visits) == 2
