"""A conversation knows the business as it is now, and asks no more of the database than whether it has changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from tests.builders.business import Office
from tests.builders.core import Core


def opened(core: Core) -> Any:
    return core.ask("POST", "conversations/open", {"channel": "terminal", "address": "maria"}).json()


@contextmanager
def statements(core: Core) -> Iterator[list[str]]:
    heard: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        heard.append(statement)

    event.listen(core.database.engine, "before_cursor_execute", hear)
    yield heard
    event.remove(core.database.engine, "before_cursor_execute", hear)


CHANGES = {
    "a new location": lambda office: office.made("locations"),
    "a location's name": lambda office: office.changed(f"locations/{office.core.salon.location}", name="New"),
    "opening hours": lambda office: office.put(f"locations/{office.core.salon.location}/hours", {}),
    "a new service": lambda office: office.made("services"),
    "a service's price": lambda office: office.changed(
        f"services/{office.core.salon.service}", price_minor=1
    ),
    "a service withdrawn": lambda office: office.delete(f"services/{office.core.salon.service}"),
    "who does it": lambda office: office.changed(f"services/{office.core.salon.service}", staff_ids=[]),
    "somebody new": lambda office: office.made("staff"),
    "another name of somebody": lambda office: office.changed(
        f"staff/{office.core.salon.ana}", aliases=["A"]
    ),
    "somebody's hours": lambda office: office.put(f"staff/{office.core.salon.ana}/hours", {"hours": []}),
    "the phone": lambda office: office.changed(office.home, phone="555"),
    "the policy": lambda office: office.changed(office.home, policy={"hold_minutes": 7}),
}


@pytest.mark.parametrize("change", list(CHANGES))
def test_a_change_is_known_at_the_next_turn(office: Office, change: str) -> None:
    before = opened(office.core)
    assert opened(office.core) == before
    CHANGES[change](office)
    assert opened(office.core) != before


def of_the_catalogue(heard: list[str]) -> set[str]:
    """Which of its tables were read."""
    tables = ("location", "service", "staff_member", "staff_hours")
    return {table for table in tables for statement in heard if f"FROM {table} " in f"{statement} "}


def test_what_is_known_is_not_read_again(core: Core) -> None:
    with statements(core) as first:
        opened(core)
    with statements(core) as again:
        opened(core)
    assert of_the_catalogue(first) == {"location", "service", "staff_member", "staff_hours"}
    assert again
    assert of_the_catalogue(again) == set()


def test_what_can_be_added_to_a_service_is_named_with_it(office: Office) -> None:
    wash = office.made("services", name="Wash", is_addon=True, duration_minutes=10, price_minor=500)
    office.changed(f"services/{office.core.salon.service}", addon_ids=[wash["id"]])

    known = opened(office.core)

    assert known["services"][0]["addon_ids"] == [wash["id"]]
    assert [(each["name"], each["staff_ids"]) for each in known["addons"]] == [("Wash", [])]
    assert "Wash" not in [each["name"] for each in known["services"]]
