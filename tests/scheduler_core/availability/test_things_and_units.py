"""Of a thing there are as many as the business says now, whatever there were when visits were agreed."""

from collections.abc import Callable

import pytest

from tests.builders.business import said
from tests.builders.core import Core
from tests.builders.parts import WEEKDAYS, a_person, a_resource, a_service
from tests.scheduler_core.availability.times import TEN, slots_at

CoreMaker = Callable[..., Core]

QUARTER_PAST = "2027-03-02T15:15:00Z"


class Studio:
    """A service that needs a place in the studio, with more people than places."""

    def __init__(self, core: Core, places: int) -> None:
        salon = core.salon
        self.core = core
        self.cem = core.write(lambda s: a_person(s, salon.id, "Cem", {salon.location: WEEKDAYS}))
        self.people = [salon.ana, salon.ben, self.cem]
        self.room = core.write(lambda s: a_resource(s, salon.id, "room", places, salon.location))
        self.service = core.write(lambda s: a_service(s, salon.id, by=self.people, needs=[[self.room]]))
        self.visits = [
            core.booked(TEN, service_id=self.service, staff_id=self.people[nth]) for nth in range(places)
        ]

    def has_now(self, places: int) -> None:
        changed = self.core.ask("PATCH", f"resources/{self.room}", {"capacity": places})
        assert changed.status_code == 200, changed.text

    def room_for_another(self) -> bool:
        """As the list says; a booking has to agree, and is taken back."""
        listed = bool(slots_at(self.core, TEN, service_id=self.service))
        booked = self.core.book(TEN, service_id=self.service, staff_id=None)
        assert said(booked) == ((201, "") if listed else (409, "slot_taken"))
        if listed:
            assert self.core.cancel(booked.json()).status_code == 200
        return listed

    def leaves(self, nth: int) -> None:
        assert self.core.cancel(self.visits[nth]).status_code == 200


@pytest.mark.parametrize("leaver", [0, 1], ids=["the first leaves", "the second leaves"])
def test_who_stays_fills_the_one_place_that_is_left(core: Core, leaver: int) -> None:
    studio = Studio(core, places=2)
    studio.has_now(1)
    studio.leaves(leaver)
    assert not studio.room_for_another()
    studio.leaves(1 - leaver)
    assert studio.room_for_another()


def test_as_many_may_come_as_there_are_places_now(core: Core) -> None:
    studio = Studio(core, places=3)
    studio.has_now(2)
    assert not studio.room_for_another()
    studio.leaves(0)
    assert not studio.room_for_another()
    studio.leaves(1)
    assert studio.room_for_another()


def test_a_new_place_can_be_booked_at_once(core: Core) -> None:
    studio = Studio(core, places=1)
    assert not studio.room_for_another()
    studio.has_now(2)
    assert studio.room_for_another()


def test_a_visit_on_a_place_that_is_gone_is_not_in_its_own_way(a_core: CoreMaker) -> None:
    studio = Studio(a_core(policy={"grid_minutes": 15}), places=2)
    studio.has_now(1)
    studio.leaves(0)
    assert said(studio.core.move(studio.visits[1], QUARTER_PAST)) == (200, "")
