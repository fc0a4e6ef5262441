"""Meetings of a class: opened by the first who books or put there by staff, one seat a customer.

A meeting keeps its person and its room by reservations of its own. While all its seats are only held, these run out
with the last hold; a booked seat keeps them; without seats a meeting that nobody scheduled is gone.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.orm import Session

from scheduler_core.availability.ledger import clear_expired, lock, write_down
from scheduler_core.availability.models import ClassSession, Reservation
from scheduler_core.availability.planned import PlannedVisit, Take
from scheduler_core.businesses.models import SEATS, Resource
from scheduler_core.errors import SlotTaken


def open_session(
    session: Session, plan: PlannedVisit, until: datetime | None, *, scheduled: bool = False
) -> int:
    """A new meeting with all its seats free; ``until``: when it ends again unless a seat is booked."""
    seats = Resource(
        business_id=plan.business_id,
        kind=SEATS,
        capacity=plan.seats,
        location_id=plan.location_id,
    )
    session.add(seats)
    session.flush()
    meeting = ClassSession(
        business_id=plan.business_id,
        service_id=plan.service_id,
        staff_id=plan.staff_id,
        location_id=plan.location_id,
        seats_id=seats.id,
        start_at=plan.start,
        end_at=plan.end,
        scheduled=scheduled,
        keeps=len(plan.takes),
    )
    session.add(meeting)
    session.flush()
    write_down(session, plan.business_id, plan.takes, until, class_id=meeting.id)
    return meeting.id


def take_seat(session: Session, class_id: int, now: datetime, until: datetime | None) -> Take:
    """A free seat, its class kept at least as long as the seat is; its resources are locked.

    Raises ``SlotTaken`` when there is none, or when some of what the class keeps has run out and may be another's.
    """
    meeting = session.get(ClassSession, class_id)
    if meeting is None:
        raise SlotTaken()
    of_class = Reservation.class_id == class_id
    live = or_(Reservation.hold_until.is_(None), Reservation.hold_until > now)
    kept = session.scalar(select(func.count()).select_from(Reservation).where(of_class, live))
    lock(session, [meeting.seats_id])
    clear_expired(session, [Take(meeting.seats_id, 0, meeting.start_at, meeting.end_at)], now)
    taken = set(session.scalars(select(Reservation.unit).where(Reservation.resource_id == meeting.seats_id)))
    capacity = session.scalar(select(Resource.capacity).where(Resource.id == meeting.seats_id)) or 0
    free = next((unit for unit in range(capacity) if unit not in taken), None)
    if free is None or kept != meeting.keeps:
        raise SlotTaken()
    longer = Reservation.hold_until.is_not(None) if until is None else Reservation.hold_until < until
    session.execute(update(Reservation).where(of_class, longer).values(hold_until=until))
    return Take(meeting.seats_id, free, meeting.start_at, meeting.end_at)


def resources(session: Session, class_id: int) -> set[int]:
    """What a class keeps, and its seats."""
    kept = session.scalars(select(Reservation.resource_id).where(Reservation.class_id == class_id))
    seats = session.scalars(select(ClassSession.seats_id).where(ClassSession.id == class_id))
    return set(kept) | set(seats)


def of_owner(session: Session, owner: ColumnElement[bool]) -> list[int]:
    """The classes in which the owner of some reservations has a seat."""
    seats = select(Reservation.resource_id).where(owner)
    return list(session.scalars(select(ClassSession.id).where(ClassSession.seats_id.in_(seats))))


def settle(session: Session, class_ids: Iterable[int]) -> None:
    """After a seat was given up: the class lasts as long as its longest seat; without any it is gone.

    The seats are locked first, so that nobody takes one between the counting and the end.
    """
    for class_id in sorted(class_ids):
        meeting = session.get(ClassSession, class_id)
        if meeting is None or meeting.scheduled:
            continue
        lock(session, [meeting.seats_id])
        count, booked, longest = session.execute(
            select(
                func.count(), func.count(Reservation.appointment_id), func.max(Reservation.hold_until)
            ).where(Reservation.resource_id == meeting.seats_id)
        ).one()
        if count == 0:
            end(session, meeting)
        elif not booked:
            of_class = Reservation.class_id == class_id
            session.execute(update(Reservation).where(of_class).values(hold_until=longest))


def end(session: Session, meeting: ClassSession) -> None:
    """The meeting with its empty, locked seats is no more, and its person and room are free."""
    session.execute(delete(ClassSession).where(ClassSession.id == meeting.id))
    session.execute(delete(Resource).where(Resource.id == meeting.seats_id))
    session.expunge(meeting)
