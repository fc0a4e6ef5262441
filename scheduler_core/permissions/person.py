"""A person as every room knows them, and what a room promises about them: to show it all, and to forget it.

A room knows only its own tables, and most may not look into customers. So each has a ``personal.py`` with its
``Room``, and the app lists them; customers/export.py and customers/erase.py go through that list.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from scheduler_core.db.base import Base
from scheduler_core.permissions.caller import Caller

Subject = tuple[str, int]
Address = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Traces:
    """Where a room has something of a person: (kind, id) as the audit names it, and (channel, address)."""

    subjects: frozenset[Subject] = frozenset()
    addresses: frozenset[Address] = frozenset()


@dataclass(frozen=True, slots=True)
class Person:
    """One customer with every trace that the rooms have of them. ``language``: that of the business."""

    business_id: int
    customer_id: int
    language: str
    subjects: frozenset[Subject]
    addresses: frozenset[Address]

    @property
    def alias(self) -> str:
        """What a person without a name is called."""
        return f"Customer {self.customer_id}"

    def ids(self, kind: str) -> list[int]:
        return sorted(key for found, key in self.subjects if found == kind)

    def kinds(self) -> list[str]:
        return sorted({kind for kind, _ in self.subjects})


def no_traces(_session: Session, _business_id: int, _customer_id: int) -> Traces:
    return Traces()


def no_counts(_session: Session, _person: Person, _now: datetime) -> dict[str, int]:
    return {}


def nothing_more(_caller: Caller) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Room:
    """``erase`` works in the caller's transaction and may be repeated; ``counts`` are shown with the customer.

    ``afterwards``: what is left to do once that transaction has ended.

    ``tables``: those whose rows name a person by ``customer_id``.
    """

    export: Callable[[Session, Person], dict[str, Any]]
    erase: Callable[[Session, Caller, datetime, Person], None]
    tables: tuple[type[Base], ...] = ()
    traces: Callable[[Session, int, int], Traces] = no_traces
    counts: Callable[[Session, Person, datetime], dict[str, int]] = no_counts
    afterwards: Callable[[Caller], None] = nothing_more


def kept(row: Base, *without: str) -> dict[str, Any]:
    """A row as it is kept, every column of it, so that a new column is in the export from its first day."""
    names = (column.key for column in type(row).__table__.columns)
    return {name: getattr(row, name) for name in names if name not in without}
