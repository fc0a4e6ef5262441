"""Who has ended all messages with a word that may have meant a visit: it stays, and staff are told to ask, once."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.builders.core import Core
from tests.scheduler_core.appointments.steps import at, notices, said, seen, told, well

CoreMaker = Callable[..., Core]


@pytest.fixture
def salon(a_core: CoreMaker) -> Core:
    return a_core()


def cancels(core: Core, key: str = "turn-1") -> list[Any]:
    body = {"customer_id": core.salon.customer, "words": "CANCEL"}
    return list(well(core.ask("POST", "appointments/may-drop", body, key))["appointment_ids"])


def test_every_visit_to_come_stays_flagged_and_staff_hear_of_them_once(salon: Core) -> None:
    first, second = salon.booked(at("10:00")), salon.booked(at("10:00", day=3))
    assert cancels(salon) == cancels(salon) == [first["id"], second["id"]]
    for visit in (first, second):
        now = seen(salon, visit)
        assert (now["status"], now["version"]) == ("booked", visit["version"])
        assert [flag["kind"] for flag in now["flags"]] == ["may_drop"]
    assert told(salon).count("staff_may_drop") == 1
    assert "These visits stay booked" in notices(salon)[-1][1]
    assert "Maria, Tue 2 Mar, 10:00; Maria, Wed 3 Mar, 10:00" in notices(salon)[-1][1]


def test_without_a_visit_nobody_is_told(salon: Core) -> None:
    assert cancels(salon) == []
    assert "staff_may_drop" not in told(salon)


def test_it_is_nobody_elses_word(salon: Core) -> None:
    body = {"customer_id": 999, "words": "CANCEL"}
    assert said(salon.ask("POST", "appointments/may-drop", body, "turn-2")) == (404, "not_found")
