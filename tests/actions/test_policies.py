"""What moving and cancelling cost is said, by the terms of the booking itself, before anybody says yes."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.actions.talk import FRIDAY_AT_3, Talk
from tests.fakes.core import FakeCore

THIS_AFTERNOON = datetime(2026, 11, 17, 15, 0, tzinfo=UTC)


def test_a_move_says_until_when_cancelling_stays_free_and_what_it_costs_then(
    talk: Talk, core: FakeCore
) -> None:
    core.visit(FRIDAY_AT_3)
    summary = talk.says("move my appointment to Thursday at 4", "reschedule_appointment")
    assert "cancel free of charge until Wednesday 18 November at 16:00; after that the fee is £16" in summary
    assert summary.endswith("Shall I move it?")


def test_the_terms_are_those_of_the_booking_not_todays(talk: Talk, core: FakeCore) -> None:
    two_days_before = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
    core.visit(FRIDAY_AT_3, free_cancel_until=two_days_before, late_fee_minor=500)
    summary = talk.says("move my appointment to Thursday at 4", "reschedule_appointment")
    assert "free of charge until Tuesday 17 November at 16:00; after that the fee is £5" in summary


def test_a_move_to_a_time_that_is_too_near_for_free_cancelling_says_so(talk: Talk, core: FakeCore) -> None:
    core.visit(FRIDAY_AT_3)
    summary = talk.says("move my appointment to today at 4pm", "reschedule_appointment")
    assert "cancelling it would cost £16" in summary


def test_where_nothing_is_ever_charged_only_that_is_said(talk: Talk, core: FakeCore) -> None:
    core.visit(FRIDAY_AT_3, late_fee_minor=0)
    summary = talk.says("move my appointment to Thursday at 4", "reschedule_appointment")
    assert summary.startswith("Moving it is free.\nTo confirm")


def test_how_often_a_visit_may_still_be_moved_is_said_before_it_is(talk: Talk, core: FakeCore) -> None:
    core.visit(FRIDAY_AT_3, reschedules_left=3)
    summary = talk.says("move my appointment to Thursday at 4", "reschedule_appointment")
    assert "can be moved 3 more times" in summary


def test_a_cancellation_says_what_it_costs_before_it_asks(talk: Talk, core: FakeCore) -> None:
    core.visit(THIS_AFTERNOON)
    asked = talk.says("cancel my appointment", "cancel_appointment")
    assert asked.index("a fee of £16 applies") < asked.index("Cancel your Haircut with Ana on Tuesday 17")


def test_a_cancellation_in_time_says_until_when_it_stays_free(talk: Talk, core: FakeCore) -> None:
    core.visit(FRIDAY_AT_3)
    asked = talk.says("cancel my appointment", "cancel_appointment")
    assert asked.startswith(
        "Cancelling is free until Thursday 19 November at 15:00; after that the fee is £16."
    )


def test_what_it_costs_is_asked_of_the_cancellation_not_of_the_visit(talk: Talk, core: FakeCore) -> None:
    core.visit(FRIDAY_AT_3)
    asked = talk.says("cancel my appointment", "cancel_appointment")
    assert talk.says("how much will that cost me?", "ask_price") == asked
