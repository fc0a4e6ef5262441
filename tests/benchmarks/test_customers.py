"""The simulated customer believes only what stands on the screen, and what stands in the diary is judged strictly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from random import Random
from typing import cast

import pytest

from benchmarks.customers import CHILD, IN_ORDER, Part, Played, ways
from benchmarks.goal_house import Booked
from benchmarks.goals import ZONE, Goal
from benchmarks.simulated_customer import MOST_TURNS, Script, SimulatedCustomer, Talk
from tests.journeys.house import Customer, Reply

NOW = datetime(2026, 11, 16, 8, 0, tzinfo=ZONE)
THURSDAY_AT_3 = datetime(2026, 11, 19, 15, 0, tzinfo=ZONE)
GOAL = Goal("g", NOW, "Practice", "Check-up", ("Filling",), "Dr. Ada", (THURSDAY_AT_3,), (), ())
SCRIPT = Script((THURSDAY_AT_3,), "Nora Berg")
AS_WANTED = Booked(THURSDAY_AT_3, ("Check-up",), "Dr. Ada")
CONFIRMED = Talk(turns=2, confirmed=True)

SUMMARY = (
    "To confirm:\nCheck-up with Dr. Ada, for Nora Berg\nThursday 19 November at 3:00 PM\nShall I book it?"
)
YES = ("Yes, book it", "Change something")


def played(*booked: Booked, talk: Talk = CONFIRMED) -> Played:
    return Played((Part(GOAL, SCRIPT),), "full request", (talk,), booked)


def test_a_visit_as_wanted_and_confirmed_is_right() -> None:
    assert played(AS_WANTED).right
    assert not played(AS_WANTED).wrong


@pytest.mark.parametrize(
    "visit",
    [
        replace(AS_WANTED, start=THURSDAY_AT_3.replace(hour=16)),
        replace(AS_WANTED, person="Dr. Bo"),
        replace(AS_WANTED, services=("Filling",)),
        replace(AS_WANTED, services=("Check-up", "Filling")),
        replace(AS_WANTED, attendee="Tim"),
    ],
    ids=["another hour", "another person", "another service", "one service too many", "for somebody else"],
)
def test_any_other_visit_is_wrong(visit: Booked) -> None:
    assert played(visit).wrong
    assert played(AS_WANTED, visit).wrong
    assert not played(visit).right


def test_the_same_visit_twice_is_wrong() -> None:
    assert played(AS_WANTED, AS_WANTED).wrong


def test_nothing_booked_is_neither_right_nor_wrong() -> None:
    assert not played().right
    assert not played().wrong


def test_a_visit_that_the_customer_was_not_told_of_is_not_right() -> None:
    assert not played(AS_WANTED, talk=Talk(turns=MOST_TURNS)).right


def test_of_two_visits_both_have_to_stand() -> None:
    both = next(way for way in ways(replace(GOAL, child="Tim"), Random(1)) if way.name == CHILD)
    childs = Booked(GOAL.child_start, ("Filling",), "Dr. Ada", attendee="Tim (child)")
    talks = (CONFIRMED, CONFIRMED)
    assert Played(both.parts, CHILD, talks, (AS_WANTED, childs)).right
    assert not Played(both.parts, CHILD, talks, (AS_WANTED,)).right
    assert Played(both.parts, CHILD, talks, (AS_WANTED, replace(childs, attendee=None))).wrong


@pytest.mark.parametrize("seed", range(8))
def test_of_two_wishes_the_earlier_is_wanted_unless_somebody_else_has_it(seed: int) -> None:
    way = next(way for way in ways(GOAL, Random(seed)) if way.name == IN_ORDER)
    either = way.parts[0].script.either
    assert either is not None
    assert either[0] == THURSDAY_AT_3 if not way.taken else way.taken == (either[0],)


class Line:
    """Answers one after another, whatever is said."""

    def __init__(self, *replies: Reply) -> None:
        self._replies, self.last = list(replies), Reply("")

    def says(self, _text: str) -> Reply:
        self.last = self._replies.pop(0) if self._replies else self.last
        return self.last

    def taps(self, label: str) -> Reply:
        return self.says(label)


def said_to(replies: Sequence[Reply], script: Script = SCRIPT, seed: int = 1) -> list[str]:
    """What the customer writes or taps after the opening."""
    talk = SimulatedCustomer(GOAL, script, Random(seed), typos=0.0).talk(cast(Customer, Line(*replies)))
    return [text for who, text in talk.lines if who.startswith("customer")][1:]


@pytest.mark.parametrize(
    "summary",
    [
        SUMMARY.replace("3:00", "4:00"),
        SUMMARY.replace("19", "20"),
        SUMMARY.replace("Dr. Ada", "Dr. Bo"),
        SUMMARY.replace("Check-up", "Filling"),
        "There's nothing for Thursday 19 November at 3:00 PM.\n"
        + SUMMARY.replace("Thursday 19", "Friday 20"),
        "There's nobody called Adda here. The team: Dr. Ada, Dr. Bo.\n"
        + SUMMARY.replace("Dr. Ada", "Dr. Bo"),
    ],
    ids=["hour", "day", "person", "service", "wish named as gone", "person named as unknown"],
)
def test_a_summary_of_something_else_gets_a_no(summary: str) -> None:
    assert said_to([Reply(summary, YES)])[0].startswith("no, check-up with Dr. Ada")


def test_a_summary_of_what_was_meant_gets_a_yes() -> None:
    assert not said_to([Reply(SUMMARY, YES)])[0].startswith("no")


def test_a_slip_is_corrected_before_anything_is_confirmed() -> None:
    slipped = replace(SCRIPT, slip=("person", "Dr. Bo"))
    assert "Dr. Ada" in said_to([Reply(SUMMARY.replace("Dr. Ada", "Dr. Bo"), YES)], slipped)[0]


def test_only_an_offered_time_that_shows_day_and_hour_is_taken() -> None:
    offered = Reply("These times are free", ("Wed 18 Nov, 3:00 PM", "Thu 19 Nov, 3:00 PM", "More times"))
    answer = said_to([offered])[0]
    assert answer in ("Thu 19 Nov, 3:00 PM", "2", "the second one") or "3" in answer


def test_who_is_not_understood_gives_up() -> None:
    assert len(said_to([Reply("Sorry, I didn't catch that.")])) < MOST_TURNS
