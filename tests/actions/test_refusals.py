"""What a customer hears when the core says no: the reason it gave, what is near, and never a claim of our own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.actions.talk import FRIDAY_AT_3, Talk
from tests.fakes.core import FakeCore

_WISH = "a trim with Ana on Friday at 3"
_LIMITS = {
    "customer_busy": "overlap with your Beard trim on Friday 20 November at 15:15",
    "too_many_that_day": "as many visits on Friday 20 November as we book for one person",
    "day_full": "no more bookings for Haircut on Friday 20 November",
    "resource_busy": "room or equipment that Haircut needs is in use",
    "closed_day": "closed then",
    "person_away": "Ana isn't in then",
    "too_soon": "too short notice",
    "too_far": "further ahead than we book",
    "off_grid": "don't start at that minute",
    "no_such_time": "doesn't exist",
    "made_of_cheese": "Friday 20 November at 15:00 can't be booked",
}
_NOES = [
    *_LIMITS, "too_many_visits", "not_offered", "reschedule_limit", "addon_alone", "addon_not_offered", "class_alone",
    "forbidden", "not_found", "already_started", "already_cancelled", "version_moved_on", "wrong_state", "malformed",
    "customer_erased", "slot_taken", "ambiguous_time", "idempotency_key_reused",
]  # fmt: skip
_CLAIMS = ("taken", "no upcoming visits", "Booked!", "Moved!", "Done:")


@pytest.mark.parametrize(("code", "said"), _LIMITS.items(), ids=list(_LIMITS))
def test_a_closed_time_is_answered_with_its_own_reason(
    talk: Talk, core: FakeCore, code: str, said: str
) -> None:
    core.visit(FRIDAY_AT_3 + timedelta(minutes=15), service_id=2, staff_id=2)
    core.closed = code
    answer = talk.says(_WISH, "book_appointment")
    assert said in answer
    assert "taken" not in answer
    assert "nearest" not in answer  # there are none


@pytest.mark.parametrize("code", [code for code in _LIMITS if code != "made_of_cheese"])
def test_a_hold_that_breaks_a_rule_is_answered_with_the_rule_and_what_is_near(
    talk: Talk, core: FakeCore, code: str
) -> None:
    core.visit(FRIDAY_AT_3 + timedelta(minutes=15), service_id=2, staff_id=2)
    core.refusals["hold"] = [code]
    answer = talk.says(_WISH, "book_appointment")
    assert _LIMITS[code] in answer
    assert "The nearest free times:" in answer
    assert talk.labels()[3] == "More times"
    assert "taken" not in answer


@pytest.mark.parametrize("code", _NOES)
@pytest.mark.parametrize("step", ["search", "hold", "book"])
def test_no_refusal_of_a_booking_ends_in_a_wrong_claim(
    talk: Talk, core: FakeCore, step: str, code: str
) -> None:
    core.refusals[step] = [code]
    answer = talk.says(_WISH, "book_appointment")
    if step == "book":
        answer = talk.says("yes", "affirm")
    assert not any(claim in answer for claim in _CLAIMS)
    assert talk.labels()
    assert core.visits == []


@pytest.mark.parametrize("code", _NOES)
@pytest.mark.parametrize("goal", ["reschedule", "cancel"])
def test_no_refusal_of_a_change_ends_in_a_wrong_claim(
    talk: Talk, core: FakeCore, goal: str, code: str
) -> None:
    standing = core.visit(FRIDAY_AT_3)
    core.refusals[goal] = [code]
    wish = "move my appointment to Thursday at 4" if goal == "reschedule" else "cancel my appointment"
    talk.says(wish, f"{goal}_appointment")
    answer = talk.says("yes", "affirm")
    assert not any(claim in answer for claim in _CLAIMS)
    assert talk.labels()
    assert core.visits == [standing]


def test_a_core_that_only_says_no_gets_an_honest_end(talk: Talk, core: FakeCore) -> None:
    core.refusals["search"] = ["not_offered"] * 20
    assert "didn't accept that" in talk.says(_WISH, "book_appointment")


def test_a_search_and_a_hold_say_whose_visit_it_is(talk: Talk, core: FakeCore) -> None:
    talk.says(_WISH, "book_appointment")
    assert {each.customer_id for each in (*core.searches, *core.holds)} == {core.customer.id}


def test_a_move_asks_for_all_that_the_visit_is(talk: Talk, core: FakeCore) -> None:
    core.visit(FRIDAY_AT_3, also=(2,), attendee="Lena")
    talk.says("move my appointment to Thursday at 4", "reschedule_appointment")
    assert [(each.also, each.for_another) for each in core.holds] == [((2,), True)]


def test_who_has_all_the_visits_allowed_is_told_so_and_which(talk: Talk, core: FakeCore) -> None:
    core.visit(FRIDAY_AT_3)
    core.closed = "too_many_visits"
    answer = talk.says("I need a beard trim", "book_appointment")
    assert "as many visits coming up as we book ahead" in answer
    assert "• Friday 20 November at 15:00: Haircut with Ana" in answer
    assert talk.labels() == ["My appointments", "Talk to a person"]


def test_a_visit_that_may_not_be_moved_again_is_not_offered_other_times(talk: Talk, core: FakeCore) -> None:
    core.visit(FRIDAY_AT_3, reschedules_left=0)
    answer = talk.says("move my appointment to Thursday at 4", "reschedule_appointment")
    assert "can't be moved again" in answer
    assert "• Friday 20 November at 15:00" in answer
    assert core.searches == []


def test_the_last_move_is_named_before_the_yes(talk: Talk, core: FakeCore) -> None:
    core.visit(FRIDAY_AT_3, reschedules_left=1)
    answer = talk.says("move my appointment to Thursday at 4", "reschedule_appointment")
    assert "This visit can be moved only once more." in answer


def test_a_booking_that_needs_approval_is_called_a_request(talk: Talk, core: FakeCore) -> None:
    core.approval_needed = True
    talk.says(_WISH, "book_appointment")
    answer = talk.says("yes", "affirm")
    assert "It's a request for now, Maria, and not booked yet – Studio Nord will confirm it." in answer
    assert "Booked" not in answer
    assert talk.plan["links"] == []
    assert "Mill Lane – requested, not confirmed yet" in talk.says("what do I have?", "list_appointments")


def test_a_request_that_is_moved_is_still_a_request(talk: Talk, core: FakeCore) -> None:
    core.visit(FRIDAY_AT_3, status="requested")
    talk.says("move my appointment to Thursday at 4", "reschedule_appointment")
    assert "It's not booked yet" in talk.says("yes", "affirm")


@pytest.mark.parametrize(
    ("said", "intent", "done"),
    [
        ("move my appointment to Thursday at 4", "reschedule_appointment", "Moved!"),
        ("cancel my appointment", "cancel_appointment", "Done:"),
    ],
    ids=["moved", "cancelled"],
)
def test_a_change_interrupted_before_it_was_told_is_told_as_done(
    talk: Talk, core: FakeCore, said: str, intent: str, done: str
) -> None:
    core.visit(FRIDAY_AT_3)
    talk.says(said, intent)
    before = core.version, core.state, core.turn_id, core.plan
    assert done in talk.says("yes", "affirm")
    core.version, core.state, core.turn_id, core.plan = before
    assert done in talk.again()


def test_a_person_who_stopped_offering_it_is_replaced(talk: Talk, core: FakeCore) -> None:
    core.refusals["hold"] = ["not_offered"]
    answer = talk.says(_WISH, "book_appointment")
    assert "Ana doesn't offer Haircut any more" in answer
    assert "Friday 20 November at 15:00" in answer


def test_what_left_the_business_since_is_let_go(talk: Talk, core: FakeCore) -> None:
    core.state = {"goal": "book", "service_id": 77, "staff_id": 78}
    answer = talk.says("on friday please", "inform")
    assert "no longer on offer" in answer
    assert "what would you like to come in for?" in answer


def test_a_summary_with_somebody_who_has_left_is_not_repeated(talk: Talk, core: FakeCore) -> None:
    talk.says(_WISH, "book_appointment")
    core.state["staff_id"] = core.state["slot"]["staff_id"] = 78
    answer = talk.says("where are you?", "ask_location")
    assert "4 Mill Lane" in answer
    assert "The person you asked for isn't taking bookings any more." in answer
    assert "Friday 20 November at 15:00" in answer
    assert len(core.holds) == 2


def test_part_of_a_day_that_is_full_is_not_called_the_day(talk: Talk, core: FakeCore) -> None:
    core.taken |= {each.start for each in core._slots(1) if each.start.hour < 12}
    answer = talk.says("a haircut with Ana on friday morning", "book_appointment")
    assert "nothing left with Ana for Friday 20 November between 08:00 and 12:00" in answer


def test_hours_past_midnight_are_read_as_a_clock_shows_them(talk: Talk, core: FakeCore) -> None:
    core.hours["4"] = [["20:00", "26:00"]]
    assert "Fri 20:00–02:00" in talk.says("when are you open on friday?", "ask_hours")
    talk.says("a haircut at 1am on saturday", "book_appointment")
    assert core.searches[-1].wishes[0][0] == datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
