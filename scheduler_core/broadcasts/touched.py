"""Whom it would touch if somebody were away or a place closed: looked at before anybody says so."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment, AppointmentItem
from scheduler_core.appointments.notices import customer_name
from scheduler_core.appointments.status import ARRIVED, COMING
from scheduler_core.broadcasts.schemas import BroadcastIn


@dataclass(frozen=True, slots=True)
class Touched:
    """A visit in that time, and whose it is."""

    appointment_id: int
    customer: str
    start: datetime


def touched(session: Session, business_id: int, asked: BroadcastIn, now: datetime) -> list[Touched]:
    """Of a person's time or a place's, the soonest first."""
    wanted = select(
        Appointment.id, Appointment.customer_id, Appointment.attendee, Appointment.start_at
    ).where(
        Appointment.business_id == business_id,
        Appointment.status.in_((*COMING, ARRIVED)),
        Appointment.start_at > now,
    )
    if asked.staff_id is not None:
        wanted = wanted.join(AppointmentItem, AppointmentItem.appointment_id == Appointment.id).where(
            AppointmentItem.staff_id == asked.staff_id,
            AppointmentItem.start_at < asked.end,
            AppointmentItem.end_at > asked.start,
        )
    else:
        wanted = wanted.where(
            Appointment.location_id == asked.location_id,
            Appointment.start_at < asked.end,
            Appointment.end_at > asked.start,
        )
    rows = session.execute(wanted.distinct().order_by(Appointment.start_at, Appointment.id))
    return [
        Touched(key, attendee or customer_name(session, customer), start)
        for key, customer, attendee, start in rows
    ]
