"""Reserve so that races have one winner: lock, clear what ran out, insert, let the guard judge."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler_core.availability.models import LONGEST_RESERVATION, Hold, Reservation
from scheduler_core.availability.slots import Visit, instant_of, minute_of, subtract
from scheduler_core.businesses.models import Resource, StaffMember
from scheduler_core.db.guards import is_overlap
from scheduler_core.errors import SlotTaken


@dataclass(frozen=True, slots=True)
class Stretch:
    """[start, end) of a resource, buffers included."""

    resource_id: int
    start: datetime
    end: datetime


def stretch_of(session: Session, business_id: int, staff_id: int, visit: Visit, start: datetime) -> Stretch:
    """What a visit takes of the person who does it."""
    resource_id = session.scalars(
        select(StaffMember.resource_id).where(
            StaffMember.business_id == business_id, StaffMember.id == staff_id
        )
    ).one()
    return Stretch(
        resource_id,
        start - timedelta(minutes=visit.before),
        start + timedelta(minutes=visit.duration + visit.after),
    )


def lock(session: Session, resource_ids: Sequence[int]) -> None:
    """Take resources for this transaction, in the one order that cannot deadlock."""
    wanted = select(Resource.id).where(Resource.id.in_(resource_ids)).order_by(Resource.id)
    session.execute(wanted.with_for_update(key_share=True)).all()


def reserve(
    session: Session,
    business_id: int,
    stretch: Stretch,
    now: datetime,
    *,
    appointment_id: int | None = None,
    hold: Hold | None = None,
    beside_appointment_id: int | None = None,
) -> None:
    """Take a locked resource for an appointment or for a hold; raises ``SlotTaken``.

    A hold beside a customer's own appointment takes only what that appointment does not reserve already.
    """
    _clear_expired(session, stretch, now)
    for start, end in _pieces(session, stretch, beside_appointment_id):
        session.add(
            Reservation(
                business_id=business_id,
                appointment_id=appointment_id,
                hold_id=hold.id if hold else None,
                resource_id=stretch.resource_id,
                unit=0,
                start_at=start,
                end_at=end,
                hold_until=hold.expires_at if hold else None,
            )
        )
    try:
        session.flush()
    except IntegrityError as error:
        if is_overlap(error):
            raise SlotTaken() from error
        raise


def release(session: Session, business_id: int, hold_id: int) -> bool:
    """Give a hold up; ``False``: this business has none by that id."""
    gone = session.scalar(
        delete(Hold).where(Hold.business_id == business_id, Hold.id == hold_id).returning(Hold.id)
    )
    return gone is not None


def release_appointment(session: Session, appointment_id: int) -> None:
    """Give up what an appointment reserves."""
    session.execute(delete(Reservation).where(Reservation.appointment_id == appointment_id))


def _clear_expired(session: Session, stretch: Stretch, now: datetime) -> None:
    expired = select(Reservation.hold_id).where(
        Reservation.resource_id == stretch.resource_id,
        Reservation.start_at > stretch.start - LONGEST_RESERVATION,
        Reservation.start_at < stretch.end,
        Reservation.end_at > stretch.start,
        Reservation.hold_until <= now,
    )
    ids = session.scalars(expired).all()
    if ids:
        session.execute(delete(Hold).where(Hold.id.in_(ids)))


def _pieces(
    session: Session, stretch: Stretch, beside_appointment_id: int | None
) -> list[tuple[datetime, datetime]]:
    if beside_appointment_id is None:
        return [(stretch.start, stretch.end)]
    own = session.execute(
        select(Reservation.start_at, Reservation.end_at).where(
            Reservation.appointment_id == beside_appointment_id,
            Reservation.resource_id == stretch.resource_id,
        )
    )
    taken = [(minute_of(start), minute_of(end)) for start, end in own]
    whole = (minute_of(stretch.start), minute_of(stretch.end))
    return [(instant_of(start), instant_of(end)) for start, end in subtract([whole], taken)]
