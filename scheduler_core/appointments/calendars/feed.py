"""A person's own calendar at a private address: their visits, each class once, and the time they have blocked.

What it shows of customers is a first name, because calendars are shared more widely than their owners know.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.calendars.visit import Entry, file_of, status_of
from scheduler_core.appointments.classes import queries as classes_queries
from scheduler_core.appointments.models import Appointment, AppointmentItem, CalendarFeed
from scheduler_core.appointments.status import CANCELLED, ENTERED_IN_ERROR
from scheduler_core.availability.models import ClassSession
from scheduler_core.businesses.hours import Block
from scheduler_core.businesses.models import Business, Location, Service, StaffMember
from scheduler_core.businesses.rows import in_use
from scheduler_core.customers.models import Customer
from scheduler_core.errors import NotFound
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.identity import digest_of

_SECRET_BYTES = 32
_SHOWN_BACK = timedelta(days=30)

_Visit = Row[AppointmentItem, Appointment, str | None, str, str, str]


@dataclass(frozen=True, slots=True)
class Feed:
    """``etag`` changes with anything that is shown; the file is only made when somebody has not seen it yet."""

    name: str
    entries: list[Entry]

    @property
    def etag(self) -> str:
        return f'"{sha256(repr((self.name, self.entries)).encode()).hexdigest()}"'

    def file(self) -> bytes:
        return file_of(self.entries, name=self.name)


def make(session: Session, caller: Caller, now: datetime, business_id: int, staff_id: int) -> str:
    """A new secret address, which ends the one before; the secret itself is kept nowhere."""
    _lock(session, caller, business_id, staff_id)
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    feed = session.get(CalendarFeed, staff_id) or CalendarFeed(staff_id=staff_id, business_id=business_id)
    feed.digest, feed.created_at = digest_of(secret), now
    session.add(feed)
    _record(session, caller, now, business_id, staff_id, "calendar_opened")
    return f"{caller.settings.public_url}/calendar/staff/{secret}.ics"


def revoke(session: Session, caller: Caller, now: datetime, business_id: int, staff_id: int) -> None:
    """The address leads nowhere from now on; raises ``NotFound`` when there is none."""
    _lock(session, caller, business_id, staff_id)
    feed = session.get(CalendarFeed, staff_id)
    if feed is None:
        raise NotFound("this person has no calendar address")
    session.delete(feed)
    _record(session, caller, now, business_id, staff_id, "calendar_closed")


def feed_of(session: Session, secret: str, now: datetime, public_url: str) -> Feed:
    """What a secret address shows; raises ``NotFound`` when it was revoked or its owner has left."""
    found = session.execute(
        select(CalendarFeed, StaffMember, Business)
        .join(StaffMember, StaffMember.id == CalendarFeed.staff_id)
        .join(Business, Business.id == CalendarFeed.business_id)
        .where(CalendarFeed.digest == digest_of(secret), StaffMember.archived_at.is_(None))
    ).one_or_none()
    if found is None:
        raise NotFound("unknown calendar link")
    feed, person, business = found
    since, host = now - _SHOWN_BACK, urlsplit(public_url).hostname or "frontdesk"
    entries = [
        *_visits(session, person, since, host),
        *_classes(session, person, feed.created_at, since, now, host),
        *_blocks(session, person, business.zone, feed.created_at, since, host),
    ]
    return Feed(f"{person.name} - {business.name}", sorted(entries, key=lambda each: (each.start, each.uid)))


def _lock(session: Session, caller: Caller, business_id: int, staff_id: int) -> None:
    """The person, for this transaction; raises ``NotFound`` for another's, and for one who has left."""
    caller.must_be_own_staff(staff_id)
    in_use(session, StaffMember, business_id, staff_id)
    wanted = select(StaffMember.id).where(StaffMember.id == staff_id)
    session.execute(wanted.with_for_update(key_share=True)).all()


def _record(
    session: Session, caller: Caller, now: datetime, business_id: int, staff_id: int, action: str
) -> None:
    subject = ("staff_member", staff_id)
    record(session, caller, now, business_id=business_id, action=action, subject=subject)


def _visits(session: Session, person: StaffMember, since: datetime, host: str) -> Iterator[Entry]:
    for item, visit, customer, service, place, address in session.execute(_items_of(person, since)):
        yield Entry(
            uid=f"visit-{visit.id}-{item.position}@{host}",
            sequence=visit.version - 1,
            stamp=visit.updated_at,
            start=item.start_at,
            end=item.end_at,
            zone=visit.zone,
            summary=f"{service}, {_first_name(visit.attendee or customer)}",
            location=f"{place}, {address}",
            status=status_of(visit.status),
        )


def _items_of(
    person: StaffMember, since: datetime
) -> Select[AppointmentItem, Appointment, str | None, str, str, str]:
    """What they do themselves of the visits that stand or took place, seats of classes aside."""
    return (
        select(AppointmentItem, Appointment, Customer.name, Service.name, Location.name, Location.address)
        .join(Appointment, Appointment.id == AppointmentItem.appointment_id)
        .join(Customer, Customer.id == Appointment.customer_id)
        .join(Service, Service.id == AppointmentItem.service_id)
        .join(Location, Location.id == Appointment.location_id)
        .where(
            AppointmentItem.business_id == person.business_id,
            AppointmentItem.staff_id == person.id,
            AppointmentItem.start_at > since,
            Appointment.class_id.is_(None),
            Appointment.status.not_in((CANCELLED, ENTERED_IN_ERROR)),
        )
    )


def _classes(
    session: Session, person: StaffMember, stamp: datetime, since: datetime, now: datetime, host: str
) -> Iterator[Entry]:
    own = ClassSession.staff_id == person.id, ClassSession.start_at > since
    for meeting in classes_queries.shown(session, person.business_id, now, *own):
        yield Entry(
            uid=f"class-{meeting.id}@{host}",
            sequence=0,
            stamp=stamp,
            start=meeting.start,
            end=meeting.end,
            zone=meeting.zone,
            summary=f"{meeting.service_name}, {meeting.taken}/{meeting.seats}",
            location=meeting.location_name,
        )


def _blocks(
    session: Session, person: StaffMember, zone: str, stamp: datetime, since: datetime, host: str
) -> Iterator[Entry]:
    """Time that they cannot be booked; not why."""
    own = Block.business_id == person.business_id, Block.resource_id == person.resource_id
    for block in session.scalars(select(Block).where(*own, Block.end_at > since)):
        yield Entry(
            uid=f"block-{block.id}@{host}",
            sequence=0,
            stamp=stamp,
            start=block.start_at,
            end=block.end_at,
            zone=person.zone or zone,
            summary="Busy",
        )


def _first_name(name: str | None) -> str:
    return name.split()[0] if name and name.split() else "a customer"
