"""A time is meant where the visit takes place, and no rule of one place or day opens what another has shut."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from scheduler_core.businesses.models import StaffService
from tests.builders.business import said
from tests.builders.core import Core
from tests.builders.parts import WEEKDAYS, a_closure, a_holiday, a_location, a_person, an_override
from tests.scheduler_core.availability.times import ELEVEN, NINE, NOON, TEN, TUESDAY, slots_at, why_not

THE_DAY = date(2027, 3, 2)
MIDNIGHT, NEXT_MIDNIGHT = datetime(2027, 3, 2, 5, tzinfo=UTC), datetime(2027, 3, 3, 5, tzinfo=UTC)
AT_THREE = "2027-03-02T15:00"


@pytest.fixture
def lou(core: Core) -> int:
    """Does the same as Ana and Ben, but in Los Angeles."""

    def build(session: Session) -> int:
        salon = core.salon
        coast = a_location(session, salon.id, "America/Los_Angeles")
        lou = a_person(session, salon.id, "Lou", {coast: WEEKDAYS})
        session.add(StaffService(business_id=salon.id, service_id=salon.service, staff_id=lou))
        return lou

    return core.write(build)


def test_three_o_clock_with_somebody_is_three_o_clock_where_they_work(core: Core, lou: int) -> None:
    (slot,) = core.at_wall(AT_THREE, staff_id=lou)["slots"]
    assert slot["wall_start"] == "2027-03-02T15:00:00-08:00"
    assert core.booked(slot["start"], staff_id=lou, location_id=None)["zone"] == "America/Los_Angeles"


def test_three_o_clock_with_anybody_is_three_o_clock_at_either_place(core: Core, lou: int) -> None:
    found = {slot["wall_start"]: slot["staff_id"] for slot in core.at_wall(AT_THREE)["slots"]}
    assert list(found) == ["2027-03-02T15:00:00-05:00", "2027-03-02T15:00:00-08:00"]
    assert found["2027-03-02T15:00:00-08:00"] == lou


def test_why_not_is_told_by_the_clock_where_they_work(core: Core, lou: int) -> None:
    """Ten in the evening on Monday in Los Angeles is Tuesday in New York."""
    closed = why_not(core, "2027-03-02T06:00:00Z", staff_id=lou)
    assert (closed["code"], closed["facts"]["day"]) == ("outside_hours", "2027-03-01")


def test_other_hours_at_a_place_keep_away_from_the_others_only_while_it_is_in_use(core: Core) -> None:
    def build(session: Session) -> int:
        stall = a_location(session, core.salon.id)
        an_override(session, core.salon.id, stall, THE_DAY, [(10 * 60, 12 * 60)], core.salon.ana)
        return stall

    before = core.listed(*TUESDAY)
    stall = core.write(build)
    assert {slot["location_id"] for slot in core.slots(*TUESDAY)} == {stall}
    assert core.ask("DELETE", f"locations/{stall}").status_code in (200, 204)
    assert core.listed(*TUESDAY) == before


@pytest.fixture
def works_on_the_holiday(core: Core) -> Core:
    """Ana, from ten to four."""

    def build(session: Session) -> None:
        salon = core.salon
        a_holiday(session, salon.id, salon.location, THE_DAY)
        an_override(session, salon.id, salon.location, THE_DAY, [(10 * 60, 16 * 60)], salon.ana)

    core.write(build)
    assert TEN in core.listed(*TUESDAY)
    return core


def closed_between(core: Core, start: datetime, end: datetime) -> None:
    core.write(lambda session: a_closure(session, core.salon.id, core.salon.location, start, end))


def test_a_closure_of_the_day_closes_for_whoever_works_on_the_holiday(works_on_the_holiday: Core) -> None:
    core = works_on_the_holiday
    closed_between(core, MIDNIGHT, NEXT_MIDNIGHT)
    assert core.listed(*TUESDAY) == []
    assert said(core.book(NOON)) == (422, "closed_day")


def test_a_closure_of_an_hour_takes_an_hour_of_whoever_works_on_the_holiday(
    works_on_the_holiday: Core,
) -> None:
    core = works_on_the_holiday
    before = core.listed(*TUESDAY)
    closed_between(core, datetime.fromisoformat(ELEVEN), datetime.fromisoformat(NOON))
    assert core.listed(*TUESDAY) == [start for start in before if start != ELEVEN]
    assert slots_at(core, NINE) == []
