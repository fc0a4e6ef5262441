"""What a database can hold: instants (timestamptz, or integer microseconds on SQLite), never naive, and text."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, DateTime, Dialect, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import TypeDecorator, TypeEngine

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
MICROSECONDS_PER_MINUTE = 60_000_000


def storable(text: str) -> str:
    """The text without what UTF-8 or PostgreSQL cannot hold: half characters and NUL."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant; raises ``ValueError`` for a naive one, whose meaning nobody knows."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        wanted = BigInteger() if dialect.name == "sqlite" else DateTime(timezone=True)
        return dialect.type_descriptor(wanted)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone cannot be stored: {value!r}")
        return (value - _EPOCH) // _MICROSECOND if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if dialect.name == "sqlite":
            return _EPOCH + timedelta(microseconds=value)
        instant: datetime = value
        return instant.astimezone(UTC)


class EpochMinutes(GenericFunction[int]):
    """An instant column as whole minutes since 1970, so that many rows can be read as plain integers."""

    type = Integer()
    name = "epoch_minutes"
    inherit_cache = True


class EpochMinutesUp(GenericFunction[int]):
    """The same, rounded up: the end of an interval that must not lose its last seconds."""

    type = Integer()
    name = "epoch_minutes_up"
    inherit_cache = True


@compiles(EpochMinutes, "sqlite")
def _sqlite_minutes(element: EpochMinutes, compiler: SQLCompiler, **options: Any) -> str:
    return f"({compiler.process(_only_column(element), **options)} / {MICROSECONDS_PER_MINUTE})"


@compiles(EpochMinutes, "postgresql")
def _postgresql_minutes(element: EpochMinutes, compiler: SQLCompiler, **options: Any) -> str:
    column = compiler.process(_only_column(element), **options)
    return f"CAST(floor(extract(epoch FROM {column}) / 60) AS BIGINT)"


@compiles(EpochMinutesUp, "sqlite")
def _sqlite_minutes_up(element: EpochMinutesUp, compiler: SQLCompiler, **options: Any) -> str:
    column = compiler.process(_only_column(element), **options)
    return f"(({column} + {MICROSECONDS_PER_MINUTE - 1}) / {MICROSECONDS_PER_MINUTE})"


@compiles(EpochMinutesUp, "postgresql")
def _postgresql_minutes_up(element: EpochMinutesUp, compiler: SQLCompiler, **options: Any) -> str:
    column = compiler.process(_only_column(element), **options)
    return f"CAST(ceil(extract(epoch FROM {column}) / 60) AS BIGINT)"


def _only_column(element: GenericFunction[int]) -> ColumnElement[Any]:
    return next(iter(element.clauses))
