"""Flag the visits that can no longer start on time.

The delays are always worked out from what is known now, so that they grow, shrink and end by one rule.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.attend import overruns
from scheduler_core.appointments.attend.delay import Stretch, delays
from scheduler_core.appointments.attend.parts import Done, Part, Reserved, parts_of
from scheduler_core.appointments.attend.reserved import end_at
from scheduler_core.appointments.flags import table as flags_table
from scheduler_core.appointments.flags.table import Key
from scheduler_core.appointments.models import Appointment, AppointmentChange, AppointmentItem, StaffDelay
from scheduler_core.appointments.status import FULFILLED, IN_PROGRESS, STANDING
from scheduler_core.availability.models import ClassSession, Reservation
from scheduler_core.availability.slots import Interval, minute_from, minute_of
from scheduler_core.businesses.models import StaffMember
from scheduler_core.db.guards import LONGEST_RESERVATION

LATE_START = "late_start"
_A_DAY = timedelta(days=1)
_A_MINUTE = timedelta(minutes=1)

_Conditions = Sequence[ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class _Visit:
    id: int
    class_id: int | None
    status: str
    start: datetime
    started: datetime | None
    finished: datetime | None

    @property
    def has_begun(self) -> bool:
        return self.status in (IN_PROGRESS, FULFILLED)

    @property
    def node(self) -> int:
        """Who belongs to a class starts with it."""
        return -self.class_id if self.class_id else self.id

    @property
    def late_by(self) -> int:
        if self.class_id or self.finished or self.started is None:
            return 0
        return max(0, (self.started - self.start) // _A_MINUTE)


def unflag(session: Session, visit: Appointment, now: datetime) -> None:
    """Take the flags off a visit that began, moved or ended; who waited for it may wait no longer."""
    if LATE_START in flags_table.take_off(session, visit.id):
        _take_what_is_free_now(session, visit.business_id, now)
        reckon(session, visit.business_id, now)


def anybody_late(session: Session, business_id: int, now: datetime) -> bool:
    """Is anything later than planned, or will something be?"""
    flagged = bool(flags_table.known(session, business_id, (LATE_START,)))
    return flagged or overruns.any_left(session, business_id, now)


def real_start(session: Session, visit: Appointment) -> datetime:
    """When it can start as things stand: its customer may change their mind until then."""
    late = flags_table.of_visit(session, visit.id).get(LATE_START, {"minutes": 0})
    return visit.start_at + timedelta(minutes=late["minutes"])


def reckon(
    session: Session, business_id: int, now: datetime, until: datetime | None = None
) -> dict[int, int]:
    """Flag whose start is late now and nobody else's; the newly flagged visits with their minutes.

    What they take up besides is kept free.

    ``until``: when the visit ends that others wait for, which may be days ahead.
    """
    low, high = now - _A_DAY, max(now, until or now) + _A_DAY
    conditions = (
        Appointment.business_id == business_id,
        Appointment.start_at > low - LONGEST_RESERVATION,
        Appointment.start_at < high,
        Appointment.end_at > low,
        Appointment.status.in_((*STANDING, FULFILLED)),
    )
    visits = _visits(session, conditions)
    stretches = [
        *_of_visits(session, visits, conditions),
        *_of_classes(session, business_id, low - LONGEST_RESERVATION, high),
    ]
    begun = {each.node: each.late_by for each in visits.values() if each.has_begun}
    away = _away(session, business_id, low)
    late = delays(stretches, begun, away)
    overruns.keep(session, business_id, (now, high), late.moved, away)
    minutes = {key: late.starts.get(each.node, 0) for key, each in visits.items() if not each.has_begun}
    wanted: dict[Key, dict[str, Any]] = {
        (key, LATE_START): {"minutes": by} for key, by in minutes.items() if by > 0
    }
    flags = flags_table.known(session, business_id, (LATE_START,))
    before = {key: flag for key, flag in flags.items() if key[0] in visits}
    return {key: minutes[key] for key, _ in flags_table.put(session, business_id, now, before, wanted)}


def _take_what_is_free_now(session: Session, business_id: int, now: datetime) -> None:
    """Who needs longer and could not have all of that time has more of it when others leave."""
    longer = (
        select(AppointmentChange.id)
        .where(AppointmentChange.appointment_id == Appointment.id, AppointmentChange.step == "extended")
        .exists()
    )
    under_way = select(Appointment).where(
        Appointment.business_id == business_id,
        Appointment.status == IN_PROGRESS,
        Appointment.start_at > now - LONGEST_RESERVATION,
        longer,
    )
    for each in session.scalars(under_way.order_by(Appointment.id)).all():
        end_at(session, each, each.end_at, now)


def minutes_late(session: Session, business_id: int) -> dict[int, int]:
    """By how much the visits that are flagged start late."""
    return {
        key: facts["minutes"]
        for (key, _), (_, facts) in flags_table.known(session, business_id, (LATE_START,)).items()
    }


def _away(session: Session, business_id: int, low: datetime) -> dict[int, Interval]:
    """Who has said that they will be late, by their resource."""
    rows = session.execute(
        select(StaffMember.resource_id, StaffDelay.since_at, StaffDelay.until_at)
        .join(StaffMember, StaffMember.id == StaffDelay.staff_id)
        .where(StaffDelay.business_id == business_id, StaffDelay.until_at > low)
    )
    return {resource: (minute_of(since), minute_from(until)) for resource, since, until in rows}


def _visits(session: Session, conditions: _Conditions) -> dict[int, _Visit]:
    rows = session.execute(
        select(
            Appointment.id,
            Appointment.class_id,
            Appointment.status,
            Appointment.start_at,
            Appointment.started_at,
            Appointment.finished_at,
        ).where(*conditions)
    )
    return {row.id: _Visit(*row) for row in rows}


def _of_visits(session: Session, visits: dict[int, _Visit], conditions: _Conditions) -> Iterator[Stretch]:
    reserved: dict[int, list[Reserved]] = defaultdict(list)
    done: dict[int, list[Done]] = defaultdict(list)
    for row in session.execute(
        select(
            Appointment.id,
            Reservation.id,
            Reservation.resource_id,
            Reservation.unit,
            Reservation.start_at,
            Reservation.end_at,
        )
        .join(Reservation, Reservation.appointment_id == Appointment.id)
        .where(Appointment.class_id.is_(None), *conditions)
    ):
        reserved[row[0]].append(Reserved(*row[1:]))
    for item in session.execute(
        select(Appointment.id, AppointmentItem.start_at, AppointmentItem.end_at, StaffMember.resource_id)
        .join(AppointmentItem, AppointmentItem.appointment_id == Appointment.id)
        .join(StaffMember, StaffMember.id == AppointmentItem.staff_id)
        .where(*conditions)
    ):
        done[item[0]].append(Done(item[1], item[2], item[3]))
    for visit, rows in reserved.items():
        for part in parts_of(rows, done[visit]):
            end = _end(part, visits[visit].finished)
            yield Stretch(visit, part.unit, minute_of(part.begins), minute_from(end))


def _end(part: Part, finished: datetime | None) -> datetime:
    if finished is None or not part.last:
        return part.ends
    return finished if part.closing else min(part.ends, finished)


def _of_classes(session: Session, business_id: int, low: datetime, high: datetime) -> Iterator[Stretch]:
    rows = session.execute(
        select(
            ClassSession.id,
            ClassSession.start_at,
            ClassSession.end_at,
            Reservation.resource_id,
            Reservation.unit,
        )
        .join(Reservation, Reservation.class_id == ClassSession.id)
        .where(
            ClassSession.business_id == business_id, ClassSession.start_at > low, ClassSession.start_at < high
        )
    )
    for key, start, end, resource_id, unit in rows:
        yield Stretch(-key, (resource_id, unit), minute_of(start), minute_from(end))
