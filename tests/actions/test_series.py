"""Visits that recur: how many is asked only if it was not said; they are summed up by date and booked as a whole."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.actions.talk import Talk
from tests.fakes.core import FakeCore


def starts(core: FakeCore) -> list[str]:
    return [f"{visit.start:%a %d %b %H:%M}" for visit in core.visits]


def test_a_series_is_summed_up_date_by_date_and_booked_by_one_yes(talk: Talk, core: FakeCore) -> None:
    summary = talk.says("every other Tuesday at 3pm for a trim with Ana, 4 times", "book_appointment")
    assert "4 visits from Tue 17 Nov, 15:00 to Tue 29 Dec, 15:00" in summary
    assert "Tue 1 Dec, 15:00\nTue 15 Dec, 15:00" in summary
    assert summary.endswith("Shall I book them all?")
    assert core.visits == []
    assert "Booked! 4 visits" in talk.says("yes please", "affirm")
    assert starts(core) == ["Tue 17 Nov 15:00", "Tue 01 Dec 15:00", "Tue 15 Dec 15:00", "Tue 29 Dec 15:00"]
    assert core.rules[-1] == "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=4"


def test_how_many_is_asked_with_buttons_only_if_it_was_not_said(talk: Talk, core: FakeCore) -> None:
    asked = talk.says("a haircut with Ana every Friday at 3", "book_appointment")
    assert "How many visits" in asked
    assert talk.labels() == ["4 visits", "8 visits", "12 visits"]
    assert "8 visits from Fri 20 Nov, 15:00" in talk.taps("8 visits")


@pytest.mark.parametrize(
    ("answer", "rule"),
    [
        ("3", "COUNT=3"),
        ("make it six please", "COUNT=6"),
        ("5 times", "COUNT=5"),
        ("until Christmas", "UNTIL=20261225"),
        ("for four weeks", "UNTIL=20261217"),
    ],
)
def test_how_many_is_answered_in_words_too(talk: Talk, core: FakeCore, answer: str, rule: str) -> None:
    talk.says("a haircut with Ana every Friday at 3", "book_appointment")
    assert "Shall I book them all?" in talk.says(answer, "inform")
    assert core.rules == [f"FREQ=WEEKLY;INTERVAL=1;BYDAY=FR;{rule}"]


def test_an_end_that_was_said_is_not_asked_for(talk: Talk, core: FakeCore) -> None:
    talk.says("weekly haircut with Ana on Fridays at 3 until Christmas", "book_appointment")
    assert core.rules == ["FREQ=WEEKLY;INTERVAL=1;UNTIL=20261225"]


def test_sessions_on_mondays_recur_weekly(talk: Talk, core: FakeCore) -> None:
    talk.says("six sessions on Mondays at 10 for a haircut with Ana", "book_appointment")
    assert core.rules == ["FREQ=WEEKLY;INTERVAL=1;BYDAY=MO;COUNT=6"]


def test_what_clashes_is_said_with_what_would_be_done_about_it(talk: Talk, core: FakeCore) -> None:
    core.taken.add(datetime(2026, 11, 27, 15, 0, tzinfo=UTC))
    summary = talk.says("a haircut with Ana every Friday at 3, 12 times", "book_appointment")
    assert "Fri 27 Nov, 15:00 can't be had; Fri 27 Nov, 15:30 instead." in summary
    assert (
        "Left out: Fri 22 Jan, 15:00, Fri 29 Jan, 15:00, Fri 5 Feb, 15:00 (further ahead than we book)."
        in summary
    )
    assert "To confirm, 9 visits" in summary


def test_what_changed_since_the_summary_is_never_booked_unseen(talk: Talk, core: FakeCore) -> None:
    talk.says("a haircut with Ana every Friday at 3, 4 times", "book_appointment")
    core.taken.add(datetime(2026, 11, 27, 15, 0, tzinfo=UTC))
    again = talk.says("yes", "affirm")
    assert "nothing is booked yet" in again
    assert "Fri 27 Nov, 15:30 instead" in again
    assert core.visits == []
    assert "Booked! 4 visits" in talk.says("yes", "affirm")


def test_a_correction_at_the_summary_books_nothing_yet(talk: Talk, core: FakeCore) -> None:
    talk.says("a haircut with Ana every Friday at 3, 4 times", "book_appointment")
    assert "6 visits" in talk.says("yes but six times", "affirm")
    assert "16:00" in talk.says("no, at 4pm", "deny")
    assert core.visits == []


def test_just_once_makes_it_one_visit(talk: Talk, core: FakeCore) -> None:
    talk.says("a haircut with Ana every Friday at 3, 4 times", "book_appointment")
    assert talk.says("just once please", "correct").endswith("Shall I book it?")


def test_my_appointments_shows_a_series_as_one_line(talk: Talk, core: FakeCore) -> None:
    talk.says("a haircut with Ana every Friday at 3, 4 times", "book_appointment")
    talk.says("yes", "affirm")
    shown = talk.says("what do I have booked?", "list_appointments")
    assert shown.count("•") == 1
    assert "4 visits from Fri 20 Nov, 15:00 to Fri 11 Dec, 15:00: Haircut with Ana" in shown


def test_a_series_just_booked_is_taken_back_whole(talk: Talk, core: FakeCore) -> None:
    talk.says("a haircut with Ana every Friday at 3, 4 times", "book_appointment")
    assert talk.labels()[0] == "Yes, book them"
    talk.says("yes", "affirm")
    said = talk.taps("Undo")
    assert "Taken back: the 4 visits from Fri 20 Nov, 15:00 to Fri 11 Dec, 15:00" in said
    assert talk.again() == said
    assert {visit.status for visit in core.visits} == {"cancelled"}


def test_one_that_was_moved_meanwhile_stays_and_is_named(talk: Talk, core: FakeCore) -> None:
    talk.says("a haircut with Ana every Friday at 3, 4 times", "book_appointment")
    talk.says("yes", "affirm")
    core.visits[1] = core.visits[1].model_copy(update={"version": 2})
    assert "stay:\n• Friday 27 November at 15:00" in talk.taps("Undo")


def test_a_series_is_too_old_to_be_taken_back(talk: Talk, core: FakeCore) -> None:
    talk.says("a haircut with Ana every Friday at 3, 4 times", "book_appointment")
    talk.says("yes", "affirm")
    core.refusals["undo"] = ["undo_too_late"]
    assert "too late to undo" in talk.taps("Undo")
    assert {visit.status for visit in core.visits} == {"booked"}


def test_a_crash_before_the_answer_was_kept_books_no_second_series(talk: Talk, core: FakeCore) -> None:
    talk.says("a haircut with Ana every Friday at 3, 4 times", "book_appointment")
    core.forgets_one_answer = True
    assert "Booked! 4 visits" in talk.says("yes", "affirm")
    assert len(core.visits) == 4
