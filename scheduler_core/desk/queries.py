"""What the staff's page asks the database; every question starts from the business."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, and_, select
from sqlalchemy.orm import Session, aliased

from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.queries import LAST_ASKED
from scheduler_core.appointments.status import COMING
from scheduler_core.attachments.models import Attachment
from scheduler_core.attachments.queries import with_visits
from scheduler_core.businesses.models import Business, Location, Service, StaffMember
from scheduler_core.conversations.models import Notice as ToldCustomer
from scheduler_core.customers.models import Customer
from scheduler_core.errors import NotFound
from scheduler_core.outbox.enqueue import DESK
from scheduler_core.outbox.models import OutboundMessage
from scheduler_core.waitlist import wishes
from scheduler_core.waitlist.models import OPEN, WAITING, WaitlistEntry, WaitlistOffer

_NOT_COMING = ("cancelled", "entered_in_error")


@dataclass(frozen=True)
class Booking:
    """One visit; `start` and `end` are in the zone of its location, `files` are (id, name).

    `answer`: what the customer said when they were asked at `asked_at` whether they come.
    """

    id: int
    start: datetime
    end: datetime
    status: str
    customer: str | None
    service: str
    staff: str
    location: str
    files: tuple[tuple[int, str], ...] = ()
    asked_at: datetime | None = None
    answer: str | None = None

    def may_be_asked(self, now: datetime) -> bool:
        """Nobody who has answered is asked again."""
        return self.status in COMING and self.start > now and not self.answer


@dataclass(frozen=True)
class Notice:
    """What a staff member was told; `at` is in the zone of the business, `conversation_id` where it was said."""

    at: datetime
    kind: str
    text: str
    conversation_id: int | None


@dataclass(frozen=True)
class Wait:
    """Somebody on the waitlist: the first and the last of the days they wait for, in the zone of the business.

    `staff` is None for anybody; `instead_of`: the start of the visit that an earlier one would replace. `offered`: the
    time that is kept for them, until `kept_until`.
    """

    customer: str | None
    service: str
    staff: str | None
    first: datetime
    last: datetime
    instead_of: datetime | None
    note: str | None
    offered: datetime | None
    kept_until: datetime | None


@dataclass(frozen=True)
class Offered:
    """A time that was offered to one who waits, and what came of it; of who was passed over, why."""

    customer: str | None
    start: datetime
    state: str
    reason: str | None
    at: datetime


def names(session: Session, model: type[StaffMember] | type[Location], business_id: int) -> dict[int, str]:
    """Those in use, by name."""
    rows = session.execute(
        select(model.id, model.name)
        .where(model.business_id == business_id, model.archived_at.is_(None))
        .order_by(model.name, model.id)
    )
    return {row.id: row.name for row in rows}


def business(session: Session, business_id: int) -> Business:
    """Raises NotFound."""
    found = session.get(Business, business_id)
    if found is None:
        raise NotFound
    return found


def bookings_between(
    session: Session, business_id: int, since: datetime, before: datetime
) -> Sequence[Booking]:
    """Visits that start in [since, before), soonest first, without those that will not take place."""
    asked = aliased(ToldCustomer)
    rows = session.execute(
        select(
            Appointment.id,
            Appointment.start_at,
            Appointment.end_at,
            Appointment.zone,
            Appointment.status,
            Customer.name.label("customer"),
            Service.name.label("service"),
            StaffMember.name.label("staff"),
            Location.name.label("location"),
            asked.said_at,
            asked.answer,
        )
        .join(Customer, Customer.id == Appointment.customer_id)
        .join(Service, Service.id == Appointment.service_id)
        .join(StaffMember, StaffMember.id == Appointment.staff_id)
        .join(Location, Location.id == Appointment.location_id)
        .outerjoin(asked, asked.id == LAST_ASKED)
        .where(
            Appointment.business_id == business_id,
            Appointment.start_at >= since,
            Appointment.start_at < before,
            Appointment.status.not_in(_NOT_COMING),
        )
        .order_by(Appointment.start_at, StaffMember.name)
    ).all()
    files = with_visits(session, business_id, [row.id for row in rows])
    return [_booking(row, files[row.id]) for row in rows]


def _booking(row: Row[*tuple[Any, ...]], files: Sequence[Attachment]) -> Booking:
    zone = ZoneInfo(row.zone)
    return Booking(
        id=row.id,
        start=row.start_at.astimezone(zone),
        end=row.end_at.astimezone(zone),
        status=row.status,
        customer=row.customer,
        service=row.service,
        staff=row.staff,
        location=row.location,
        files=tuple((file.id, file.name) for file in files),
        asked_at=row.said_at,
        answer=row.answer,
    )


def waiting(session: Session, business_id: int, now: datetime, zone: ZoneInfo, limit: int) -> Sequence[Wait]:
    """Who waits for a time that is not free, who asked first first."""
    rows = session.execute(
        select(
            WaitlistEntry.ranges,
            WaitlistEntry.note,
            Customer.name.label("customer"),
            Service.name.label("service"),
            StaffMember.name.label("staff"),
            Appointment.start_at.label("instead_of"),
            WaitlistOffer.start_at.label("offered"),
            WaitlistOffer.until.label("kept_until"),
        )
        .join(Customer, Customer.id == WaitlistEntry.customer_id)
        .join(Service, Service.id == WaitlistEntry.service_id)
        .outerjoin(StaffMember, StaffMember.id == WaitlistEntry.staff_id)
        .outerjoin(Appointment, Appointment.id == WaitlistEntry.earlier_appointment_id)
        .outerjoin(WaitlistOffer, _is_kept_for_it(now))
        .where(WaitlistEntry.business_id == business_id, WaitlistEntry.state == WAITING)
        .order_by(WaitlistEntry.id)
    )
    found = [(row, wishes.from_json(row.ranges)) for row in rows]
    return [
        Wait(
            customer=row.customer,
            service=row.service,
            staff=row.staff,
            first=ranges[0][0].astimezone(zone),
            last=(ranges[-1][1] - timedelta(minutes=1)).astimezone(zone),
            instead_of=row.instead_of.astimezone(zone) if row.instead_of else None,
            note=row.note,
            offered=row.offered.astimezone(zone) if row.offered else None,
            kept_until=row.kept_until.astimezone(zone) if row.kept_until else None,
        )
        for row, ranges in found
        if not wishes.are_over(ranges, now)
    ][:limit]


def _is_kept_for_it(now: datetime) -> ColumnElement[bool]:
    return and_(
        WaitlistOffer.entry_id == WaitlistEntry.id, WaitlistOffer.state == OPEN, WaitlistOffer.until > now
    )


def offered(session: Session, business_id: int, zone: ZoneInfo, limit: int) -> Sequence[Offered]:
    """What came of the times that were offered last, newest first."""
    rows = session.execute(
        select(
            Customer.name,
            WaitlistOffer.start_at,
            WaitlistOffer.state,
            WaitlistOffer.reason,
            WaitlistOffer.ended_at,
        )
        .join(Customer, Customer.id == WaitlistOffer.customer_id)
        .where(WaitlistOffer.business_id == business_id, WaitlistOffer.state != OPEN)
        .order_by(WaitlistOffer.id.desc())
        .limit(limit)
    )
    return [
        Offered(name, start.astimezone(zone), state, reason, ended.astimezone(zone))
        for name, start, state, reason, ended in rows
        if ended is not None
    ]


def newest_notices(session: Session, business_id: int, zone: ZoneInfo, limit: int) -> Sequence[Notice]:
    """What staff were told last, newest first; the same notice to several people is one."""
    rows = session.execute(
        select(OutboundMessage.created_at, OutboundMessage.kind, OutboundMessage.text, OutboundMessage.facts)
        .where(OutboundMessage.business_id == business_id, OutboundMessage.channel == DESK)
        .order_by(OutboundMessage.id.desc())
        .limit(limit)
    )
    told = dict.fromkeys(
        Notice(row.created_at.astimezone(zone), row.kind, row.text, row.facts.get("conversation_id"))
        for row in rows
    )
    return list(told)
