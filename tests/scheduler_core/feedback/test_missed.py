"""Who did not come hears of it once within the hour, kindly, with times to choose from."""

from tests.builders.core import Core
from tests.scheduler_core.appointments.steps import at, clock_at, decide, take, well
from tests.scheduler_core.feedback.afterwards import a_visit_over, heard, notice, set_policy

MISSED = (
    "Hi Maria, we missed you at Salon: your Haircut with Ana was on Tuesday 2 March at 10:00 AM. "
    "I hope all is well – these things happen."
)
TIMES = " Would one of these times suit you instead?"


def test_a_kind_word_and_three_times(core: Core) -> None:
    a_visit_over(core, step="noshow")
    assert heard(core) == [MISSED + TIMES]
    told = notice(core)
    assert (told["kind"], [each["answer"] for each in told["choices"]]) == (
        "visit_missed",
        ["slot", "slot", "slot", "other"],
    )
    core.clock.move(days=3)
    core.does_what_is_due()
    assert heard(core) == [MISSED + TIMES]


def test_a_slip_that_is_taken_back_is_never_said(core: Core) -> None:
    visit = core.booked(at("10:00"))
    clock_at(core, "10:20")
    missed = well(take(core, visit, "noshow"))
    core.does_what_is_due()
    clock_at(core, "10:24")
    well(decide(core, missed, "undo"))
    clock_at(core, "10:40")
    core.does_what_is_due()
    assert heard(core) == []


def test_a_fee_is_named_only_where_it_was_agreed(core: Core) -> None:
    set_policy(core, noshow_fee_percent=50)
    a_visit_over(core, step="noshow")
    assert heard(core) == [f"{MISSED} As agreed when you booked, a missed visit costs $20.00.{TIMES}"]


def test_who_has_booked_again_is_left_in_peace(core: Core) -> None:
    core.booked(at("10:00", day=9))
    a_visit_over(core, step="noshow")
    assert heard(core) == []


def test_at_night_it_waits_for_the_morning(core: Core) -> None:
    set_policy(core, quiet_from_hour=10)
    a_visit_over(core, step="noshow")
    assert heard(core) == []
    clock_at(core, "08:00", day=3)
    core.does_what_is_due()
    assert heard(core) == [MISSED + TIMES]
