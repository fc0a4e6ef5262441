"""Two who want the same, one of them in the middle of it: what comes second is known to wait before the first goes on.

Only on PostgreSQL, as SQLite lets one writer in at a time.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TypeVar

import pytest
from sqlalchemy import text

from scheduler_core.db import Database

Result = TypeVar("Result")

on_postgresql = pytest.mark.parametrize("empty_database", ["postgresql"], indirect=True)

_SECONDS_BETWEEN_LOOKS = 0.01
_WAITING = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def meanwhile(pool: ThreadPoolExecutor, database: Database, work: Callable[[], Result]) -> Future[Result]:
    """Begin some work beside this thread; comes back when that waits for a lock, or is done already."""
    begun = pool.submit(work)
    with database.engine.connect() as connection:
        looking = connection.execution_options(isolation_level="AUTOCOMMIT")
        while not begun.done() and not looking.scalar(_WAITING):
            wait([begun], timeout=_SECONDS_BETWEEN_LOOKS)
    return begun


def at_once(*works: Callable[[], Result]) -> list[Result]:
    """All of them together, each in a thread of its own; what they answer, in order."""
    with ThreadPoolExecutor(len(works)) as pool:
        return [begun.result() for begun in [pool.submit(work) for work in works]]
