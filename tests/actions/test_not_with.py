"""Whom the customer would rather not see is never proposed, and everybody else still may be."""

from __future__ import annotations

import pytest

from tests.actions.talk import Talk
from tests.fakes.core import FakeCore


@pytest.mark.parametrize(
    "said",
    ["anyone but Ana", "not with Ana", "anyone except ana please", "i don't want ana", "with Ben, not Ana"],
    ids=str,
)
def test_who_is_not_wanted_is_not_proposed(talk: Talk, said: str) -> None:
    talk.says(f"a haircut tomorrow, {said}", "book_appointment")
    assert talk.labels()[0].endswith("Ben")


def test_but_with_somebody_asks_for_them(talk: Talk) -> None:
    assert "with Ben" in talk.says("a haircut as last time but with Ben", "book_appointment")


def test_somebody_else_is_not_whom_all_the_times_were_with(talk: Talk, core: FakeCore) -> None:
    talk.says("a haircut with Ana tomorrow", "book_appointment")
    answer = talk.says("someone else?", "request_alternatives")
    assert "not with Ana" in answer
    assert core.searches[-1].not_with == (1,)


def test_a_no_to_one_person_takes_no_time_of_another(talk: Talk) -> None:
    talk.says("a haircut tomorrow", "book_appointment")
    assert "Shall I book it?" not in talk.says("not with ana either pls", "dont_care")


def test_who_was_not_wanted_may_be_after_all(talk: Talk, core: FakeCore) -> None:
    talk.says("a haircut tomorrow, not with Ana", "book_appointment")
    talk.says("actually Ana is fine", "correct")
    assert core.searches[-1].staff_id == 1
    assert core.searches[-1].not_with == ()


def test_the_only_one_who_does_it_is_proposed_and_that_is_said(talk: Talk) -> None:
    assert "Only Ben can do Beard trim" in talk.says("a beard trim, anyone but Ben", "book_appointment")
    assert talk.labels()[0].endswith("Ben")
