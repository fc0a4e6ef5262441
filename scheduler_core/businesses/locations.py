"""Where a business is, and when it is open there in an ordinary week."""

from collections.abc import Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from scheduler_core.businesses.changing import Change, put
from scheduler_core.businesses.hours import OpeningHours
from scheduler_core.businesses.models import Location
from scheduler_core.businesses.queries import empty_week
from scheduler_core.businesses.rows import in_use, owned, rows_of_page
from scheduler_core.businesses.schemas.fields import WeekHours
from scheduler_core.businesses.schemas.locations import LocationChange, LocationFull, LocationIn
from scheduler_core.businesses.wall import clock_of, minute_of
from scheduler_core.permissions.paging import Page, paged


def view(session: Session, business_id: int, location_id: int) -> LocationFull:
    return _shown(session, [owned(session, Location, business_id, location_id)])[0]


def page(session: Session, business_id: int, after: int | None, limit: int) -> Page[LocationFull]:
    rows = rows_of_page(session, Location, business_id, after, limit)
    return paged(_shown(session, rows), limit, lambda each: each.id)


def create(made: Change, asked: LocationIn) -> LocationFull:
    place = Location(
        business_id=made.business_id,
        name=asked.name,
        address=asked.address,
        zone=asked.zone or made.business.zone,
    )
    made.session.add(place)
    made.session.flush()
    _write_hours(made, place.id, asked.hours)
    made.record("created", "location", place.id)
    return _shown(made.session, [place])[0]


def change(made: Change, location_id: int, asked: LocationChange) -> LocationFull:
    place = in_use(made.session, Location, made.business_id, location_id)
    if changed := put(place, asked.model_dump(mode="json", exclude_unset=True)):
        made.record("changed", "location", place.id, fields=changed)
    return _shown(made.session, [place])[0]


def set_hours(made: Change, location_id: int, hours: WeekHours) -> LocationFull:
    place = in_use(made.session, Location, made.business_id, location_id)
    made.session.execute(delete(OpeningHours).where(OpeningHours.location_id == place.id))
    _write_hours(made, place.id, hours)
    made.record("hours_set", "location", place.id)
    return _shown(made.session, [place])[0]


def archive(made: Change, location_id: int) -> None:
    """Book nothing there any more.

    Visits that were agreed stay, as with any change of the rules, and are flagged: only the business knows whether they
    move elsewhere or are cancelled, and a refusal would keep the place open to new bookings until it has decided.
    """
    place = owned(made.session, Location, made.business_id, location_id)
    if place.archived_at is None:
        place.archived_at = made.now
        made.record("archived", "location", place.id)


def _write_hours(made: Change, location_id: int, hours: WeekHours) -> None:
    rows = [
        {
            "business_id": made.business_id,
            "location_id": location_id,
            "weekday": int(weekday),
            "opens_minute": minute_of(opens),
            "closes_minute": minute_of(closes),
        }
        for weekday, windows in hours.items()
        for opens, closes in windows
    ]
    if rows:
        made.session.execute(insert(OpeningHours), rows)
        made.frees_weeks()


def _shown(session: Session, rows: Sequence[Location]) -> list[LocationFull]:
    weeks = {row.id: empty_week() for row in rows}
    windows = session.execute(
        select(
            OpeningHours.location_id,
            OpeningHours.weekday,
            OpeningHours.opens_minute,
            OpeningHours.closes_minute,
        )
        .where(OpeningHours.location_id.in_(weeks))
        .order_by(OpeningHours.weekday, OpeningHours.opens_minute)
    )
    for location_id, weekday, opens, closes in windows:
        weeks[location_id][str(weekday)].append([clock_of(opens), clock_of(closes)])
    return [
        LocationFull(
            id=row.id,
            name=row.name,
            address=row.address,
            zone=row.zone,
            hours=weeks[row.id],
            archived_at=row.archived_at,
        )
        for row in rows
    ]
