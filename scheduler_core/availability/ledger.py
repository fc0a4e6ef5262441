"""The rows of reserved time: locking their resources, writing them, clearing away what has run out."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler_core.availability.models import Hold, Reservation
from scheduler_core.availability.planned import Take
from scheduler_core.businesses.models import Resource
from scheduler_core.db.guards import LONGEST_RESERVATION, is_overlap
from scheduler_core.errors import SlotTaken


def lock(session: Session, resource_ids: Iterable[int]) -> None:
    """Take resources for this transaction, in the one order that cannot deadlock."""
    wanted = select(Resource.id).where(Resource.id.in_(sorted(resource_ids))).order_by(Resource.id)
    session.execute(wanted.with_for_update(key_share=True)).all()


def write_down(
    session: Session,
    business_id: int,
    takes: Iterable[Take],
    until: datetime | None = None,
    **owner: int | None,
) -> None:
    """Insert reservations; raises ``SlotTaken`` when the guard speaks."""
    session.add_all(
        Reservation(
            business_id=business_id,
            resource_id=take.resource_id,
            unit=take.unit,
            start_at=take.start,
            end_at=take.end,
            hold_until=until,
            **owner,
        )
        for take in takes
    )
    try:
        session.flush()
    except IntegrityError as error:
        if is_overlap(error):
            raise SlotTaken() from error
        raise


def clear_expired(session: Session, takes: Sequence[Take], now: datetime) -> None:
    """Delete what held the wanted times and has run out; a hold goes with its last reservation.

    Only reservations of locked resources are touched: a hold's other resources may be in another's hands.
    """
    for take in takes:
        over = (
            Reservation.resource_id == take.resource_id,
            Reservation.start_at > take.start - LONGEST_RESERVATION,
            Reservation.start_at < take.end,
            Reservation.end_at > take.start,
            Reservation.hold_until <= now,
        )
        cleared = session.scalars(delete(Reservation).where(*over).returning(Reservation.hold_id)).all()
        if cleared:
            left = select(Reservation.id).where(Reservation.hold_id == Hold.id).exists()
            session.execute(delete(Hold).where(Hold.id.in_([key for key in cleared if key]), ~left))
