"""A customer who will be late is heard by the staff, with the visit it is about, and once."""

from collections.abc import Callable

import httpx
import pytest

from tests.builders.core import Core
from tests.scheduler_core.appointments.steps import at, clock_at, notices, said, seen, told, well

CoreMaker = Callable[..., Core]


@pytest.fixture
def salon(a_core: CoreMaker) -> Core:
    return a_core()


def late(core: Core, key: str = "late-1", minutes: int | None = 10) -> httpx.Response:
    body = {"customer_id": core.salon.customer, "minutes": minutes, "words": "10 min late, sorry!"}
    return core.ask("POST", "appointments/late", body, key)


def test_staff_hear_of_todays_visit_by_how_much_and_in_whose_words(salon: Core) -> None:
    visit = salon.booked(at("10:00"))
    clock_at(salon, "09:50")
    assert well(late(salon))["appointment"]["id"] == visit["id"]
    assert notices(salon)[-1][1] == (
        "Running late (10 min): Maria, Haircut with Ana, Tue 2 Mar, 10:00 at Main. They wrote: 10 min late, sorry!"
    )
    assert seen(salon, visit)["version"] == visit["version"]


def test_a_visit_whose_time_has_come_is_still_the_one_that_is_meant(salon: Core) -> None:
    visit = salon.booked(at("10:00"))
    clock_at(salon, "10:05")
    assert well(late(salon, minutes=None))["appointment"]["id"] == visit["id"]
    assert notices(salon)[-1][1].startswith("Running late: Maria, Haircut")


def test_without_a_visit_today_staff_hear_that_too(salon: Core) -> None:
    salon.booked(at("10:00", day=3))
    clock_at(salon, "09:50")
    assert well(late(salon))["appointment"] is None
    assert notices(salon)[-1][1].startswith("Running late (10 min), but with no visit today: Maria.")


def test_the_same_message_is_told_once(salon: Core) -> None:
    salon.booked(at("10:00"))
    clock_at(salon, "09:50")
    assert late(salon).json() == late(salon).json()
    assert told(salon).count("staff_running_late") == 1


def test_nobody_is_late_for_somebody_else(salon: Core) -> None:
    body = {"customer_id": 999, "minutes": 5, "words": "late"}
    assert said(salon.ask("POST", "appointments/late", body, "late-2")) == (404, "not_found")
