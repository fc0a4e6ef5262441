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
from scheduler_core.waitlist.fairness import Standing, in_order
from scheduler_core.waitlist.models import EXPIRED, OPEN, PASSED_OVER, WAITING, WaitlistEntry, WaitlistOffer
from scheduler_core.waitlist.schemas import EntryOut, OfferState, RangeOut, State

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


def waiting_within(
    session: Session, business_id: int, start: datetime, end: datetime
) -> list[tuple[WaitlistEntry, Appointment | None]]:
    """Who would take a visit that starts within [start, end), each with the visit it would replace.

    Who would is asked in the order of ``fairness``. A visit is replaced only while it is still to come, and only by an
    earlier one.
    """
    rows = session.execute(
        select(WaitlistEntry, Appointment)
        .outerjoin(Appointment, Appointment.id == WaitlistEntry.earlier_appointment_id)
        .where(
            WaitlistEntry.business_id == business_id,
            WaitlistEntry.state == WAITING,
            or_(
                WaitlistEntry.earlier_appointment_id.is_(None),
                (Appointment.start_at > start) & Appointment.status.in_(COMING),
            ),
        )
    )
    willing = {
        entry.id: (entry, visit)
        for entry, visit in rows
        if wishes.touch(wishes.from_json(entry.ranges), start, end)
    }
    return [willing[key] for key in in_order(_standing(entry) for entry, _ in willing.values())]


def open_offer_of(session: Session, customer_id: int) -> WaitlistOffer | None:
    """There is never more than one."""
    return session.scalar(
        select(WaitlistOffer).where(WaitlistOffer.customer_id == customer_id, WaitlistOffer.state == OPEN)
    )


def offered_to(session: Session, customer_id: int) -> Sequence[tuple[datetime, datetime]]:
    """The times that they were ever asked about."""
    rows = session.execute(
        select(WaitlistOffer.start_at, WaitlistOffer.end_at).where(
            WaitlistOffer.customer_id == customer_id, WaitlistOffer.state != PASSED_OVER
        )
    )
    return [(start, end) for start, end in rows]


def offer_to_change(session: Session, business_id: int, offer_id: int) -> WaitlistOffer:
    """The offer, locked for this transaction; raises ``NotFound``, for those who were passed over too."""
    found = session.scalar(
        select(WaitlistOffer)
        .where(
            WaitlistOffer.business_id == business_id,
            WaitlistOffer.id == offer_id,
            WaitlistOffer.state != PASSED_OVER,
        )
        .with_for_update()
    )
    if found is None:
        raise NotFound("unknown offer")
    return found


def offers_by(
    session: Session,
    business_id: int,
    *,
    customer_id: int | None,
    state: OfferState | None,
    before: int | None,
    count: int,
) -> Sequence[WaitlistOffer]:
    """The newest first, those before that id."""
    wanted = select(WaitlistOffer).where(WaitlistOffer.business_id == business_id)
    if customer_id is not None:
        wanted = wanted.where(WaitlistOffer.customer_id == customer_id)
    if state is not None:
        wanted = wanted.where(WaitlistOffer.state == state)
    if before is not None:
        wanted = wanted.where(WaitlistOffer.id < before)
    return session.scalars(wanted.order_by(WaitlistOffer.id.desc()).limit(count)).all()


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


def _standing(kept: WaitlistEntry) -> Standing:
    named = (kept.staff_id is not None) + (kept.location_id is not None)
    return Standing(kept.id, named, kept.earlier_appointment_id is not None, kept.created_at)
