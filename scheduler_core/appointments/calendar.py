"""A visit as an .ics file (RFC 5545): the same UID for ever, a SEQUENCE that rises with every change."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from scheduler_core.appointments.schemas import AppointmentOut
from scheduler_core.appointments.status import CANCELLED


def to_ics(visit: AppointmentOut, uid: str, business_name: str, now: datetime) -> bytes:
    """Local times with their VTIMEZONE, so that a calendar shows the promised wall time."""
    zone = ZoneInfo(visit.zone)
    cancelled = visit.status == CANCELLED
    event = Event()
    event.add("uid", uid)
    event.add("sequence", visit.version - 1)
    event.add("dtstamp", now)
    event.add("dtstart", visit.start.astimezone(zone))
    event.add("dtend", visit.end.astimezone(zone))
    event.add("summary", f"{visit.service_name} - {business_name}")
    event.add("description", f"{visit.service_name} with {visit.staff_name}")
    event.add("location", f"{visit.location_name}, {visit.location_address}")
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//Frontdesk//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones(date(visit.start.year, 1, 1), date(visit.start.year + 2, 1, 1))
    return bytes(calendar.to_ical())
