"""Write down what a plan takes, and give it back. The database refuses an overlap whatever is written here."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scheduler_core.availability import classes
from scheduler_core.availability.ledger import clear_expired, lock, write_down
from scheduler_core.availability.models import Hold, Reservation
from scheduler_core.availability.plan import Plan, Take
from scheduler_core.availability.slots import instant_of, minute_of, subtract


def reserve(
    session: Session,
    plan: Plan,
    now: datetime,
    *,
    appointment_id: int | None = None,
    hold: Hold | None = None,
    beside_appointment_id: int | None = None,
) -> int | None:
    """Take the locked resources of a plan for an appointment or a hold; the class it joins, if it is one.

    A hold beside a customer's own appointment takes only what that appointment does not reserve already. Raises
    ``SlotTaken``.
    """
    clear_expired(session, plan.takes, now)
    owner = {"appointment_id": appointment_id, "hold_id": hold.id if hold else None}
    until = hold.expires_at if hold else None
    class_id, takes = None, plan.takes
    if plan.seats > 1:
        class_id = plan.class_id
        if class_id is None:
            class_id = classes.open_session(session, plan, until)
        takes = (classes.take_seat(session, class_id, now, until),)
    elif beside_appointment_id is not None:
        takes = _beside(session, takes, beside_appointment_id)
    write_down(session, plan.business_id, takes, until, **owner)
    return class_id


def release(session: Session, business_id: int, hold_id: int, *, joining: int | None = None) -> bool:
    """Give a hold up; ``False``: this business has none by that id. A class that is being joined stays."""
    own = Hold.business_id == business_id, Hold.id == hold_id
    seats = classes.of_owner(session, Reservation.hold_id == hold_id)
    gone = session.scalar(delete(Hold).where(*own).returning(Hold.id))
    if gone is not None:
        classes.settle(session, [key for key in seats if key != joining])
    return gone is not None


def resources_of(session: Session, appointment_id: int) -> set[int]:
    """What an appointment reserves now."""
    taken = select(Reservation.resource_id).where(Reservation.appointment_id == appointment_id)
    return set(session.scalars(taken))


def release_appointment(session: Session, appointment_id: int, *, joining: int | None = None) -> None:
    """Give up what an appointment reserves, its resources locked first; a class it leaves empty ends.

    ``joining``: the class that is about to be joined, which stays.
    """
    lock(session, resources_of(session, appointment_id))
    seats = classes.of_owner(session, Reservation.appointment_id == appointment_id)
    session.execute(delete(Reservation).where(Reservation.appointment_id == appointment_id))
    classes.settle(session, [key for key in seats if key != joining])


def _beside(session: Session, takes: Iterable[Take], appointment_id: int) -> tuple[Take, ...]:
    own = session.execute(
        select(Reservation.resource_id, Reservation.unit, Reservation.start_at, Reservation.end_at).where(
            Reservation.appointment_id == appointment_id
        )
    ).all()
    return tuple(
        Take(take.resource_id, take.unit, instant_of(start), instant_of(end))
        for take in takes
        for start, end in subtract(
            [(minute_of(take.start), minute_of(take.end))],
            [(minute_of(s), minute_of(e)) for r, u, s, e in own if (r, u) == (take.resource_id, take.unit)],
        )
    )
