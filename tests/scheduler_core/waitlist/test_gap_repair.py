"""Who said that earlier is fine takes the earlier time in one step, and theirs is offered on."""

from typing import Any

import pytest

from tests.scheduler_core.waitlist.offered import Line, tuesday
from tests.scheduler_core.waitlist.wishes import CoreMaker


@pytest.fixture
def line(a_core: CoreMaker) -> Line:
    """Ana is there on Tuesdays from nine to one."""
    return Line(a_core(hours={1: ((540, 780),)}, ben_hours={5: ((540, 660),)}))


def wants_earlier(line: Line, name: str, visit: Any) -> int:
    return line.waits(name, (9, 13), earlier_appointment_id=visit["id"], staff_id=line.core.salon.ana)


def start_of(line: Line, visit: Any) -> str:
    return str(line.core.ask("GET", f"appointments/{visit['id']}").json()["start"])


def test_the_visit_moves_and_its_old_time_goes_to_the_next(line: Line) -> None:
    first, second, third = line.books(9), line.books(10, "rosa"), line.books(11, "tom")
    rosa, tom = wants_earlier(line, "rosa", second), wants_earlier(line, "tom", third)
    line.cancels(first)
    assert line.open_offers() == [(rosa, 9)]
    moved = line.says_yes(rosa)
    assert (moved["id"], moved["start"]) == (second["id"], tuesday(9))
    assert line.open_offers() == []
    line.passes_the_undo()
    assert line.open_offers() == [(tom, 10)]
    line.says_yes(tom)
    line.passes_the_undo()
    assert start_of(line, third) == tuesday(10)
    assert line.open_offers() == []
    assert line.free() == [11, 12]


def test_what_they_have_stays_until_they_say_yes(line: Line) -> None:
    first, second = line.books(9), line.books(10, "rosa")
    rosa = wants_earlier(line, "rosa", second)
    line.cancels(first)
    assert line.told("waitlist_earlier") == [
        "Hi Rosa, it's Salon: Haircut with Ana is free earlier, on Tuesday 2 March at 9:00\u202fAM. "
        "I'm keeping it for you until 9:36\u202fAM. Your visit on Tuesday 2 March at 10:00\u202fAM stays yours "
        "unless you say yes. Would you like the earlier time instead?"
    ]
    line.says_no(rosa)
    assert start_of(line, second) == tuesday(10)
    assert line.free() == [9, 11, 12]


def test_staff_are_told_that_a_gap_was_closed(line: Line) -> None:
    first, second = line.books(9), line.books(10, "rosa")
    rosa = wants_earlier(line, "rosa", second)
    line.cancels(first)
    line.says_yes(rosa)
    assert line.told("staff_waitlist_moved") == [
        "From the waitlist, earlier: Rosa, Haircut with Ana, now Tue 2 Mar, 09:00 at Main (was Tue 2 Mar, 10:00)."
    ]
    assert line.told("staff_moved") == []


def test_who_has_nothing_yet_comes_before_who_would_only_come_earlier(line: Line) -> None:
    first, second = line.books(9), line.books(10, "rosa")
    wants_earlier(line, "rosa", second)
    tom = line.waits("tom", (9, 10), staff_id=line.core.salon.ana)
    line.cancels(first)
    assert line.open_offers() == [(tom, 9)]


def test_nobody_is_offered_a_later_time(line: Line) -> None:
    first, second = line.books(9, "rosa"), line.books(10)
    wants_earlier(line, "rosa", first)
    line.cancels(second)
    assert line.history() == []


def test_a_chain_ends(line: Line) -> None:
    """Each visit moves once, and only to an earlier time, so the gap wanders to the end of the day and stays there."""
    visits = [line.books(9 + n, name) for n, name in enumerate(("otto", "rosa", "tom", "zoe"))]
    people = [
        wants_earlier(line, name, v) for name, v in zip(("rosa", "tom", "zoe"), visits[1:], strict=True)
    ]
    line.cancels(visits[0])
    while offers := line.open_offers():
        line.says_yes(offers[0][0])
        line.passes_the_undo()
    assert line.history() == [(each, 9 + n, "accepted") for n, each in enumerate(people)]
    assert line.free() == [12]


def test_who_cancels_the_visit_wants_nothing_earlier_any_more(line: Line) -> None:
    first, second = line.books(9), line.books(10, "rosa")
    rosa = wants_earlier(line, "rosa", second)
    line.cancels(first)
    line.cancels(second)
    assert line.history() == [(rosa, 9, "declined")]
    assert line.core.ask("GET", f"waitlist?customer_id={rosa}").json()["items"][0]["state"] == "left"


def test_a_visit_that_was_moved_often_enough_is_passed_over(a_core: CoreMaker) -> None:
    line = Line(a_core(hours={1: ((540, 780),)}, ben_hours={5: ((540, 660),)}, policy={"max_reschedules": 0}))
    first, second = line.books(9), line.books(10, "rosa")
    rosa = wants_earlier(line, "rosa", second)
    line.cancels(first)
    assert [(each["customer_id"], each["reason"]) for each in line.offers()] == [(rosa, "reschedule_limit")]
