"""When a location does not open although it is a weekday for it: holidays, and closures for once."""

from datetime import date

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from scheduler_core.businesses.changing import Change
from scheduler_core.businesses.day_hours import days_after
from scheduler_core.businesses.hours import Closure, Holiday
from scheduler_core.businesses.models import Location
from scheduler_core.businesses.rows import in_use, owned
from scheduler_core.businesses.schemas.locations import (
    ClosureIn,
    ClosureOut,
    HolidayOut,
    HolidaysIn,
    HolidaysOut,
)
from scheduler_core.errors import NotFound
from scheduler_core.permissions.paging import Page, paged


def holiday_page(
    session: Session, business_id: int, location_id: int, after: int | None, limit: int
) -> Page[HolidayOut]:
    """By date."""
    owned(session, Location, business_id, location_id)
    rows = session.execute(
        select(Holiday.day, Holiday.name)
        .where(Holiday.location_id == location_id, Holiday.day > days_after(after))
        .order_by(Holiday.day)
        .limit(limit + 1)
    )
    shown = [HolidayOut(date=day, name=name) for day, name in rows]
    return paged(shown, limit, lambda each: each.date.toordinal())


def add_holidays(made: Change, location_id: int, asked: HolidaysIn) -> HolidaysOut:
    """A date that is a holiday already takes the new name."""
    place = in_use(made.session, Location, made.business_id, location_id)
    wanted = sorted(set(asked.dates))
    of_place = (Holiday.location_id == place.id, Holiday.day.in_(wanted))
    known = set(made.session.scalars(select(Holiday.day).where(*of_place)))
    made.session.execute(update(Holiday).where(*of_place).values(name=asked.name))
    new = [
        Holiday(business_id=made.business_id, location_id=place.id, day=day, name=asked.name)
        for day in wanted
        if day not in known
    ]
    made.session.add_all(new)
    made.record("holidays_added", "location", place.id, days=[day.isoformat() for day in wanted])
    return HolidaysOut(items=[HolidayOut(date=day, name=asked.name) for day in wanted])


def remove_holiday(made: Change, location_id: int, day: date) -> None:
    place = in_use(made.session, Location, made.business_id, location_id)
    gone = delete(Holiday).where(Holiday.location_id == place.id, Holiday.day == day).returning(Holiday.id)
    if made.session.scalar(gone) is None:
        raise NotFound("that date is no holiday")
    made.frees_day(day)
    made.record("holiday_removed", "location", place.id, day=day.isoformat())


def closure_page(
    session: Session, business_id: int, location_id: int, after: int | None, limit: int
) -> Page[ClosureOut]:
    owned(session, Location, business_id, location_id)
    rows = session.scalars(
        select(Closure)
        .where(Closure.location_id == location_id, Closure.id > (after or 0))
        .order_by(Closure.id)
        .limit(limit + 1)
    )
    return paged([_closure_out(row) for row in rows], limit, lambda each: each.id)


def close_for_once(made: Change, location_id: int, asked: ClosureIn) -> ClosureOut:
    place = in_use(made.session, Location, made.business_id, location_id)
    closure = Closure(
        business_id=made.business_id,
        location_id=place.id,
        start_at=asked.start,
        end_at=asked.end,
        reason=asked.reason,
    )
    made.session.add(closure)
    made.session.flush()
    times = {"start": asked.start.isoformat(), "end": asked.end.isoformat()}
    made.record("closed", "location", place.id, closure_id=closure.id, **times)
    return _closure_out(closure)


def remove_closure(made: Change, location_id: int, closure_id: int) -> None:
    place = in_use(made.session, Location, made.business_id, location_id)
    gone = delete(Closure).where(Closure.location_id == place.id, Closure.id == closure_id)
    was = made.session.execute(gone.returning(Closure.start_at, Closure.end_at)).one_or_none()
    if was is None:
        raise NotFound("unknown closure")
    made.frees(was.start_at, was.end_at)
    made.record("closure_removed", "location", place.id, closure_id=closure_id)


def _closure_out(row: Closure) -> ClosureOut:
    return ClosureOut(id=row.id, start=row.start_at, end=row.end_at, reason=row.reason)
