"""Case 28: every listed slot can be booked, every other time on the grid is refused, whatever the business is like."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from tests.builders.core import Core
from tests.scheduler_core.cases.oracle import instant, minute_at
from tests.scheduler_core.cases.worlds import Built, World, built, units_of, worlds

CoreMaker = Callable[..., Core]

_TRIED_OF_EACH = 8
_EXAMPLES = {"sqlite": 40, "postgresql": 15}


def moved_in(core: Core, world: World) -> Built:
    """The core with that business in it, four days before the day in question."""
    core.clock.now = instant(world.midnight) - timedelta(days=4)
    made = core.write(lambda session: built(session, world, core.clock.now))
    core.salon = made.salon
    return made


def listed(core: Core, world: World, person: int) -> list[int]:
    """Of the day and half a day on either side."""
    low, high = instant(world.midnight - 720), instant(world.midnight + 2160)
    found = core.listed(low.isoformat(), high.isoformat(), staff_id=person)
    return [minute_at(datetime.fromisoformat(start)) for start in found]


def expected(world: World, made: Built, person: int) -> list[int]:
    return made.oracle.free(person, world.midnight - 720, world.midnight + 2160)


def a_few(minutes: Sequence[int]) -> Sequence[int]:
    """The first, the last, and some between."""
    step = max(1, len(minutes) // _TRIED_OF_EACH)
    return [*minutes[::step], *minutes[-1:]]


def books(core: Core, made: Built, person: int, minute: int) -> bool:
    """Was it possible? Then the oracle knows of it."""
    answer = core.book(instant(minute).isoformat(), staff_id=person)
    note(f"{person} at {instant(minute)}: {answer.status_code} {answer.json().get('code', '')}")
    if answer.status_code != 201:
        assert answer.status_code in (409, 422), answer.text
        return False
    with core.database.read() as session:
        made.oracle.take(person, minute, units_of(session, made, appointment_id=answer.json()["id"]))
    return True


@pytest.mark.parametrize("empty_database", _EXAMPLES, indirect=True)
def test_case_28_what_is_listed_is_what_can_be_booked(core: Core) -> None:
    kind = core.database.engine.dialect.name

    @settings(
        max_examples=_EXAMPLES[kind],
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(worlds(), st.data())
    def holds(world: World, data: st.DataObject) -> None:
        made = moved_in(core, world)
        for person in made.people:
            free = listed(core, world, person)
            assert free == expected(world, made, person)
            for minute in data.draw(st.lists(st.sampled_from(free), max_size=3)) if free else ():
                still_free = minute in expected(world, made, person)
                assert books(core, made, person, minute) is still_free
        for person in made.people:
            assert listed(core, world, person) == expected(world, made, person)
        person = data.draw(st.sampled_from(made.people))
        only_listed_can_be_booked(core, world, made, person)

    holds()


def only_listed_can_be_booked(core: Core, world: World, made: Built, person: int) -> None:
    free = set(listed(core, world, person))
    grid = [m for m in range(world.midnight - 720, world.midnight + 2160) if made.oracle.on_grid(m)]
    for minute in a_few([each for each in grid if each not in free]):
        assert not books(core, made, person, minute)
    for minute in a_few(sorted(free)):
        answer = core.book(instant(minute).isoformat(), staff_id=person)
        assert answer.status_code == 201, answer.text
        assert core.cancel(answer.json()).status_code == 200
    assert set(listed(core, world, person)) == free
