"""Insert what is not there yet, by its ``idem_key``: one statement on both databases, built once."""

from typing import Any

from sqlalchemy import Executable, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


class InsertOnce:
    """Of a table with a unique ``idem_key``. Building a statement takes longer than running it."""

    def __init__(self, table: Table) -> None:
        kept = table.c.id
        self._by_dialect: dict[str, Executable] = {
            "sqlite": sqlite.insert(table)
            .on_conflict_do_nothing(index_elements=["idem_key"])
            .returning(kept),
            "postgresql": (
                postgresql.insert(table).on_conflict_do_nothing(index_elements=["idem_key"]).returning(kept)
            ),
        }

    def __call__(self, session: Session, **values: Any) -> int | None:
        """The new row's id; ``None`` when its ``idem_key`` is there already."""
        new: int | None = session.scalar(self._by_dialect[session.get_bind().dialect.name], values)
        return new
