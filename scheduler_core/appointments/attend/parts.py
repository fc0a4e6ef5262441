"""What a visit needs of each person and thing it has reserved: from when to when, and which buffer follows; pure.

A reservation does not say which of a visit's services it is for. A person's is for what that person does, a thing's for
the service it lies over.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Reserved:
    """[start, end) of one unit of a resource, buffers included."""

    id: int
    resource_id: int
    unit: int
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Done:
    """One service of the visit: ``by`` is the resource of who does it, ``after`` the buffer behind it."""

    start: datetime
    end: datetime
    by: int
    after: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Part:
    """``begins``, ``ends``: the work itself, as planned. ``last``: its resource is not needed again afterwards.

    ``closing``: it lasts until the visit ends. ``after``: what is kept free behind it.
    """

    reserved: Reserved
    begins: datetime
    ends: datetime
    last: bool
    closing: bool
    after: timedelta

    @property
    def unit(self) -> tuple[int, int]:
        return self.reserved.resource_id, self.reserved.unit


def parts_of(reserved: Iterable[Reserved], done: Sequence[Done]) -> list[Part]:
    """The parts of one visit, in order."""
    rows = sorted(reserved, key=lambda row: (row.start, row.resource_id))
    last_of = {(row.resource_id, row.unit): row for row in rows}
    return [_part(row, last_of[row.resource_id, row.unit] is row, done) for row in rows]


def _part(row: Reserved, last: bool, done: Sequence[Done]) -> Part:
    by_person = [each for each in done if each.by == row.resource_id]
    lies_over = [each for each in done if row.start < each.end and each.start < row.end]
    own = by_person or lies_over or list(done)
    final = max(own, key=lambda each: each.end)
    closing = last and final.end == max(each.end for each in done)
    return Part(
        reserved=row,
        begins=max(row.start, min(each.start for each in own)),
        ends=final.end if last else row.end,
        last=last,
        closing=closing,
        after=final.after if closing or by_person else timedelta(),
    )
