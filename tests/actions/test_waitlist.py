"""Waiting for a time that is not free: offered where it helps, said back, never taken for a booking, easily left."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.actions.talk import FRIDAY_AT_3, Talk
from tests.fakes.core import NOW, FakeCore

ANY_TIME = "any day, any time"


def test_where_others_have_the_time_the_waitlist_is_one_of_the_buttons(talk: Talk, core: FakeCore) -> None:
    core.taken.add(FRIDAY_AT_3)
    assert "is taken" in talk.says("a trim with Ana on Friday at 3", "book_appointment")
    assert talk.labels()[-1] == "Put me on the waitlist"
    summary = talk.taps("Put me on the waitlist")
    assert "Haircut with Ana, for Maria\nFriday 20 November at 15:00" in summary
    assert "not a booking" in summary
    assert core.waitlist == []
    assert "You're on the waitlist" in talk.taps("Yes, put me on it")
    (entry,) = core.waitlist
    assert (entry.staff_id, entry.ranges[0].start) == (1, FRIDAY_AT_3)
    assert core.visits == []


def test_a_day_that_is_closed_is_not_waited_for(talk: Talk) -> None:
    talk.says("a trim with Ana on Sunday", "book_appointment")
    assert "Put me on the waitlist" not in talk.labels()


def test_only_what_is_missing_is_asked(talk: Talk, core: FakeCore) -> None:
    assert "come in for" in talk.says("put me on the waiting list please", "join_waitlist")
    assert "which days and times" in talk.taps("Haircut")
    assert ANY_TIME in talk.taps("Any day, any time")
    talk.says("yes please", "affirm")
    (entry,) = core.waitlist
    assert entry.ranges[0].start == NOW


def test_who_has_said_everything_is_asked_nothing(talk: Talk, core: FakeCore) -> None:
    summary = talk.says("waitlist me for a haircut with Ana on Friday or Saturday morning", "join_waitlist")
    assert "Friday 20 November" in summary
    assert " or Saturday 21 November" in summary
    talk.says("put me on the waitlist", "join_waitlist")
    assert len(core.waitlist) == 1


def test_a_correction_at_the_summary_changes_the_wish_and_joins_nothing_yet(
    talk: Talk, core: FakeCore
) -> None:
    talk.says("put me on the waitlist for a haircut on Friday", "join_waitlist")
    assert "Saturday 21 November" in talk.says("no, Saturday", "deny")
    assert core.waitlist == []
    assert "Nothing was booked or changed" in talk.says("no thanks", "deny")


def test_further_services_of_a_visit_that_is_waited_for_are_told_the_team(talk: Talk, core: FakeCore) -> None:
    core.taken.add(FRIDAY_AT_3)
    talk.says("a haircut and a beard trim with Ben on Friday at 3", "book_appointment")
    assert "Haircut and Beard trim with Ben" in talk.taps("Put me on the waitlist")
    talk.says("yes", "affirm")
    assert core.wait_notes == ["Haircut and Beard trim"]


def test_a_new_customer_is_asked_their_name_before_they_wait() -> None:
    talk = Talk(FakeCore(customer=None))
    assert "What name" in talk.says("put me on the waitlist for a haircut on Friday", "join_waitlist")
    assert "for Peter Smith" in talk.says("Peter Smith", "inform")
    talk.says("yes", "affirm")
    assert len(talk.core.waitlist) == 1


def test_something_earlier_than_a_visit_leaves_the_visit_as_it_is(talk: Talk, core: FakeCore) -> None:
    visit = core.visit(FRIDAY_AT_3)
    summary = talk.says("let me know if anything earlier opens up", "join_waitlist")
    assert "any time before Friday 20 November at 15:00" in summary
    assert "Your visit on Friday 20 November at 15:00 stays as it is" in summary
    talk.says("yes", "affirm")
    (entry,) = core.waitlist
    assert (entry.earlier_appointment_id, entry.ranges[0].end) == (visit.id, FRIDAY_AT_3)
    assert core.visits == [visit]


def test_which_visit_should_be_earlier_is_asked_when_there_are_several(talk: Talk, core: FakeCore) -> None:
    core.visit(FRIDAY_AT_3)
    core.visit(datetime(2026, 11, 24, 10, 0, tzinfo=UTC), service_id=2, staff_id=2)
    assert "For which visit" in talk.says("I'd take something earlier if anyone cancels", "join_waitlist")
    assert "before Tuesday 24 November at 10:00" in talk.taps("Tue 24 Nov")


def test_my_appointments_shows_who_waits_and_that_it_is_no_booking(talk: Talk) -> None:
    talk.says("put me on the waitlist for a haircut on Friday", "join_waitlist")
    talk.says("yes", "affirm")
    shown = talk.says("what do I have booked?", "list_appointments")
    assert "no upcoming visits" in shown
    assert "On the waitlist, not booked: Haircut, Friday 20 November" in shown
    assert "you're off the waitlist" in talk.taps("Leave the waitlist")
    assert talk.core.waitlist == []


def test_who_waits_for_several_things_is_asked_which_to_leave(talk: Talk, core: FakeCore) -> None:
    for wish in ("a haircut on Friday", "a beard trim on Saturday"):
        talk.says(f"put me on the waitlist for {wish}", "join_waitlist")
        talk.says("yes", "affirm")
    assert "stop waiting for" in talk.says("take me off the waitlist", "leave_waitlist")
    assert "Beard trim" in talk.taps("Beard trim")
    assert [each.service_id for each in core.waitlist] == [1]
    assert "off the waitlist" in talk.says("take me off the waitlist", "leave_waitlist")
    assert "not on the waitlist" in talk.says("take me off the waitlist", "leave_waitlist")


def test_a_turn_tried_again_joins_once_and_says_the_same(talk: Talk, core: FakeCore) -> None:
    talk.says("put me on the waitlist for a haircut on Friday", "join_waitlist")
    said = talk.says("yes", "affirm")
    assert talk.again() == said
    assert len(core.waitlist) == 1


def test_asking_whether_one_is_on_the_waitlist_joins_nothing(talk: Talk, core: FakeCore) -> None:
    talk.says("put me on the waitlist for a haircut on Friday", "join_waitlist")
    talk.says("yes", "affirm")
    assert "On the waitlist, not booked: Haircut" in talk.says("am I on the waitlist?", "join_waitlist")
    assert len(core.waitlist) == 1


def test_who_only_waits_and_cancels_is_shown_what_they_wait_for(talk: Talk, core: FakeCore) -> None:
    talk.says("put me on the waitlist for a haircut on Friday", "join_waitlist")
    talk.says("yes", "affirm")
    assert "On the waitlist" in talk.says("take me off please", "cancel_appointment")
    talk.taps("Leave the waitlist")
    assert core.waitlist == []
