"""What this room knows of a person: their visits, what was done and changed in each, and their series."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, select, update
from sqlalchemy.orm import Session

from scheduler_core.appointments.cancel_many import give_up_all, to_come
from scheduler_core.appointments.models import (
    Appointment,
    AppointmentChange,
    AppointmentItem,
    Series,
    VisitFlag,
)
from scheduler_core.appointments.notices import notify
from scheduler_core.appointments.queries import view
from scheduler_core.appointments.status import CANCELLED, COMING, ENTERED_IN_ERROR, NOSHOW
from scheduler_core.businesses.models import Location, Service, StaffMember
from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.person import Person, Room, Traces, kept

#: Where people write what they like about a visit.
_WORDS = ("note", "attendee", "cancel_reason")
_Part = type[AppointmentItem | AppointmentChange | VisitFlag]


def _traces(session: Session, business_id: int, customer_id: int) -> Traces:
    visits = select(Appointment.id).where(
        Appointment.business_id == business_id, Appointment.customer_id == customer_id
    )
    series = select(Series.id).where(Series.business_id == business_id, Series.customer_id == customer_id)
    return Traces(
        frozenset(("appointment", key) for key in session.scalars(visits))
        | frozenset(("series", key) for key in session.scalars(series))
    )


def _counts(session: Session, person: Person, now: datetime) -> dict[str, int]:
    found = dict.fromkeys(("visits_upcoming", "visits_past", "visits_cancelled", "visits_noshow"), 0)
    ahead = func.sum(case((Appointment.start_at > now, 1), else_=0))
    rows = session.execute(
        select(Appointment.status, func.count(), ahead)
        .where(
            Appointment.business_id == person.business_id,
            Appointment.customer_id == person.customer_id,
            Appointment.status != ENTERED_IN_ERROR,
        )
        .group_by(Appointment.status)
    )
    for status, number, later in rows:
        if status in (CANCELLED, NOSHOW):
            found[f"visits_{status}"] = number
            continue
        upcoming = later if status in COMING else 0
        found["visits_upcoming"] += upcoming
        found["visits_past"] += number - upcoming
    return found


def _export(session: Session, person: Person) -> dict[str, Any]:
    items, history = _parts(session, person, AppointmentItem), _parts(session, person, AppointmentChange)
    flags = _parts(session, person, VisitFlag)
    rows = session.execute(
        select(Appointment, Service.name, StaffMember.name, Location.name)
        .join(Service, Service.id == Appointment.service_id)
        .join(StaffMember, StaffMember.id == Appointment.staff_id)
        .join(Location, Location.id == Appointment.location_id)
        .where(Appointment.business_id == person.business_id, Appointment.customer_id == person.customer_id)
        .order_by(Appointment.start_at, Appointment.id)
    )
    visits = [
        kept(visit)
        | {"service": service, "staff": staff, "location": place}
        | {"items": items[visit.id], "history": history[visit.id], "flags": flags[visit.id]}
        for visit, service, staff, place in rows
    ]
    series = select(Series).where(
        Series.business_id == person.business_id, Series.id.in_(person.ids("series"))
    )
    return {"visits": visits, "series": [kept(row) for row in session.scalars(series)]}


def _parts(session: Session, person: Person, part: _Part) -> dict[int, list[dict[str, Any]]]:
    """Rows of the person's visits, by visit."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in session.scalars(_of_visits(part, person)):
        found[row.appointment_id].append(kept(row))
    return found


def _of_visits(part: _Part, person: Person) -> Select[Any]:
    order = part.position if issubclass(part, AppointmentItem) else part.id
    return (
        select(part)
        .join(Appointment, Appointment.id == part.appointment_id)
        .where(Appointment.business_id == person.business_id, Appointment.customer_id == person.customer_id)
        .order_by(order)
    )


def _erase(session: Session, caller: Caller, now: datetime, person: Person) -> None:
    """Visits to come are cancelled as any visit is; all of them stay, without a word of the person's."""
    of_business, of_person = person.business_id, Appointment.customer_id == person.customer_id
    coming = to_come(session, of_business, now, of_person)
    give_up_all(session, caller, now, coming, reason=None)
    for visit in coming:
        shown = view(session, of_business, visit.id, now, caller.settings.public_url)
        notify(session, "staff_cancelled", of_business, person.customer_id, shown, now)
    session.execute(
        update(Appointment)
        .where(Appointment.business_id == of_business, of_person)
        .values(dict.fromkeys(_WORDS))
    )
    for change in session.scalars(_of_visits(AppointmentChange, person)).all():
        change.before = {key: None if key in _WORDS else value for key, value in change.before.items()}
    session.flush()


ROOM = Room(export=_export, erase=_erase, tables=(Appointment, Series), traces=_traces, counts=_counts)
