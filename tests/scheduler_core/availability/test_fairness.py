"""When anybody will do, the list shows who is chosen by the booking, however their turns are counted."""

from collections.abc import Callable

import pytest

from tests.builders.core import Core
from tests.scheduler_core.availability.times import just

CoreMaker = Callable[..., Core]
History = tuple[tuple[str, str], ...]

FEWEST, LONGEST_IDLE = "fewest", "longest_idle"
NEXT_MONDAY = "2027-03-08T14:00:00Z"
THAT_TUESDAY = "2027-03-09T20:00:00Z"


@pytest.mark.parametrize(
    ("assignment", "visits", "turn"),
    [
        pytest.param(FEWEST, (), "ana", id="nobody had any: who was here first"),
        pytest.param(FEWEST, (("ana", "09T14"),), "ben", id="one has a visit that day"),
        pytest.param(FEWEST, (("ana", "09T14"), ("ben", "09T15"), ("ben", "09T16")), "ana", id="two to one"),
        pytest.param(
            FEWEST, (("ben", "09T14"), ("ana", "09T15")), "ben", id="as many: who has waited longer"
        ),
        pytest.param(FEWEST, (("ana", "09T14"), ("ben", "10T14"), ("ben", "10T15")), "ben", id="other days"),
        pytest.param(FEWEST, (("ana", "09T22"),), "ben", id="later visits count too"),
        pytest.param(LONGEST_IDLE, (), "ana", id="idle for ever"),
        pytest.param(LONGEST_IDLE, (("ana", "09T14"),), "ben", id="one has worked that day"),
        pytest.param(LONGEST_IDLE, (("ben", "02T15"), ("ana", "05T15")), "ben", id="idle since last week"),
        pytest.param(LONGEST_IDLE, (("ana", "02T15"), ("ben", "05T15")), "ana", id="the other way round"),
        pytest.param(LONGEST_IDLE, (("ana", "01T19"),), "ben", id="eight days ago"),
        pytest.param(
            LONGEST_IDLE, (("ana", "09T14"), ("ana", "09T15"), ("ben", "09T16")), "ana", id="not how many"
        ),
    ],
)
def test_whose_turn_it_is(a_core: CoreMaker, assignment: str, visits: History, turn: str) -> None:
    core = a_core(policy={"assignment": assignment})
    people = {"ana": core.salon.ana, "ben": core.salon.ben}
    for who, when in visits:
        core.booked(f"2027-03-{when}:00:00Z", staff_id=people[who])
    core.clock.move(days=7)
    assert core.clock().isoformat() == "2027-03-08T14:00:00+00:00"
    (shown,) = core.search(just(THAT_TUESDAY))["slots"]
    held = core.hold(THAT_TUESDAY, staff_id=None).json()
    booked = core.booked(THAT_TUESDAY, staff_id=None, hold_id=held["id"])
    assert [shown["staff_id"], held["staff_id"], booked["staff_id"]] == [people[turn]] * 3


@pytest.mark.parametrize("assignment", [FEWEST, LONGEST_IDLE])
def test_who_is_shown_first_is_booked_first_until_all_are_busy(a_core: CoreMaker, assignment: str) -> None:
    core = a_core(policy={"assignment": assignment})
    for start in ("2027-03-02T14:00:00Z", "2027-03-02T15:00:00Z", "2027-03-03T14:00:00Z"):
        for _ in range(2):
            (shown,) = core.search(just(start))["slots"]
            assert core.booked(start, staff_id=None)["staff_id"] == shown["staff_id"]
        assert core.search(just(start))["slots"] == []
