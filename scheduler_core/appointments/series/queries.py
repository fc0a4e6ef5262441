"""Questions about series, each from the business."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from scheduler_core.appointments import queries
from scheduler_core.appointments.models import Appointment, Series
from scheduler_core.appointments.schemas import AppointmentOut
from scheduler_core.appointments.series.rule import MOST
from scheduler_core.appointments.series.schemas import SeriesFull, SeriesOut
from scheduler_core.appointments.status import CANCELLED, COMING, ENTERED_IN_ERROR
from scheduler_core.errors import NotFound


def one(session: Session, business_id: int, series_id: int) -> Series:
    """Raises ``NotFound``."""
    found = session.scalar(select(Series).where(Series.business_id == business_id, Series.id == series_id))
    if found is None:
        raise NotFound("unknown series")
    return found


def view(session: Session, business_id: int, series_id: int, now: datetime, public_url: str) -> SeriesFull:
    """A series with its visits, soonest first, the cancelled among them."""
    series = one(session, business_id, series_id)
    found = visits(session, business_id, series_id, now, public_url)
    out = _out(series, _counts(session, business_id, [series_id], now).get(series_id, (0, 0)))
    return SeriesFull(**out.model_dump(), appointments=found)


def visits(
    session: Session, business_id: int, series_id: int, now: datetime, public_url: str
) -> list[AppointmentOut]:
    """All visits of a series as people see them, soonest first."""
    wanted = queries.Filter(series_id=series_id)
    found = queries.listed(session, business_id, wanted, None, MOST, now, public_url)
    return sorted(found, key=lambda visit: visit.start)


def listed(
    session: Session, business_id: int, customer_id: int | None, after: int | None, limit: int, now: datetime
) -> Sequence[SeriesOut]:
    wanted = select(Series).where(Series.business_id == business_id, Series.id > (after or 0))
    if customer_id is not None:
        wanted = wanted.where(Series.customer_id == customer_id)
    rows = session.scalars(wanted.order_by(Series.id).limit(limit)).all()
    counts = _counts(session, business_id, [row.id for row in rows], now)
    return [_out(row, counts.get(row.id, (0, 0))) for row in rows]


def _counts(
    session: Session, business_id: int, ids: Collection[int], now: datetime
) -> dict[int, tuple[int, int]]:
    """By series: visits that stand or took place, and those still ahead."""
    ahead = case((and_(Appointment.status.in_(COMING), Appointment.start_at > now), 1), else_=0)
    rows = session.execute(
        select(Appointment.series_id, func.count(), func.sum(ahead))
        .where(
            Appointment.business_id == business_id,
            Appointment.series_id.in_(ids),
            Appointment.status.not_in((CANCELLED, ENTERED_IN_ERROR)),
        )
        .group_by(Appointment.series_id)
    )
    return {key: (count, coming) for key, count, coming in rows if key is not None}


def _out(series: Series, counts: tuple[int, int]) -> SeriesOut:
    return SeriesOut(
        id=series.id,
        customer_id=series.customer_id,
        rrule=series.rrule,
        zone=series.zone,
        wall_start=series.wall_start,
        created_at=series.created_at,
        visits=counts[0],
        coming=counts[1],
    )
