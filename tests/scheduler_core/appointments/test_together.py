"""People who come together are booked together: all of them or none, whatever happens at once."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.schemas import BookIn, TogetherIn
from scheduler_core.appointments.together import book_together
from scheduler_core.availability.models import Hold
from scheduler_core.db import Database
from scheduler_core.permissions.caller import Caller
from scheduler_core.settings import Settings
from tests.builders.core import MONDAY, Core, HandClock
from tests.builders.salon import Plan, Salon, a_salon
from tests.scheduler_core.appointments.test_bookings import TUESDAY_9, TUESDAY_10, notices, rows
from tests.scheduler_core.appointments.test_races import TEN, at_once

_CLIENTS = 12


def both(core: Core, *, key: str = "two", **visits: Any) -> Any:
    return core.ask("POST", "appointments/together", two(core, **visits), key)


def preview(core: Core, **visits: Any) -> Any:
    return core.ask("POST", "appointments/together/preview", two(core, **visits))


def listed(core: Core, asked: dict[str, Any]) -> list[str]:
    return [each["start"] for each in core.ask("POST", "availability/slots", asked).json()["items"]]


def two(
    core: Core,
    *,
    first: dict[str, Any] | None = None,
    second: str = TUESDAY_9,
    more: dict[str, Any] | None = None,
) -> dict[str, Any]:
    base = {
        "customer_id": core.salon.customer,
        "service_id": core.salon.service,
        "location_id": core.salon.location,
    }
    mother = base | {"staff_id": core.salon.ana, "start": TUESDAY_9} | (first or {})
    son = base | {"staff_id": core.salon.ben, "start": second, "attendee": "Leo (son)"} | (more or {})
    return {"visits": [mother, son]}


def test_two_come_at_the_same_time(core: Core) -> None:
    booked = both(core).json()["booked"]
    assert [(visit["staff_name"], visit["attendee"]) for visit in booked] == [
        ("Ana", None),
        ("Ben", "Leo (son)"),
    ]
    assert {visit["start"] for visit in booked} == {TUESDAY_9}
    assert notices(core) == ["staff_booked", "staff_booked"]
    assert both(core).json()["booked"] == booked
    assert rows(core, Appointment) == 2


def test_one_who_cannot_be_had_leaves_both_unbooked(core: Core) -> None:
    core.booked(TUESDAY_10, staff_id=core.salon.ben)
    refused = both(core, second=TUESDAY_10)
    assert (refused.status_code, refused.json()["code"]) == (409, "slot_taken")
    assert rows(core, Appointment) == 1
    assert notices(core) == ["staff_booked"]


def test_the_same_person_is_not_booked_for_both(core: Core) -> None:
    refused = both(core, first={"staff_id": core.salon.ben})
    assert refused.json()["code"] == "slot_taken"
    assert rows(core, Appointment) == 0


def test_the_hold_of_the_first_is_given_up(core: Core) -> None:
    hold = core.hold(TUESDAY_9).json()["id"]
    assert both(core, first={"hold_id": hold}).status_code == 201
    assert rows(core, Hold) == 0


def test_a_preview_is_refused_alike_and_books_nothing(core: Core) -> None:
    assert preview(core).status_code == 204
    assert (rows(core, Appointment), notices(core)) == (0, [])
    core.booked(TUESDAY_10, staff_id=core.salon.ben)
    refused = preview(core, second=TUESDAY_10)
    assert (refused.status_code, refused.json()["code"]) == (409, "slot_taken")
    assert rows(core, Appointment) == 1


def test_one_customer_may_have_one_visit_after_the_other(core: Core) -> None:
    own = {"attendee": None}
    assert both(core, second=TUESDAY_10, more=own).status_code == 201
    assert both(core, key="again", second=TUESDAY_10, more=own).json()["code"] == "slot_taken"


def test_one_customers_hold_is_not_in_the_way_of_what_is_listed(core: Core) -> None:
    held = core.hold(TUESDAY_9)
    asked = {
        "service_id": core.salon.service,
        "staff_id": core.salon.ana,
        "start": TUESDAY_9,
        "end": TUESDAY_10,
    }
    own = asked | {"conversation_id": core.salon.conversation}
    assert held.status_code == 201
    assert TUESDAY_9 not in listed(core, asked)
    assert TUESDAY_9 in listed(core, own)


def test_one_customer_books_them_all(core: Core) -> None:
    assert both(core, first={"customer_id": core.salon.customer + 1}).status_code == 422


@pytest.fixture
def salon(database: Database) -> Salon:
    return database.transact(lambda session: a_salon(session, MONDAY, Plan(grid=10)))


@pytest.fixture
def caller(database: Database, tmp_path: Path) -> Caller:
    return Caller(Settings(home=tmp_path), database, HandClock(), "test")


def pair(caller: Caller, salon: Salon, people: list[int]) -> Callable[[], object]:
    visits = [
        BookIn(
            customer_id=salon.customer,
            service_id=salon.service,
            staff_id=staff_id,
            location_id=salon.location,
            start=TEN,
            for_another=n > 0,
            attendee="son" if n else None,
        )
        for n, staff_id in enumerate(people)
    ]
    asked = TogetherIn(visits=visits)
    return lambda: caller.change(lambda session, now: book_together(session, caller, now, salon.id, asked))


def test_of_many_pairs_one_is_booked_whole(caller: Caller, salon: Salon) -> None:
    """In opposite orders, so that each begins with whom the other needs next."""
    orders = [[salon.ana, salon.ben], [salon.ben, salon.ana]]
    answers = Counter(at_once([pair(caller, salon, orders[n % 2]) for n in range(_CLIENTS)]))
    assert answers["ok"] == 1
    assert set(answers) <= {"ok", "slot_taken", "customer_busy"}
    assert caller.ask(lambda session, _: session.scalar(select(func.count(Appointment.id)))) == 2
