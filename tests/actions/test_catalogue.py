"""Names are found as people write them, and ordinary words are not taken for names."""

from __future__ import annotations

import asyncio

import pytest

from actions.catalogue import Named, named_in
from actions.core_types import Desk
from actions.turn_types import Caller
from tests.fakes.core import FakeCore


@pytest.fixture(scope="module")
def desk() -> Desk:
    return asyncio.run(FakeCore().open(Caller("web", "x", None)))


@pytest.mark.parametrize(
    ("said", "service"),
    [
        ("a trim please", "Haircut"),
        ("BEARD TRIM", "Beard trim"),
        ("need a hair-cut", "Haircut"),
        ("two haircuts", "Haircut"),
        ("beard trimm on friday", "Beard trim"),
        ("I want to paint the fence", None),
    ],
    ids=str,
)
def test_a_service_is_found_by_name_alias_or_near_spelling(
    desk: Desk, said: str, service: str | None
) -> None:
    found = named_in(said, desk).services
    assert [each.name for each in found] == ([service] if service else [])


@pytest.mark.parametrize(
    ("said", "person"),
    [
        ("with ana", "Ana Moreau"),
        ("Ben Okafor please", "Ben Okafor"),
        ("a cut with anna", "Ana Moreau"),
        ("I have been there", None),
        ("any time on Monday", None),
    ],
    ids=str,
)
def test_a_person_is_found_only_where_one_is_meant(desk: Desk, said: str, person: str | None) -> None:
    staff = named_in(said, desk).staff
    assert (staff.name if staff else None) == person


def test_what_the_business_does_not_have_is_named(desk: Desk) -> None:
    assert named_in("I need a tattoo on Friday", desk).unknown_service == "tattoo"
    assert named_in("a haircut with Zoe", desk).unknown_person == "Zoe"
    assert named_in("can I get an appointment", desk) == Named()


def test_anyone_is_heard(desk: Desk) -> None:
    assert named_in("i don't mind who", desk).anyone
    assert not named_in("any time", desk).anyone
