"""Questions about visits, each from the business."""

from datetime import datetime, timedelta

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.schemas import AppointmentOut
from scheduler_core.appointments.status import COMING, FULFILLED
from scheduler_core.businesses.models import Location, Service, StaffMember
from scheduler_core.errors import NotFound

_PAGE = 100
_Named = Select[Appointment, str, str, str, str]


def view(session: Session, business_id: int, appointment_id: int, public_url: str) -> AppointmentOut:
    """One visit as people see it; raises ``NotFound``."""
    row = session.execute(_named(business_id).where(Appointment.id == appointment_id)).first()
    if row is None:
        raise NotFound("unknown appointment")
    return _out(row, public_url)


def upcoming(
    session: Session, business_id: int, customer_id: int, now: datetime, public_url: str
) -> list[AppointmentOut]:
    """A customer's visits still to come, soonest first."""
    rows = session.execute(
        _named(business_id)
        .where(
            Appointment.customer_id == customer_id, Appointment.start_at > now, Appointment.status.in_(COMING)
        )
        .order_by(Appointment.start_at)
        .limit(_PAGE)
    )
    return [_out(row, public_url) for row in rows]


def by_token(session: Session, token: str, public_url: str) -> AppointmentOut | None:
    """The visit that a private calendar link names."""
    row = session.execute(_named(None).where(Appointment.calendar_token == token)).first()
    return _out(row, public_url) if row else None


def to_change(session: Session, business_id: int, appointment_id: int) -> Appointment:
    """The visit, locked for this transaction; raises ``NotFound``."""
    found = session.scalar(
        select(Appointment)
        .where(Appointment.business_id == business_id, Appointment.id == appointment_id)
        .with_for_update()
    )
    if found is None:
        raise NotFound("unknown appointment")
    return found


def usual(
    session: Session, business_id: int, customer_id: int, now: datetime
) -> tuple[int | None, int | None]:
    """The service and the person that a customer has had most often, of their past visits."""
    found: list[int | None] = []
    for column in (Appointment.service_id, Appointment.staff_id):
        found.append(
            session.scalar(
                select(column)
                .where(
                    Appointment.business_id == business_id,
                    Appointment.customer_id == customer_id,
                    Appointment.start_at <= now,
                    Appointment.status.in_((*COMING, FULFILLED)),
                )
                .group_by(column)
                .order_by(func.count().desc(), func.max(Appointment.start_at).desc())
                .limit(1)
            )
        )
    return found[0], found[1]


def _named(business_id: int | None) -> _Named:
    wanted = (
        select(Appointment, Service.name, StaffMember.name, Location.name, Location.address)
        .join(Service, Service.id == Appointment.service_id)
        .join(StaffMember, StaffMember.id == Appointment.staff_id)
        .join(Location, Location.id == Appointment.location_id)
    )
    return wanted if business_id is None else wanted.where(Appointment.business_id == business_id)


def _out(row: Row[Appointment, str, str, str, str], public_url: str) -> AppointmentOut:
    visit, service, person, place, address = row
    return AppointmentOut(
        id=visit.id,
        version=visit.version,
        status=visit.status,
        service_id=visit.service_id,
        service_name=service,
        staff_id=visit.staff_id,
        staff_name=person,
        location_id=visit.location_id,
        location_name=place,
        location_address=address,
        zone=visit.zone,
        start=visit.start_at,
        end=visit.end_at,
        price_minor=visit.price_minor,
        currency=visit.currency,
        calendar_url=f"{public_url}/calendar/{visit.calendar_token}.ics",
        free_cancel_until=visit.start_at - timedelta(hours=visit.policy["free_cancel_hours"]),
        late_fee_minor=visit.price_minor * visit.policy["late_fee_percent"] // 100,
    )
