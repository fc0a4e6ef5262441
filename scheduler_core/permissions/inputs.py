"""What a caller may send: ids, instants and words that every database can hold; the rest is malformed."""

from datetime import UTC, datetime
from math import isfinite
from typing import Annotated, Any

from fastapi import Path
from pydantic import AfterValidator, AwareDatetime, Field

from scheduler_core.db.types import storable

_LARGEST_ID = 2**31 - 1
_DEEPEST = 50
_FIRST, _END = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def _within_reach(instant: datetime) -> datetime:
    if not _FIRST <= instant < _END:
        raise ValueError("a time between 1990 and 2200, please")
    return instant.astimezone(UTC)


def _plain(value: Any, depth: int = 0) -> Any:
    if depth > _DEEPEST:
        raise ValueError("nested too deeply")
    if isinstance(value, float) and not isfinite(value):
        raise ValueError("a finite number, please")
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [_plain(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {storable(name): _plain(item, depth + 1) for name, item in value.items()}
    return value


Id = Annotated[int, Field(ge=1, le=_LARGEST_ID)]
PathId = Annotated[int, Path(ge=1, le=_LARGEST_ID)]
#: A version that was read; there is always room for the next.
Version = Annotated[int, Field(ge=0, le=_LARGEST_ID - 1)]
Instant = Annotated[AwareDatetime, AfterValidator(_within_reach)]
Words = Annotated[str, AfterValidator(storable)]
#: Where somebody is written to: "telegram", and their number or name there.
Channel = Annotated[Words, Field(min_length=1, max_length=20)]
Address = Annotated[Words, Field(min_length=1, max_length=160)]
#: An object of any shape that is kept as JSON.
JsonObject = Annotated[dict[str, Any], AfterValidator(_plain)]
