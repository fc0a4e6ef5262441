"""The yardstick of ``availability_search``: the same question over the same rows in plain interval arithmetic.

Written as one would without our engine: read hours and reservations in plain statements, walk each person's days in
local time, subtract what is booked, list the starts on the grid. No cache, no bitsets, nothing of ours but the tables.
"""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.availability.models import Reservation
from scheduler_core.businesses.hours import OpeningHours, StaffHours
from scheduler_core.businesses.models import Location, Service, StaffMember, StaffService

_Span = tuple[float, float]


def bookable_starts(
    session: Session, ids: dict[str, int], now: datetime, days: int, grid_minutes: int
) -> list[float]:
    """Every start, as seconds since 1970, at which somebody could do the service."""
    zone_name, minutes = session.execute(
        select(Location.zone, Service.duration_minutes)
        .join(Service, Service.business_id == Location.business_id)
        .where(Location.id == ids["location"], Service.id == ids["service"])
    ).one()
    opening: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for weekday, opens, closes in session.execute(
        select(OpeningHours.weekday, OpeningHours.opens_minute, OpeningHours.closes_minute).where(
            OpeningHours.location_id == ids["location"]
        )
    ):
        opening[weekday].append((opens, closes))
    hours: dict[int, dict[int, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for resource, weekday, starts, ends in session.execute(
        select(StaffMember.resource_id, StaffHours.weekday, StaffHours.starts_minute, StaffHours.ends_minute)
        .join(StaffService, StaffService.staff_id == StaffMember.id)
        .join(StaffHours, StaffHours.staff_id == StaffMember.id)
        .where(StaffMember.business_id == ids["business"], StaffService.service_id == ids["service"])
    ):
        hours[resource][weekday].append((starts, ends))
    busy: dict[int, list[_Span]] = defaultdict(list)
    for resource, start, end in session.execute(
        select(Reservation.resource_id, Reservation.start_at, Reservation.end_at)
        .where(
            Reservation.resource_id.in_(hours),
            Reservation.start_at < now + timedelta(days=days),
            Reservation.end_at > now,
        )
        .order_by(Reservation.resource_id, Reservation.start_at)
    ):
        busy[resource].append((start.timestamp(), end.timestamp()))
    zone, found = ZoneInfo(zone_name), set[float]()
    first = now.astimezone(zone).date()
    last = now + timedelta(days=days)
    for resource, weekly in hours.items():
        for offset in range(days + 1):
            day = first + timedelta(days=offset)
            for opens, closes in weekly.get(day.weekday(), ()):
                for doors_open, doors_close in opening.get(day.weekday(), ()):
                    window = (
                        _local(day, max(opens, doors_open), zone),
                        _local(day, min(closes, doors_close), zone),
                    )
                    found.update(_starts(window, busy[resource], minutes * 60, grid_minutes * 60))
    return sorted(start for start in found if now.timestamp() <= start <= last.timestamp())


def _local(day: date, minute: int, zone: ZoneInfo) -> float:
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    return (midnight + timedelta(minutes=minute)).astimezone(UTC).timestamp()


def _starts(window: _Span, busy: list[_Span], length: int, grid: int) -> list[float]:
    free, at = [], window[0]
    for start, end in busy:
        if end <= window[0] or start >= window[1]:
            continue
        if start > at:
            free.append((at, start))
        at = max(at, end)
    if at < window[1]:
        free.append((at, window[1]))
    found = []
    for low, high in free:
        start = low + -low % grid
        while start + length <= high:
            found.append(start)
            start += grid
    return found
