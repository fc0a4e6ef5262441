"""The core over real databases of both kinds, served for as long as the tests run."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from scheduler_core.app import create_app
from scheduler_core.db import Database, open_database
from scheduler_core.settings import Settings
from tests.builders.clock import HandClock
from tests.builders.core import Core
from tests.builders.databases import (
    NoPostgreSQL,
    a_migrated_file,
    a_postgresql_database,
    emptied,
    postgresql_server,
)
from tests.builders.salon import Plan, a_salon
from tests.builders.serving import served

CoreMaker = Callable[..., Core]
BOTH = ["sqlite", "postgresql"]


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database after its migrations, to be copied."""
    return a_migrated_file(tmp_path_factory.mktemp("template"))


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'frontdesk.db')}"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A server with a migrated template database."""
    try:
        with postgresql_server() as url:
            yield url
    except NoPostgreSQL as why:
        pytest.skip(f"NO POSTGRESQL: {why}")


@pytest.fixture(scope="session")
def kept_postgresql(postgresql: str) -> Iterator[Database]:
    """One database for many tests, each of which empties it first."""
    with a_postgresql_database(postgresql) as url:
        opened = open_database(url)
        yield opened
        opened.close()


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A migrated database of each kind that nobody else knows; for what changes its shape or opens it again."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
    else:
        with a_postgresql_database(request.getfixturevalue("postgresql")) as url:
            yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = open_database(database_url)
    yield opened
    opened.close()


@pytest.fixture(params=BOTH)
def empty_database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A migrated database of each kind without a row, at little cost."""
    if request.param == "postgresql":
        yield emptied(request.getfixturevalue("kept_postgresql"))
        return
    opened = open_database(request.getfixturevalue("sqlite_url"))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def served_app(
    migrated_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[FastAPI, str]]:
    """One served app and its address; each test gives it a database, a clock and settings of its own."""
    url = f"sqlite:///{migrated_file}"
    app = create_app(Settings(home=tmp_path_factory.mktemp("home"), database_url=url))
    with served(app) as address:
        yield app, address


@pytest.fixture
def a_core(
    served_app: tuple[FastAPI, str], empty_database: Database, tmp_path: Path, clock: HandClock
) -> Iterator[CoreMaker]:
    """Makes a served core, on each kind of database, whose salon is as the test says (the fields of ``Plan``)."""
    app, address = served_app
    url = empty_database.engine.url.render_as_string(hide_password=False)
    settings = Settings(home=tmp_path, database_url=url)
    app.state.settings, app.state.database, app.state.clock = settings, empty_database, clock
    headers = {"X-API-Key": settings.api_key.get_secret_value()}
    with httpx.Client(base_url=address, headers=headers, trust_env=False) as http:

        def make(**salon: Any) -> Core:
            made = empty_database.transact(lambda session: a_salon(session, clock(), Plan(**salon)))
            return Core(settings, empty_database, clock, http, made)

        yield make


@pytest.fixture
def core(a_core: CoreMaker) -> Core:
    """An ordinary salon in New York: an hour's haircut, on the hour, Monday to Friday."""
    return a_core()
