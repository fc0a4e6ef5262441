"""Whoever hears no hears why, and hears "taken", with what is free instead, only when somebody else has the time."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.builders.business import said
from tests.builders.core import Core
from tests.builders.parts import a_holiday, a_service, an_addon, an_override
from tests.scheduler_core.availability.times import NINE, NOON, TEN, why_not

CoreMaker = Callable[..., Core]

TUESDAY_AT_ONE, TUESDAY_AT_THREE = "2027-03-02T06:00:00Z", "2027-03-02T08:00:00Z"


@pytest.fixture
def bar(a_core: CoreMaker) -> Core:
    """Open on Mondays, from ten in the evening to two in the morning."""
    return a_core(hours={0: ((22 * 60, 26 * 60),)})


@pytest.fixture
def holiday(core: Core) -> Core:
    """A Tuesday on which only Ana works, from ten to four."""

    def build(session: Session) -> None:
        of = core.salon.id, core.salon.location, date(2027, 3, 2)
        a_holiday(session, *of)
        an_override(session, *of, [(10 * 60, 16 * 60)], core.salon.ana)

    core.write(build)
    return core


def is_taken(core: Core, start: str) -> None:
    """To whoever books and to whoever searches; and something else is offered."""
    answer = core.book(start)
    assert said(answer) == (409, "slot_taken")
    assert answer.json()["facts"]["alternatives"]
    assert why_not(core, start, staff_id=core.salon.ana)["code"] == "taken"


def test_what_is_taken_after_midnight_is_taken_though_that_day_is_closed(bar: Core) -> None:
    bar.booked(TUESDAY_AT_ONE)
    is_taken(bar, TUESDAY_AT_ONE)


def test_hours_that_pass_midnight_are_told_on_both_days(bar: Core) -> None:
    night = why_not(bar, TUESDAY_AT_THREE)
    assert (night["code"], night["facts"]["windows"]) == ("outside_hours", [["00:00", "02:00"]])
    evening = why_not(bar, "2027-03-02T02:00:00Z")
    assert (evening["code"], evening["facts"]["windows"]) == ("outside_hours", [["22:00", "02:00"]])
    assert why_not(bar, "2027-03-03T06:00:00Z")["code"] == "closed_day"


def test_what_is_taken_on_a_holiday_is_taken(holiday: Core) -> None:
    holiday.booked(NOON)
    is_taken(holiday, NOON)


def test_on_a_holiday_the_hours_of_whoever_works_are_told(holiday: Core) -> None:
    closed = why_not(holiday, NINE)
    assert (closed["code"], closed["facts"]["windows"]) == ("outside_hours", [["10:00", "16:00"]])
    assert why_not(holiday, NOON, staff_id=holiday.salon.ben)["code"] == "person_away"


@pytest.mark.parametrize("wishes", [[], [{"start": TEN, "end": NOON}]], ids=["soon", "at ten"])
def test_a_service_that_nobody_does_is_not_offered(core: Core, wishes: list[Any]) -> None:
    massage = core.write(lambda session: a_service(session, core.salon.id, name="Massage"))
    found = core.search(service_id=massage, wishes=wishes)
    assert (found["slots"], found["alternatives"], found["closed"]["code"]) == ([], [], "not_offered")


def test_a_place_that_never_opens_says_so_to_whoever_comes_as_soon_as_may_be(a_core: CoreMaker) -> None:
    assert a_core(hours={}).search()["closed"]["code"] == "closed_day"


def test_an_add_on_that_names_nobody_is_done_by_whoever_does_the_service(core: Core) -> None:
    salon = core.salon
    wash = core.write(lambda session: an_addon(session, salon.id, salon.service, duration_minutes=10))
    found = core.search(also=[wash], staff_id=salon.ben)["slots"]
    assert {slot["staff_id"] for slot in found} == {salon.ben}
    visit = core.booked(TEN, also=[wash], staff_id=salon.ben)
    assert [item["staff_id"] for item in visit["items"]] == [salon.ben, salon.ben]
    assert visit["end"] == "2027-03-02T16:10:00Z"


def test_what_is_free_instead_is_near_the_time_beyond_the_horizon_that_staff_asked_for(core: Core) -> None:
    a_year_on = "2028-03-01T15:00:00Z"
    core.booked(a_year_on, override=True)
    answer = core.book(a_year_on, override=True)
    assert said(answer) == (409, "slot_taken")
    assert {slot["start"][:8] for slot in answer.json()["facts"]["alternatives"]} <= {"2028-02-", "2028-03-"}
