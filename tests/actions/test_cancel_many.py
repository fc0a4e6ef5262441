"""Several visits are cancelled by one yes, after each was named with what cancelling it costs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.actions.talk import FRIDAY_AT_3, Talk
from tests.fakes.core import FakeCore

THIS_AFTERNOON = datetime(2026, 11, 17, 15, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def two_visits(core: FakeCore) -> None:
    core.visit(THIS_AFTERNOON)
    core.visit(FRIDAY_AT_3, service_id=2, staff_id=2)


def statuses(core: FakeCore) -> list[str]:
    return [visit.status for visit in core.visits]


def test_both_are_named_each_with_its_fee_and_one_yes_cancels_them(talk: Talk, core: FakeCore) -> None:
    asked = talk.says("cancel both please", "cancel_appointment")
    assert "Tuesday 17 November at 15:00: Haircut with Ana" in asked
    assert "a fee of £16 applies" in asked
    assert "Friday 20 November at 15:00: Beard trim with Ben" in asked
    assert "Cancelling is free" in asked
    assert asked.endswith("Cancel these 2 visits?")
    assert statuses(core) == ["booked", "booked"]
    assert talk.labels() == ["Yes, cancel them", "No, keep them"]
    assert "these visits are cancelled" in talk.says("yes", "affirm")
    assert statuses(core) == ["cancelled", "cancelled"]


def test_all_of_them_is_one_of_the_answers_to_which(talk: Talk, core: FakeCore) -> None:
    assert "Which visit" in talk.says("cancel my appointment", "cancel_appointment")
    talk.taps("All of them")
    assert "your visits stay as they are" in talk.says("no", "deny")
    assert statuses(core) == ["booked", "booked"]


def test_one_that_cannot_be_cancelled_is_named_and_stays(talk: Talk, core: FakeCore) -> None:
    talk.says("cancel all my appointments", "cancel_appointment")
    core.refusals["cancel"] = ["version_moved_on"]
    said = talk.says("yes", "affirm")
    assert "Haircut on Tuesday 17 November at 15:00 could not be cancelled" in said
    assert statuses(core) == ["booked", "cancelled"]


def test_all_that_was_cancelled_is_taken_back_at_once(talk: Talk, core: FakeCore) -> None:
    talk.says("cancel both please", "cancel_appointment")
    talk.says("yes", "affirm")
    said = talk.taps("Undo")
    assert said.startswith("Taken back, these visits stand:")
    assert talk.again() == said
    assert statuses(core) == ["booked", "booked"]


def test_one_whose_time_is_taken_meanwhile_is_named_and_the_rest_is_back(talk: Talk, core: FakeCore) -> None:
    talk.says("cancel both please", "cancel_appointment")
    talk.says("yes", "affirm")
    core.refusals["undo"] = ["slot_taken"]
    said = talk.says("undo that", "undo")
    assert "your Beard trim on Friday 20 November at 15:00 with Ben stands" in said
    assert "your Haircut with Ana on Tuesday 17 November at 15:00 stays cancelled" in said
    assert statuses(core) == ["cancelled", "booked"]


def test_a_crash_before_the_answer_was_kept_cancels_nothing_twice(talk: Talk, core: FakeCore) -> None:
    talk.says("cancel both please", "cancel_appointment")
    core.forgets_one_answer = True
    said = talk.says("yes", "affirm")
    assert "these visits are cancelled" in said
    assert [visit.version for visit in core.visits] == [2, 2]
    talk.taps("Undo")
    assert statuses(core) == ["booked", "booked"]
