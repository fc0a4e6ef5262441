"""Take a meeting of a class out of the diary: while nobody has a seat, or with everybody's visits cancelled."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from scheduler_core.appointments import queries
from scheduler_core.appointments.cancel_many import give_up_all, to_come
from scheduler_core.appointments.classes import queries as classes_queries
from scheduler_core.appointments.classes.schemas import ClassEnded, ClassOut
from scheduler_core.appointments.customer_notices import tell_unless_own_doing
from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.notices import locale_of, tell_noticed, when
from scheduler_core.appointments.schemas import AppointmentOut
from scheduler_core.availability import classes
from scheduler_core.availability.ledger import lock
from scheduler_core.availability.models import ClassSession, Hold, Reservation
from scheduler_core.errors import AlreadyStarted, NotFound, StillNeeded
from scheduler_core.outbox.words import counted
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller


def end_class(
    session: Session, caller: Caller, now: datetime, business_id: int, class_id: int, *, cancel_visits: bool
) -> ClassEnded:
    """The visits that were cancelled along with it; raises ``NotFound``, ``AlreadyStarted`` or ``StillNeeded``."""
    meeting = classes_queries.one(session, business_id, class_id)
    caller.must_be_own_staff(meeting.staff_id)
    if meeting.start_at <= now:
        raise AlreadyStarted("the class has already started")
    shown = _alone(session, business_id, meeting, now)
    visits = to_come(session, business_id, now, Appointment.class_id == class_id)
    if visits and not cancel_visits:
        raise StillNeeded("seats of the class are booked", visits=len(visits))
    give_up_all(session, caller, now, visits, None)
    _must_be_empty(session, meeting)
    if session.get(ClassSession, class_id) is not None:  # one that nobody scheduled went with its last seat
        classes.end(session, meeting)
    facts = {"service_id": meeting.service_id, "staff_id": meeting.staff_id, "visits": len(visits)}
    subject = ("class", class_id)
    record(session, caller, now, business_id=business_id, action="class_cancelled", subject=subject, **facts)
    cancelled = [
        queries.view(session, business_id, visit.id, now, caller.settings.public_url) for visit in visits
    ]
    _tell(session, business_id, shown, cancelled, now)
    for visit in cancelled:
        tell_unless_own_doing(session, caller, "class_cancelled", visit, now)
    return ClassEnded(cancelled=cancelled)


def _alone(session: Session, business_id: int, meeting: ClassSession, now: datetime) -> ClassOut:
    """The meeting, once its visits and then its resources are locked: nobody takes a seat any more."""
    to_come(session, business_id, now, Appointment.class_id == meeting.id)
    lock(session, classes.resources(session, meeting.id))
    found = classes_queries.shown(session, business_id, now, ClassSession.id == meeting.id)
    if not found:
        raise NotFound("unknown class")
    return found[0]


def _must_be_empty(session: Session, meeting: ClassSession) -> None:
    """Seats that are only held are given back; raises ``StillNeeded`` when somebody is there already."""
    seats = Reservation.resource_id == meeting.seats_id
    booked = session.scalar(select(func.count(Reservation.appointment_id)).where(seats))
    if booked:
        raise StillNeeded("some of its visits can no longer be cancelled", visits=booked)
    holding = session.scalars(select(Reservation.hold_id).where(seats).distinct()).all()
    session.execute(delete(Hold).where(Hold.id.in_(holding)))


def _tell(
    session: Session, business_id: int, shown: ClassOut, cancelled: list[AppointmentOut], now: datetime
) -> None:
    """One notice, however many visits; none when there was no visit."""
    if not cancelled:
        return
    locale = locale_of(session, business_id)
    facts = {
        "service": shown.service_name,
        "staff": shown.staff_name,
        "location": shown.location_name,
        "when": when(shown.start, shown.zone, locale),
        "seats": counted(locale, "class_seats", len(cancelled)),
        "class_id": shown.id,
    }
    kind = "staff_class_cancelled"
    tell_noticed(session, business_id, locale, kind, f"{kind}:{shown.id}", facts, now)
