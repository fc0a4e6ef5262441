"""Who will be late says so once: the team hears the visit and the minutes, the customer hears what is true."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.actions.talk import FRIDAY_AT_3, Talk
from tests.fakes.core import FakeCore

TODAY_AT_3 = datetime(2026, 11, 17, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("I'm running 10 min late", 10),
        ("ten minutes late, sorry!", 10),
        ("running half an hour late", 30),
        ("will be there in 20 minutes", 20),
        ("I'll be an hour late", 60),
    ],
)
def test_the_minutes_said_go_to_the_team(talk: Talk, core: FakeCore, said: str, minutes: int) -> None:
    core.visit(TODAY_AT_3)
    answer = talk.says(said, "running_late")
    assert f"about {minutes} minutes late for your Haircut on Tuesday 17 November at 15:00" in answer
    assert "stays booked" in answer
    assert core.late == [(minutes, said)]


def test_no_minutes_are_made_up(talk: Talk, core: FakeCore) -> None:
    core.visit(TODAY_AT_3)
    assert "minutes" not in talk.says("running a bit late", "running_late")
    assert core.late == [(None, "running a bit late")]


def test_without_a_visit_today_that_is_said_and_the_team_hears_it_all_the_same(
    talk: Talk, core: FakeCore
) -> None:
    core.visit(FRIDAY_AT_3)
    assert "don't see a visit of yours today" in talk.says("I'll be late", "running_late")
    assert core.late == [(None, "I'll be late")]


def test_what_was_being_arranged_goes_on(talk: Talk, core: FakeCore) -> None:
    core.visit(TODAY_AT_3)
    talk.says("a trim with Ana on Friday at 3", "book_appointment")
    assert "Shall I book it?" in talk.says("oh and I'm 5 min late today", "running_late")
