"""The table of roles, word for word, tried through doors that ask for one permission each."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.orm import Session

from scheduler_core.clock import system_clock
from scheduler_core.db import Database, open_database
from scheduler_core.errors import NotFound
from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.keys import make
from scheduler_core.permissions.problems import answer_with_problems
from scheduler_core.permissions.roles import Permission, Role
from scheduler_core.permissions.schemas import KeyIn
from scheduler_core.settings import Settings
from tests.builders.clock import HandClock
from tests.builders.databases import a_migrated_file
from tests.builders.salon import Salon, a_salon
from tests.builders.serving import served

PROMISED = """
                   system owner manager receptionist staff customer read_only
    search           x      x      x         x         x      x         x
    book             x      x      x         x         x      x         -
    change_visit     x      x      x         x         x      x         -
    attend           x      x      x         x         x      -         -
    override_policy  x      x      x         x         -      -         -
    read_visits      x      x      x         x         x      x         x
    read_customers   x      x      x         x         x      x         x
    change_customers x      x      x         x         -      x         -
    erase_customer   x      x      -         -         -      -         -
    read_business    x      x      x         x         x      x         x
    read_desk        x      x      x         x         -      -         x
    manage_business  x      x      x         -         -      -         -
    manage_own_time  x      x      x         x         x      -         -
    manage_keys      x      x      x         -         -      -         -
    issue_sessions   x      x      x         x         -      -         -
    read_audit       x      x      x         -         -      -         -
    converse         x      x      x         x         -      -         -
    waitlist         x      x      x         x         -      x         -
    give_feedback    x      x      x         x         -      x         -
    read_feedback    x      x      x         x         -      -         -
    read_files       x      x      x         x         x      -         -
    create_business  x      -      -         -         -      -         -
"""
ROLES, *LINES = (line.split() for line in PROMISED.strip().splitlines())
CASES = [(role, line[0], mark == "x") for line in LINES for role, mark in zip(ROLES, line[1:], strict=True)]

Doors = tuple[httpx.Client, Salon, dict[str, str]]


def probe(permission: Permission) -> Any:
    def door(caller: Annotated[Caller, may(permission)]) -> str:
        return caller.role

    return door


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    """An app with a door for each permission, a salon behind it, and each role's key."""
    home = tmp_path_factory.mktemp("doors")
    app = _app_of(home)
    system = Caller(app.state.settings, app.state.database, app.state.clock, "test")
    salon = system.change(lambda session, now: a_salon(session, now))
    keys = {"system": app.state.settings.api_key.get_secret_value()}
    keys |= {role: _key(system, salon, role) for role in ROLES if role != "system"}
    with served(app) as address, httpx.Client(base_url=address, trust_env=False) as http:
        yield http, salon, keys
    app.state.database.close()


def _app_of(home: Path) -> FastAPI:
    url = f"sqlite:///{a_migrated_file(home)}"
    app = FastAPI()
    app.state.settings, app.state.clock = Settings(home=home, database_url=url), system_clock
    app.state.database = open_database(url)
    for permission in Permission:
        app.add_api_route(f"/v1/businesses/{{business_id}}/{permission}", probe(permission))
    answer_with_problems(app)
    return app


def _key(system: Caller, salon: Salon, role: str) -> str:
    asked = KeyIn.model_validate(
        {
            "role": role,
            "label": role,
            "staff_id": salon.ana if role == "staff" else None,
            "customer_id": salon.customer if role == "customer" else None,
        }
    )
    return system.change(lambda session, now: make(session, system, now, salon.id, asked)).secret


def test_the_table_speaks_of_every_role_and_permission() -> None:
    assert ROLES == [str(role) for role in Role]
    assert sorted(line[0] for line in LINES) == sorted(Permission)


@pytest.mark.parametrize(("role", "permission", "allowed"), CASES)
def test_a_role_opens_exactly_its_doors(doors: Doors, role: str, permission: str, allowed: bool) -> None:
    http, salon, keys = doors
    answer = http.get(f"/v1/businesses/{salon.id}/{permission}", headers={"X-API-Key": keys[role]})
    if allowed:
        assert (answer.status_code, answer.json()) == (200, role)
    else:
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
        assert answer.json()["facts"] == {"permission": permission}


@pytest.mark.parametrize("role", [role for role in ROLES if role != "system"])
def test_another_business_is_not_found_whatever_the_role(doors: Doors, role: str) -> None:
    http, salon, keys = doors
    for business in (str(salon.id + 1), f"0{salon.id}", f"{salon.id}.0", f" {salon.id}"):
        for permission in ("search", "create_business"):
            answer = http.get(f"/v1/businesses/{business}/{permission}", headers={"X-API-Key": keys[role]})
            assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def a_caller(role: Role, **who: int) -> Caller:
    return Caller(None, None, HandClock(), "test", role=role, **who)  # type: ignore[arg-type]


def test_a_customer_and_a_staff_member_reach_only_what_is_theirs() -> None:
    customer, staff = a_caller(Role.CUSTOMER, customer_id=7), a_caller(Role.STAFF, staff_id=3)
    customer.must_be_own_customer(7)
    staff.must_be_own_staff(3)
    for other in (8, None):
        with pytest.raises(NotFound):
            customer.must_be_own_customer(other)
        with pytest.raises(NotFound):
            staff.must_be_own_staff(other)


@pytest.mark.parametrize("role", [Role.SYSTEM, Role.OWNER, Role.MANAGER, Role.RECEPTIONIST, Role.READ_ONLY])
def test_wider_roles_reach_everybody_s(role: Role) -> None:
    a_caller(role, staff_id=3).must_be_own_staff(4)
    a_caller(role).must_be_own_customer(8)


def test_changed_rules_are_told_in_their_own_transaction(empty_database: Database, clock: HandClock) -> None:
    told: list[tuple[str, int, datetime, bool]] = []
    working: list[Session] = []

    def listener(session: Session, caller: Caller, business_id: int, now: datetime) -> None:
        told.append((caller.actor, business_id, now, session is working[0]))

    def work(session: Session, _now: datetime) -> str:
        working.append(session)
        return "done"

    caller = Caller(Settings.model_construct(), empty_database, clock, "test", rules_changed=listener)
    assert caller.change_rules(5, work) == "done"
    assert told == [("test", 5, clock(), True)]
