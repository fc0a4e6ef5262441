"""Who comes is told apart from what they are to have, even where a service is called after children."""

from __future__ import annotations

import asyncio

import pytest

from actions.core_types import Desk
from actions.turn_types import Caller
from actions.who_comes import crowd_in, party_in
from tests.fakes.core import FakeCore

KIDS_CUT = 7


@pytest.fixture
def desk(core: FakeCore) -> Desk:
    opened = asyncio.run(core.open(Caller("web", "x", None)))
    other = {"id": KIDS_CUT, "name": "Kids' cut", "aliases": ["child's haircut"]}
    return opened.model_copy(
        update={"services": [*opened.services, opened.services[0].model_copy(update=other)]}
    )


@pytest.mark.parametrize(
    "said",
    ["a kids' cut for my son Tim", "a kids cut tomorrow at 3", "the kids' cut for my daughter"],
    ids=str,
)
def test_a_kids_cut_is_no_kid(desk: Desk, said: str) -> None:
    assert party_in(said, desk) == ()
    assert crowd_in(said, desk) is None


def test_a_kids_cut_is_for_the_child_beside_it(desk: Desk) -> None:
    found = party_in("a haircut for me with Ana and a kids' cut for my son Tim", desk)
    assert [(each.who, each.service_id, each.staff_id) for each in found] == [
        (None, 1, 1),
        ("Tim (son)", KIDS_CUT, None),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "a haircut in two weeks",
        "a haircut for a friend",
        "I want a haircut on Friday and I want Ana",
        "a haircut and a beard trim with Ben",
        "my usual haircut, my wife says hello",
    ],
    ids=str,
)
def test_mostly_one_person_comes(desk: Desk, said: str) -> None:
    assert party_in(said, desk) == ()
