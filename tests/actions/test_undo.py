"""What was just booked, moved or cancelled can be taken back, by button or in words, for as long as the core allows."""

from __future__ import annotations

from tests.actions.talk import FRIDAY_AT_3, Talk
from tests.fakes.core import FakeCore


def booked() -> Talk:
    talk = Talk(FakeCore())
    talk.says("a haircut with Ana on Friday at 3", "book_appointment")
    talk.says("yes", "affirm")
    return talk


def test_a_booking_is_taken_back_by_its_button() -> None:
    talk = booked()
    assert "Undo" in talk.labels()

    said = talk.taps("Undo")

    assert "is not booked any more" in said
    assert [visit.status for visit in talk.core.visits] == ["cancelled"]


def test_a_cancellation_is_taken_back_in_words() -> None:
    core = FakeCore()
    core.visit(FRIDAY_AT_3)
    talk = Talk(core)
    talk.says("cancel my appointment", "cancel_appointment")
    talk.says("yes", "affirm")

    assert "stands" in talk.says("oops, I didn't mean that", "undo")
    assert [visit.status for visit in core.visits] == ["booked"]


def test_a_move_goes_back_to_the_old_time() -> None:
    core = FakeCore()
    core.visit(FRIDAY_AT_3)
    talk = Talk(core)
    talk.says("move my appointment to Friday at 4", "reschedule_appointment")
    talk.says("yes", "affirm")
    talk.says("thanks", "thank")

    assert "Friday 20 November at 15:00 again" in talk.says("undo", "undo")
    assert core.visits[0].start == FRIDAY_AT_3


def test_too_late_is_said_with_what_stands() -> None:
    talk = booked()
    talk.core.refusals["undo"] = ["undo_too_late"]
    assert "too late to undo" in talk.taps("Undo")
    assert [visit.status for visit in talk.core.visits] == ["booked"]


def test_with_nothing_done_there_is_nothing_to_undo() -> None:
    assert "nothing I could undo" in Talk(FakeCore()).says("undo", "undo")


def test_a_second_tap_after_a_crash_undoes_nothing_more() -> None:
    talk = booked()
    first = talk.taps("Undo")
    assert talk.again() == first
