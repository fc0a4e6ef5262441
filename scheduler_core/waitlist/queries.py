"""Questions about the waitlist, each from the business. Who asked first comes first."""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import cast

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.status import COMING
from scheduler_core.errors import NotFound
from scheduler_core.waitlist import wishes
from scheduler_core.waitlist.models import EXPIRED, WAITING, WaitlistEntry
from scheduler_core.waitlist.schemas import EntryOut, RangeOut, State

_AT_A_TIME = 200


def entry(session: Session, business_id: int, entry_id: int) -> WaitlistEntry:
    """Raises ``NotFound``."""
    return _one(session, business_id, entry_id, lock=False)


def to_change(session: Session, business_id: int, entry_id: int) -> WaitlistEntry:
    """The entry, locked for this transaction; raises ``NotFound``."""
    return _one(session, business_id, entry_id, lock=True)


def found_by(
    session: Session,
    business_id: int,
    now: datetime,
    *,
    service_id: int | None,
    customer_id: int | None,
    state: State | None,
    after: int,
    count: int,
) -> list[WaitlistEntry]:
    """At most ``count`` entries after that id; ``state`` is the one at ``now``."""
    wanted = select(WaitlistEntry).where(WaitlistEntry.business_id == business_id, WaitlistEntry.id > after)
    if service_id is not None:
        wanted = wanted.where(WaitlistEntry.service_id == service_id)
    if customer_id is not None:
        wanted = wanted.where(WaitlistEntry.customer_id == customer_id)
    if state is not None:
        as_kept = (WAITING, EXPIRED) if state == EXPIRED else (state,)
        wanted = wanted.where(WaitlistEntry.state.in_(as_kept))
    rows = session.scalars(wanted.order_by(WaitlistEntry.id).execution_options(yield_per=_AT_A_TIME))
    return list(islice((row for row in rows if state in (None, state_of(row, now))), count))


def waiting_for(
    session: Session,
    business_id: int,
    service_id: int,
    staff_id: int,
    location_id: int,
    start: datetime,
) -> Sequence[WaitlistEntry]:
    """Who would take a visit that starts then, with that person and there; whom to ask first comes first.

    First those who named this person or this place, for they wait for little else; of these, who has waited longest.
    Who wants a visit of theirs replaced is among them only while that visit is still to come, and later than this.
    """
    rows = session.scalars(
        select(WaitlistEntry)
        .outerjoin(Appointment, Appointment.id == WaitlistEntry.earlier_appointment_id)
        .where(
            WaitlistEntry.business_id == business_id,
            WaitlistEntry.state == WAITING,
            WaitlistEntry.service_id == service_id,
            or_(WaitlistEntry.staff_id.is_(None), WaitlistEntry.staff_id == staff_id),
            or_(WaitlistEntry.location_id.is_(None), WaitlistEntry.location_id == location_id),
            or_(
                WaitlistEntry.earlier_appointment_id.is_(None),
                (Appointment.start_at > start) & Appointment.status.in_(COMING),
            ),
        )
    )
    willing = [row for row in rows if wishes.contain(wishes.from_json(row.ranges), start)]
    return sorted(willing, key=lambda row: (-_named(row), row.created_at, row.id))


def state_of(kept: WaitlistEntry, now: datetime) -> State:
    """The state at ``now``: who waits for times that have passed no longer waits."""
    if kept.state == WAITING and wishes.are_over(wishes.from_json(kept.ranges), now):
        return "expired"
    return cast(State, kept.state)


def entry_out(kept: WaitlistEntry, now: datetime) -> EntryOut:
    ranges = wishes.from_json(kept.ranges)
    state = state_of(kept, now)
    return EntryOut(
        id=kept.id,
        customer_id=kept.customer_id,
        service_id=kept.service_id,
        staff_id=kept.staff_id,
        location_id=kept.location_id,
        earlier_appointment_id=kept.earlier_appointment_id,
        ranges=[RangeOut(start=start, end=end) for start, end in ranges],
        state=state,
        note=kept.note,
        created_at=kept.created_at,
        ended_at=ranges[-1][1] if state == EXPIRED else kept.ended_at,
    )


def _one(session: Session, business_id: int, entry_id: int, lock: bool) -> WaitlistEntry:
    wanted = select(WaitlistEntry).where(
        WaitlistEntry.business_id == business_id, WaitlistEntry.id == entry_id
    )
    found = session.scalar(wanted.with_for_update() if lock else wanted)
    if found is None:
        raise NotFound("unknown waitlist entry")
    return found


def _named(kept: WaitlistEntry) -> int:
    """How many of person and place the wish names."""
    return (kept.staff_id is not None) + (kept.location_id is not None)
