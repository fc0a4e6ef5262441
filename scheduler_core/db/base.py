"""All tables share one metadata with predictable constraint names, which migrations rely on."""

from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, Integer, MetaData, Table
from sqlalchemy.orm import DeclarativeBase

_JSON = JSON(none_as_null=True)
BigKey = BigInteger().with_variant(Integer, "sqlite")

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {dict[str, Any]: _JSON, list[Any]: _JSON}


def table_of(model: type[Base]) -> Table:
    """The table itself, for statements that are built once and read plain rows."""
    assert isinstance(model.__table__, Table)
    return model.__table__
