"""Long lists come in pages that are found by the last id seen, so that new rows never shift a page."""

from collections.abc import Callable, Sequence
from typing import Annotated, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel

Item = TypeVar("Item")

After = Annotated[int | None, Query(ge=1, le=2**31 - 1, description="`next` of the page before")]
Limit = Annotated[int, Query(ge=1, le=200)]
PAGE = 50


class Page(BaseModel, Generic[Item]):
    """``next``: what to send as ``after`` for the page that follows; ``None`` on the last page."""

    items: list[Item]
    next: int | None = None


def paged(rows_plus_one: Sequence[Item], limit: int, key: Callable[[Item], int]) -> Page[Item]:
    """A page of the first ``limit`` rows; one row more than that says that another page follows."""
    items = list(rows_plus_one[:limit])
    more = len(rows_plus_one) > limit
    return Page(items=items, next=key(items[-1]) if more else None)
