"""Whatever several parts of a visit could want, each gets its own if that can be, and the answer comes at once."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from scheduler_core.availability.assignment import Unit, assign, overlap
from scheduler_core.availability.shape import Spans
from tests.builders.business import said
from tests.builders.core import Core
from tests.builders.parts import a_block, a_resource, a_service
from tests.scheduler_core.availability.times import TEN, slots_at, why_not

A, B, C = (1, 0), (2, 0), (3, 0)
A2 = (1, 1)
HOUR: Spans = ((0, 60),)
NEXT_HOUR: Spans = ((60, 120),)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        pytest.param([[A, B], [B, C]], [A, B], id="the first that each names"),
        pytest.param([[A, B], [A, B]], [A, B], id="who comes first keeps the first"),
        pytest.param([[A, B], [A]], [B, A], id="who has a choice gives way"),
        pytest.param([[A, B], [A, C], [A]], [B, C, A], id="two give way"),
        pytest.param([[A, B], [B, C], [A]], [B, C, A], id="giving way makes another give way"),
        pytest.param([[A, A2], [A, A2]], [A, A2], id="two of one thing"),
        pytest.param([[A], [A]], [], id="one thing for two"),
        pytest.param([[A, B], [A, B], [A, B]], [], id="two things for three"),
        pytest.param([[A], []], [], id="nothing for the second"),
        pytest.param([], [], id="nothing wanted"),
    ],
)
def test_what_is_wanted_at_the_same_time(options: list[list[Unit]], expected: list[Unit]) -> None:
    assert assign(options, [HOUR] * len(options)) == expected


def test_what_is_wanted_one_after_the_other_may_be_the_same() -> None:
    assert assign([[A, B], [A, B]], [HOUR, NEXT_HOUR]) == [A, A]


def test_a_gap_is_long_enough_for_another() -> None:
    around: Spans = ((0, 30), (90, 120))
    assert assign([[A], [A]], [around, ((30, 90),)]) == [A, A]
    assert assign([[A], [A]], [around, ((30, 91),)]) == []


_UNITS = st.tuples(st.integers(1, 4), st.integers(0, 1))
_OPTIONS = st.lists(st.lists(_UNITS, max_size=5, unique=True), min_size=1, max_size=5)
_SPANS = st.lists(st.integers(0, 6), min_size=2, max_size=4, unique=True).map(
    lambda ends: tuple(zip(*[iter(sorted(ends)[: len(ends) // 2 * 2])] * 2, strict=True))
)


def fits(chosen: Sequence[Unit], spans: Sequence[Spans]) -> bool:
    return not any(
        chosen[one] == chosen[other] and overlap(spans[one], spans[other])
        for one in range(len(chosen))
        for other in range(one)
    )


@given(_OPTIONS)
def test_it_agrees_with_trying_everything(options: list[list[Unit]]) -> None:
    spans = [HOUR] * len(options)
    found = assign(options, spans)
    assert bool(found) == any(fits(tried, spans) for tried in product(*options))
    assert not found or all(unit in named for unit, named in zip(found, options, strict=True))
    assert fits(found, spans)


@given(_OPTIONS, st.data())
def test_nothing_is_given_to_two_at_a_time(options: list[list[Unit]], data: st.DataObject) -> None:
    spans = [data.draw(_SPANS) for _ in options]
    found = assign(options, spans)
    assert fits(found, spans)
    assert not found or all(unit in named for unit, named in zip(found, options, strict=True))


@pytest.mark.timeout(10)
def test_one_thing_too_few_is_known_at_once() -> None:
    """Trying every order of so many would outlast the sun."""
    things = [(number, 0) for number in range(40)]
    assert assign([things] * 41, [HOUR] * 41) == []
    assert sorted(assign([things] * 40, [HOUR] * 40)) == things


def party(core: Core, chairs: int, blocked: int, needed: int) -> int:
    """A service that needs so many chairs, of those that there are and are not blocked until summer."""

    def build(session: Session) -> int:
        salon, now = core.salon, core.clock()
        all_of = [a_resource(session, salon.id, "chair", location_id=salon.location) for _ in range(chairs)]
        for chair in all_of[:blocked]:
            a_block(session, salon.id, chair, now, now + timedelta(days=90))
        return a_service(session, salon.id, by=[salon.ana], needs=[all_of] * needed, name="Party")

    return core.write(build)


@pytest.mark.timeout(20)
def test_six_of_eight_chairs_with_five_free_are_refused_at_once(core: Core) -> None:
    service = party(core, chairs=8, blocked=3, needed=6)
    assert slots_at(core, TEN, service_id=service) == []
    assert why_not(core, TEN, service_id=service)["code"] == "resource_busy"
    assert said(core.book(TEN, service_id=service)) == (409, "slot_taken")


def test_six_of_eight_chairs_with_six_free_are_booked(core: Core) -> None:
    service = party(core, chairs=8, blocked=2, needed=6)
    assert slots_at(core, TEN, service_id=service)
    assert said(core.book(TEN, service_id=service)) == (201, "")
    assert said(core.book(TEN, service_id=service)) == (409, "slot_taken")
