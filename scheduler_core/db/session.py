"""Sessions: many readers, writers one at a time on SQLite, and a small retry where databases ask for one."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

log = logging.getLogger(__name__)

Result = TypeVar("Result")

_WRITES = "frontdesk_writes"
_TRIES = 5
_RETRYABLE_SQLSTATES = {"40001", "40P01"}
_BUSY_TIMEOUT_MS = 10_000


class Database:
    """One database of one process. ``read`` for questions, ``transact`` for changes: commit or nothing."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writing = engine.execution_options(**{_WRITES: True})
        on_sqlite = engine.dialect.name == "sqlite"
        self._turn: AbstractContextManager[Any] = threading.Lock() if on_sqlite else nullcontext()

    @contextmanager
    def read(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    def transact(self, work: Callable[[Session], Result]) -> Result:
        """Run ``work`` in one transaction; after a deadlock it runs again, so it only touches the session."""
        for attempt in range(1, _TRIES + 1):
            try:
                with self._turn, Session(self._writing, expire_on_commit=False) as session, session.begin():
                    return work(session)
            except DBAPIError as error:
                if attempt == _TRIES or not _worth_another_try(error):
                    raise
                log.warning("transaction tried again after %s", type(error.orig).__name__)
        raise AssertionError("unreachable")

    @contextmanager
    def writing_connection(self) -> Iterator[Connection]:
        """A bare connection in one writing transaction, for migrations and bulk loads."""
        with self._turn, self._writing.begin() as connection:
            yield connection

    def close(self) -> None:
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Connect by SQLAlchemy URL; nothing is created and nothing is migrated."""
    engine = create_engine(
        url,
        pool_size=20,
        max_overflow=20,
        pool_pre_ping=not url.startswith("sqlite"),
        hide_parameters=True,  # what people wrote stays out of the logs
    )
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return Database(engine)


def serialise(session: Session, key: str) -> None:
    """Let the transactions of all processes that name this key follow each other. On SQLite all do that write."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": key})


def is_writing(session: Session) -> bool:
    """Is this a session of ``transact``, whose changes may yet be undone?"""
    return bool(session.connection().get_execution_options().get(_WRITES, False))


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # sqlite3 must not begin on its own: _begin_sqlite does
    for pragma in (
        f"busy_timeout={_BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",  # who is forgotten is not left in free pages
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _worth_another_try(error: DBAPIError) -> bool:
    if getattr(error.orig, "sqlstate", None) in _RETRYABLE_SQLSTATES:
        return True
    return "locked" in str(error.orig)
