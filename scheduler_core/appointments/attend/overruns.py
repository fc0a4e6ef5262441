"""The time that a delay takes up, beyond what is reserved: nobody new is booked there.

It is kept as rows that the search and the booking read, and worked out anew whenever the delays are.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from sqlalchemy import delete, exists, insert, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.attend.delay import Stretch
from scheduler_core.availability.models import Overrun
from scheduler_core.availability.slots import Interval, instant_of
from scheduler_core.db.base import table_of

#: Whose visit, of which resource and unit, from when to when.
_Row = tuple[int | None, int, int, datetime, datetime]


def keep(
    session: Session,
    business_id: int,
    span: tuple[datetime, datetime],
    moved: Iterable[Stretch],
    away: Mapping[int, Interval],
) -> None:
    """Of those that touch ``span``, now and until what was looked at, these and no others are there.

    ``away``: from when to when somebody is not there, by their resource.
    """
    now, until = span
    wanted = {row for row in (*_of_visits(moved), *_of_people(away)) if row[4] > now}
    rows = session.execute(
        select(
            Overrun.id,
            Overrun.appointment_id,
            Overrun.resource_id,
            Overrun.unit,
            Overrun.start_at,
            Overrun.end_at,
        ).where(Overrun.business_id == business_id, Overrun.start_at < until)
    )
    known: dict[_Row, int] = {(row[1], row[2], row[3], row[4], row[5]): row[0] for row in rows}
    if gone := [known[row] for row in known.keys() - wanted]:
        session.execute(delete(Overrun).where(Overrun.id.in_(gone)))
    if new := sorted(wanted - known.keys(), key=lambda row: row[1:]):
        names = ("appointment_id", "resource_id", "unit", "start_at", "end_at")
        rows_of = [{"business_id": business_id, **dict(zip(names, row, strict=True))} for row in new]
        session.execute(insert(table_of(Overrun)), rows_of)


def any_left(session: Session, business_id: int, now: datetime) -> bool:
    found = exists().where(Overrun.business_id == business_id, Overrun.end_at > now)
    return bool(session.scalar(select(found)))


def _of_visits(moved: Iterable[Stretch]) -> Iterator[_Row]:
    for each in moved:
        whose = each.visit if each.visit > 0 else None
        yield whose, *each.unit, instant_of(each.start), instant_of(each.end)


def _of_people(away: Mapping[int, Interval]) -> Iterator[_Row]:
    for resource_id, (since, until) in away.items():
        yield None, resource_id, 0, instant_of(since), instant_of(until)
