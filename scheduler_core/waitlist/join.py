"""Join the queue; who asks again for the same thing keeps the place they have, with all the times they named."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.status import COMING
from scheduler_core.availability.models import Hold, Reservation
from scheduler_core.businesses.freed import time_freed
from scheduler_core.businesses.models import Location, Service, StaffMember
from scheduler_core.businesses.rows import in_use
from scheduler_core.customers.queries import to_change
from scheduler_core.db.types import UtcDateTime
from scheduler_core.errors import NotFound, RefusedByPolicy, WrongState
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller
from scheduler_core.waitlist import wishes
from scheduler_core.waitlist.leave import expire
from scheduler_core.waitlist.models import WAITING, WaitlistEntry
from scheduler_core.waitlist.schemas import WaitIn


def join(
    session: Session, caller: Caller, now: datetime, business_id: int, asked: WaitIn
) -> tuple[int, bool]:
    """The entry's id, and is it new? Raises ``NotFound``, ``WrongState`` and ``RefusedByPolicy`` ("past")."""
    to_change(session, business_id, asked.customer_id)
    _must_make_sense(session, now, business_id, asked)
    expire(session, business_id, asked.service_id, now)
    ranges = [(each.start, each.end) for each in asked.ranges]
    entry = _same(session, business_id, asked)
    new = entry is None
    if entry is None:
        entry = WaitlistEntry(
            business_id=business_id, state=WAITING, created_at=now, **asked.model_dump(exclude={"ranges"})
        )
        session.add(entry)
    else:
        ranges += wishes.from_json(entry.ranges)
        entry.note = asked.note or entry.note
    entry.ranges = wishes.to_json(wishes.joined(each for each in ranges if each[1] > now))
    session.flush()
    _look_when_let_go(session, now, entry)
    record(
        session,
        caller,
        now,
        business_id=business_id,
        action="waitlist_joined" if new else "waitlist_widened",
        subject=("waitlist_entry", entry.id),
        customer_id=asked.customer_id,
    )
    return entry.id, new


def _look_when_let_go(session: Session, now: datetime, entry: WaitlistEntry) -> None:
    """What others only hold while they decide may be free when their minutes are over; nobody would tell us."""
    held = (
        select(
            Reservation.hold_id,
            func.min(Reservation.start_at, type_=UtcDateTime()),
            func.max(Reservation.end_at, type_=UtcDateTime()),
            func.max(Reservation.hold_until, type_=UtcDateTime()),
        )
        .join(Hold, Hold.id == Reservation.hold_id)
        .where(
            Reservation.business_id == entry.business_id,
            Reservation.hold_until > now,
            Hold.conversation_id.is_not(None),
        )
        .group_by(Reservation.hold_id)
    )
    ranges = wishes.from_json(entry.ranges)
    for hold_id, start, end, until in session.execute(held):
        if until is not None and wishes.touch(ranges, start, end):
            reason = f"hold:{hold_id}:{entry.id}"
            time_freed(session, entry.business_id, start, end, at=until, reason=reason)


def _must_make_sense(session: Session, now: datetime, business_id: int, asked: WaitIn) -> None:
    in_use(session, Service, business_id, asked.service_id)
    if asked.staff_id is not None:
        in_use(session, StaffMember, business_id, asked.staff_id)
    if asked.location_id is not None:
        in_use(session, Location, business_id, asked.location_id)
    if all(each.end <= now for each in asked.ranges):
        raise RefusedByPolicy("past")
    if asked.earlier_appointment_id is not None:
        _must_be_to_come(session, now, business_id, asked.customer_id, asked.earlier_appointment_id)


def _must_be_to_come(
    session: Session, now: datetime, business_id: int, customer_id: int, appointment_id: int
) -> None:
    visit = session.execute(
        select(Appointment.status, Appointment.start_at).where(
            Appointment.business_id == business_id,
            Appointment.customer_id == customer_id,
            Appointment.id == appointment_id,
        )
    ).first()
    if visit is None:
        raise NotFound("unknown appointment of this customer")
    if visit.status not in COMING or visit.start_at <= now:
        raise WrongState("only a visit to come can be replaced by an earlier one", status=visit.status)


def _same(session: Session, business_id: int, asked: WaitIn) -> WaitlistEntry | None:
    """The customer's entry for the same thing that still waits; the customer's row is locked, so there is one."""
    wanted = select(WaitlistEntry).where(
        WaitlistEntry.business_id == business_id,
        WaitlistEntry.customer_id == asked.customer_id,
        WaitlistEntry.service_id == asked.service_id,
        WaitlistEntry.staff_id.is_not_distinct_from(asked.staff_id),
        WaitlistEntry.location_id.is_not_distinct_from(asked.location_id),
        WaitlistEntry.earlier_appointment_id.is_not_distinct_from(asked.earlier_appointment_id),
        WaitlistEntry.state == WAITING,
    )
    return session.scalar(wanted)
