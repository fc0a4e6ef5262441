"""Two machines that start on one new database at the same moment both find it ready."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, text

from scheduler_core.db import Database, open_database
from scheduler_core.db.migrate import check_ready, upgrade
from tests.builders.databases import a_postgresql_database

_ROOT = Path(__file__).resolve().parents[3]
_PATIENCE_SECONDS = 60.0
_UPGRADE = """
import sys
from scheduler_core.db import open_database
from scheduler_core.db.migrate import upgrade
upgrade(open_database(sys.argv[1]))
"""
_WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


@pytest.fixture
def new_database(postgresql: str) -> Iterator[Database]:
    with a_postgresql_database(postgresql) as url:
        database = open_database(url)
        with database.writing_connection() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        yield database
        database.close()


def another_machine(url: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _UPGRADE, url]
    return subprocess.Popen(command, cwd=_ROOT, stderr=subprocess.PIPE, text=True)


def test_the_second_waits_for_the_first_and_finds_everything_done(new_database: Database) -> None:
    url = new_database.engine.url.render_as_string(hide_password=False)
    others: list[subprocess.Popen[str]] = []

    @event.listens_for(new_database.engine, "commit", once=True)
    def _let_another_begin(_: Connection) -> None:
        others.append(another_machine(url))
        _until_it_waits(url, others[0])

    upgrade(new_database)
    (other,) = others
    _, said = other.communicate(timeout=_PATIENCE_SECONDS)
    assert other.returncode == 0, said
    check_ready(new_database)


def _until_it_waits(url: str, other: subprocess.Popen[str]) -> None:
    """For the one that is about to commit; one that does not wait has ended badly, which is seen later."""
    looking = open_database(url)
    with looking.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while other.poll() is None and not connection.scalar(text(_WAITING)):
            try:
                other.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
    looking.close()
