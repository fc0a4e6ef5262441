"""Rules change under visits that were promised: the visits stay, and those that no longer fit are flagged for staff.

All upcoming visits are looked at with a handful of questions, however many they are. A flag goes when the visit fits
again, and when staff have settled it.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.attend.notices import tell_flagged
from scheduler_core.appointments.confirm import visit_of
from scheduler_core.appointments.flags import table as flags_table
from scheduler_core.appointments.flags.fitting import KINDS, Item, Rules, Visit, reach
from scheduler_core.appointments.flags.table import Key
from scheduler_core.appointments.models import Appointment, AppointmentItem, VisitFlag
from scheduler_core.appointments.status import ARRIVED, COMING
from scheduler_core.availability.board import WorkingHours
from scheduler_core.availability.diary import Window
from scheduler_core.availability.memory import blueprint_of
from scheduler_core.availability.models import Reservation
from scheduler_core.availability.slots import Interval
from scheduler_core.businesses.hours import Block
from scheduler_core.businesses.models import STAFF, Resource
from scheduler_core.db.types import EpochMinutes, EpochMinutesUp
from scheduler_core.errors import NotFound
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller


def reflag(session: Session, caller: Caller, business_id: int, now: datetime) -> None:
    """Flag the upcoming visits that do not fit the rules as they are now; staff are told once of the new ones."""
    visits = {visit.id: visit for visit in _visits(session, business_id, now)}
    raised = _compare(session, business_id, now, visits)
    if raised:
        named = hashlib.sha256(repr((now.isoformat(), raised)).encode()).hexdigest()[:32]
        soonest = sorted({key for key, _ in raised}, key=lambda key: (visits[key].start, key))
        tell_flagged(session, business_id, soonest, named, now)


def reflag_one(session: Session, business_id: int, now: datetime, appointment_id: int) -> None:
    """The same for a visit that is back where it was; nobody needs to be told."""
    of_visit = Appointment.id == appointment_id
    _compare(session, business_id, now, {v.id: v for v in _visits(session, business_id, now, of_visit)})


def settle(
    session: Session, caller: Caller, now: datetime, business_id: int, appointment_id: int, kind: str
) -> None:
    """Somebody has looked at it: the flag goes, and does not come back for the same reason. Raises ``NotFound``."""
    visit = visit_of(session, caller, business_id, appointment_id, None)
    gone = delete(VisitFlag).where(VisitFlag.appointment_id == visit.id, VisitFlag.kind == kind)
    facts = session.scalar(gone.returning(VisitFlag.facts))
    if facts is None:
        raise NotFound("the visit has no such flag")
    record(
        session,
        caller,
        now,
        business_id=business_id,
        action=flags_table.SETTLED,
        subject=("appointment", visit.id),
        customer_id=visit.customer_id,
        kind=kind,
        because=facts,
        start=visit.start_at.isoformat(),
    )


def _compare(session: Session, business_id: int, now: datetime, visits: dict[int, Visit]) -> list[Key]:
    """Write the flags that these visits deserve; the new ones."""
    if not visits:
        return []
    low, high = reach(visits.values())
    blueprint = blueprint_of(session, business_id, now)
    rules = Rules(WorkingHours(blueprint, Window.around(low, high)), _blocks(session, business_id, now))
    wanted: dict[Key, dict[str, Any]] = {
        (key, kind): facts for key, visit in visits.items() for kind, facts in rules.flags_of(visit).items()
    }
    flags = flags_table.known(session, business_id, KINDS)
    before = {key: flag for key, flag in flags.items() if key[0] in visits}
    return flags_table.put(session, business_id, now, before, wanted)


def _upcoming(business_id: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Appointment.business_id == business_id,
        Appointment.start_at > now,
        Appointment.status.in_((*COMING, ARRIVED)),
    )


def _visits(session: Session, business_id: int, now: datetime, *only: ColumnElement[bool]) -> Iterable[Visit]:
    conditions = (*_upcoming(business_id, now), *only)
    things = _things(session, conditions)
    rows = session.execute(
        select(
            Appointment.id,
            Appointment.location_id,
            EpochMinutes(Appointment.start_at),
            EpochMinutesUp(Appointment.end_at),
            AppointmentItem.service_id,
            AppointmentItem.staff_id,
            EpochMinutes(AppointmentItem.start_at),
            EpochMinutesUp(AppointmentItem.end_at),
        )
        .join(AppointmentItem, AppointmentItem.appointment_id == Appointment.id)
        .where(*conditions)
    )
    items: dict[tuple[int, int, int, int], list[Item]] = defaultdict(list)
    for row in rows:
        items[row[0], row[1], row[2], row[3]].append(Item(row[4], row[5], row[6], row[7]))
    for head, own in items.items():
        yield Visit(*head, own, things[head[0]])


def _things(session: Session, conditions: Iterable[ColumnElement[bool]]) -> dict[int, list[int]]:
    """Which rooms and tools each visit has reserved, by itself or by its class, that are blocked or gone."""
    found: dict[int, list[int]] = defaultdict(list)
    blocked = select(Block.id).where(Block.resource_id == Reservation.resource_id).exists()
    for owner in (
        Reservation.appointment_id == Appointment.id,
        Reservation.class_id == Appointment.class_id,
    ):
        rows = session.execute(
            select(Appointment.id, Reservation.resource_id)
            .join(Reservation, owner)
            .join(Resource, Resource.id == Reservation.resource_id)
            .where(
                Resource.kind != STAFF,
                or_(Resource.archived_at.is_not(None), blocked),
                *conditions,
            )
            .order_by(Appointment.id, Reservation.resource_id)
        )
        for visit, resource_id in rows:
            found[visit].append(resource_id)
    return found


def _blocks(session: Session, business_id: int, now: datetime) -> dict[int, list[Interval]]:
    found: dict[int, list[Interval]] = defaultdict(list)
    rows = session.execute(
        select(Block.resource_id, EpochMinutes(Block.start_at), EpochMinutesUp(Block.end_at)).where(
            Block.business_id == business_id, Block.end_at > now
        )
    )
    for resource_id, start, end in rows:
        found[resource_id].append((start, end))
    return found
