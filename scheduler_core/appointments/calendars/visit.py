"""Visits as .ics files (RFC 5545): the same UID for ever, a SEQUENCE that rises with every change. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from scheduler_core.appointments.calendars.zone import timezone
from scheduler_core.appointments.schemas import AppointmentOut, ItemOut
from scheduler_core.appointments.status import CANCELLED, ENTERED_IN_ERROR, REQUESTED


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. ``stamp``: when it became what it is; ``zone``: whose clock shows it."""

    uid: str
    sequence: int
    stamp: datetime
    start: datetime
    end: datetime
    zone: str
    summary: str
    description: str = ""
    location: str = ""
    status: str = "CONFIRMED"


def to_ics(visit: AppointmentOut, uid: str, business_name: str, now: datetime) -> bytes:
    """A visit for who booked it: published, or taken back once it is cancelled."""
    entry = Entry(
        uid=uid,
        sequence=visit.version - 1,
        stamp=now,
        start=visit.start,
        end=visit.end,
        zone=visit.zone,
        summary=f"{visit.service_name} - {business_name}",
        description="\n".join(_line(item, visit) for item in visit.items),
        location=f"{visit.location_name}, {visit.location_address}",
        status=status_of(visit.status),
    )
    return file_of([entry], method="CANCEL" if entry.status == "CANCELLED" else "PUBLISH")


def status_of(status: str) -> str:
    """A visit's state in the words of a calendar."""
    if status in (CANCELLED, ENTERED_IN_ERROR):
        return "CANCELLED"
    return "TENTATIVE" if status == REQUESTED else "CONFIRMED"


def file_of(entries: Sequence[Entry], method: str = "PUBLISH", name: str | None = None) -> bytes:
    """Local times with their VTIMEZONE, so that a calendar shows the promised wall time; the same for the same."""
    calendar = Calendar()
    calendar.add("prodid", "-//Frontdesk//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name is not None:
        calendar.add("x-wr-calname", name)
    for zone in sorted({entry.zone for entry in entries}):
        there = [entry for entry in entries if entry.zone == zone]
        first, last = min(entry.start for entry in there), max(entry.end for entry in there)
        calendar.add_component(timezone(zone, first, last))
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> Event:
    start, end = _on_the_clock(entry)
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.stamp)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", entry.summary)
    for name in ("description", "location"):
        if getattr(entry, name):
            event.add(name, getattr(entry, name))
    event.add("status", entry.status)
    return event


def _on_the_clock(entry: Entry) -> tuple[datetime, datetime]:
    """Start and end in their zone. A time that comes twice would be read as the first: of the second, in UTC."""
    zone = ZoneInfo(entry.zone)
    start, end = entry.start.astimezone(zone), entry.end.astimezone(zone)
    return (entry.start, entry.end) if start.fold or end.fold else (start, end)


def _line(item: ItemOut, visit: AppointmentOut) -> str:
    """What is done and by whom, and of several when."""
    line = f"{item.service_name} with {item.staff_name}"
    if len(visit.items) == 1:
        return line
    return f"{item.start.astimezone(ZoneInfo(visit.zone)):%H:%M} {line}"
