"""Write down what a plan takes, and give it back. The database refuses an overlap whatever is written here."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, text
from sqlalchemy.orm import Session

from scheduler_core.availability import classes
from scheduler_core.availability.ledger import clear_expired, lock, write_down
from scheduler_core.availability.models import Hold, Reservation
from scheduler_core.availability.planned import PlannedVisit, Take
from scheduler_core.availability.slots import instant_of, minute_of, subtract

#: By table names: conversations and the waitlist stand above this room.
_OWN_HOLD = text(
    "SELECT h.id FROM hold h WHERE h.id = :hold AND h.business_id = :business AND ("
    "EXISTS (SELECT 1 FROM conversation c WHERE c.id = h.conversation_id AND c.customer_id = :customer)"
    " OR EXISTS (SELECT 1 FROM waitlist_offer o WHERE o.hold_id = h.id AND o.customer_id = :customer))"
)


def reserve(
    session: Session,
    plan: PlannedVisit,
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


def own_hold(session: Session, business_id: int, hold_id: int | None, customer_id: int) -> int | None:
    """``hold_id`` if it is kept for this customer, in a conversation or by an offer; another's is no help."""
    if hold_id is None:
        return None
    values = {"hold": hold_id, "business": business_id, "customer": customer_id}
    found: int | None = session.scalar(_OWN_HOLD, values)
    return found


def release(session: Session, business_id: int, hold_id: int, *, joining: int | None = None) -> bool:
    """Give a hold up; ``False``: this business has none by that id. A class that is being joined stays."""
    held = Reservation.hold_id == hold_id
    lock(session, _resources(session, held))
    own = Hold.business_id == business_id, Hold.id == hold_id
    seats = classes.of_owner(session, held)
    gone = session.scalar(delete(Hold).where(*own).returning(Hold.id))
    if gone is not None:
        classes.settle(session, [key for key in seats if key != joining])
    return gone is not None


def resources_of(
    session: Session, *, appointment_id: int | None = None, hold_id: int | None = None
) -> set[int]:
    """What an appointment and a hold reserve now: who gives that up locks it with what they take instead."""
    found: set[int] = set()
    if appointment_id is not None:
        found |= _resources(session, Reservation.appointment_id == appointment_id)
    if hold_id is not None:
        found |= _resources(session, Reservation.hold_id == hold_id)
    return found


def release_appointment(session: Session, appointment_id: int, *, joining: int | None = None) -> None:
    """Give up what an appointment reserves, its resources locked first; a class it leaves empty ends.

    ``joining``: the class that is about to be joined, which stays.
    """
    held = Reservation.appointment_id == appointment_id
    lock(session, _resources(session, held))
    seats = classes.of_owner(session, held)
    session.execute(delete(Reservation).where(held))
    classes.settle(session, [key for key in seats if key != joining])


def _resources(session: Session, held: ColumnElement[bool]) -> set[int]:
    """Those of some reservations, and what a class keeps if they are its seats."""
    found = set(session.scalars(select(Reservation.resource_id).where(held)))
    for class_id in classes.of_owner(session, held):
        found |= classes.resources(session, class_id)
    return found


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
