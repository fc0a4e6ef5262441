"""Dates with hours of their own, in place of the weekday's: of a location, and of a person at one.

A date on which nobody is there is kept as a window of no length, so that "none" differs from "as usual".
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.orm import Session

from scheduler_core.businesses.changing import Change
from scheduler_core.businesses.hours import HoursOverride
from scheduler_core.businesses.models import Location, StaffMember
from scheduler_core.businesses.rows import in_use, owned
from scheduler_core.businesses.schemas.locations import DayHoursOut
from scheduler_core.businesses.schemas.staff import StaffDayIn, StaffDayOut
from scheduler_core.businesses.wall import clock_of, minute_of
from scheduler_core.errors import NotFound
from scheduler_core.permissions.paging import Page, paged

Windows = Sequence[tuple[str, str]]
Which = tuple[ColumnElement[bool], ...]


def days_after(after: int | None) -> date:
    """The day that a page of days begins behind; days are paged by their ordinal."""
    return date.fromordinal(min(after, date.max.toordinal())) if after else date.min


def location_days(
    session: Session, business_id: int, location_id: int, after: int | None, limit: int
) -> Page[DayHoursOut]:
    """By date."""
    owned(session, Location, business_id, location_id)
    found = _windows(session, _of_location(location_id), after, limit)
    shown = [DayHoursOut(date=day, windows=windows) for (day, _), windows in found.items()]
    return paged(shown, limit, lambda each: each.date.toordinal())


def set_location_day(made: Change, location_id: int, day: date, windows: Windows) -> DayHoursOut:
    place = in_use(made.session, Location, made.business_id, location_id)
    _replace(made, _of_location(place.id), day, windows, location_id=place.id)
    made.record("day_set", "location", place.id, day=day.isoformat())
    return DayHoursOut(date=day, windows=[list(window) for window in sorted(windows)])


def clear_location_day(made: Change, location_id: int, day: date) -> None:
    """Back to the weekday's hours; raises ``NotFound`` for a date that has none of its own."""
    place = in_use(made.session, Location, made.business_id, location_id)
    _clear(made, _of_location(place.id), day)
    made.record("day_cleared", "location", place.id, day=day.isoformat())


def staff_days(
    session: Session, business_id: int, staff_id: int, after: int | None, limit: int
) -> Page[StaffDayOut]:
    """By date."""
    owned(session, StaffMember, business_id, staff_id)
    found = _windows(session, _of_person(staff_id), after, limit)
    shown = [
        StaffDayOut(date=day, location_id=location_id, windows=windows)
        for (day, location_id), windows in found.items()
    ]
    return paged(shown, limit, lambda each: each.date.toordinal())


def set_staff_day(made: Change, staff_id: int, day: date, asked: StaffDayIn) -> StaffDayOut:
    person = in_use(made.session, StaffMember, made.business_id, staff_id)
    place = in_use(made.session, Location, made.business_id, asked.location_id)
    _replace(made, _of_person(person.id), day, asked.windows, location_id=place.id, staff_id=person.id)
    made.record("day_set", "staff_member", person.id, day=day.isoformat())
    windows = [list(window) for window in sorted(asked.windows)]
    return StaffDayOut(date=day, location_id=place.id, windows=windows)


def clear_staff_day(made: Change, staff_id: int, day: date) -> None:
    """Back to the weekday's hours; raises ``NotFound`` for a date that has none of its own."""
    person = in_use(made.session, StaffMember, made.business_id, staff_id)
    _clear(made, _of_person(person.id), day)
    made.record("day_cleared", "staff_member", person.id, day=day.isoformat())


def _of_location(location_id: int) -> Which:
    return HoursOverride.location_id == location_id, HoursOverride.staff_id.is_(None)


def _of_person(staff_id: int) -> Which:
    return (HoursOverride.staff_id == staff_id,)


def _replace(
    made: Change, whose: Which, day: date, windows: Windows, location_id: int, staff_id: int | None = None
) -> None:
    made.session.execute(delete(HoursOverride).where(*whose, HoursOverride.day == day))
    rows = [
        {
            "business_id": made.business_id,
            "location_id": location_id,
            "staff_id": staff_id,
            "day": day,
            "starts_minute": minute_of(start),
            "ends_minute": minute_of(end),
        }
        for start, end in windows or [("00:00", "00:00")]
    ]
    made.session.execute(insert(HoursOverride), rows)
    if windows:
        made.frees_day(day)


def _clear(made: Change, whose: Which, day: date) -> None:
    gone = delete(HoursOverride).where(*whose, HoursOverride.day == day).returning(HoursOverride.id)
    if not made.session.scalars(gone).all():
        raise NotFound("that date has no hours of its own")
    made.frees_day(day)


def _windows(
    session: Session, whose: Which, after: int | None, limit: int
) -> dict[tuple[date, int], list[list[str]]]:
    """By date and location: the windows of the dates behind ``after``, and of one more than ``limit``."""
    which = (*whose, HoursOverride.day > days_after(after))
    days = select(HoursOverride.day).where(*which).distinct().order_by(HoursOverride.day).limit(limit + 1)
    rows = session.execute(
        select(
            HoursOverride.day,
            HoursOverride.location_id,
            HoursOverride.starts_minute,
            HoursOverride.ends_minute,
        )
        .where(*which, HoursOverride.day.in_(days))
        .order_by(HoursOverride.day, HoursOverride.starts_minute)
    )
    found: dict[tuple[date, int], list[list[str]]] = defaultdict(list)
    for day, location_id, start, end in rows:
        found[day, location_id] += [[clock_of(start), clock_of(end)]] if end > start else []
    return found
