"""Give a visit another time, person or place in the database: what moving, undoing and confirming have in common."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from scheduler_core.appointments.book import items, wall_start
from scheduler_core.appointments.history import items_of
from scheduler_core.appointments.models import Appointment, AppointmentItem
from scheduler_core.availability.claim import claim
from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.planned import PlannedVisit
from scheduler_core.availability.reserve import release, release_appointment, reserve, resources_of

_MINUTE = timedelta(minutes=1)


def question_for(
    session: Session,
    visit: Appointment,
    staff_id: int | None,
    location_id: int | None,
    hold_id: int | None = None,
    *,
    override: bool = False,
) -> Enquiry:
    """The visit's own services at the length agreed, asked for again; its own time and hold are not in its way."""
    own = items_of(session, visit.id)
    return Enquiry(
        visit.business_id,
        tuple(item.service_id for item in own),
        staff_id,
        location_id,
        customer_id=visit.customer_id,
        agreed_minutes=tuple((item.end_at - item.start_at) // _MINUTE for item in own),
        own_appointment_id=visit.id,
        own_hold_id=hold_id,
        for_another=visit.attendee is not None,
        override=override,
    )


def take_new_time(
    session: Session,
    visit: Appointment,
    question: Enquiry,
    start: datetime,
    now: datetime,
    *,
    blocks: bool = True,
) -> None:
    """Reserve the new time in place of the old and write it on the visit; prices stay as promised.

    Raises as ``decide`` does. ``blocks``: whether the visit keeps its time at all.
    """
    given_up = resources_of(session, appointment_id=visit.id, hold_id=question.own_hold_id)
    plan = claim(session, question, start, now, also_lock=given_up)
    if question.own_hold_id is not None:
        release(session, visit.business_id, question.own_hold_id, joining=plan.class_id)
    release_appointment(session, visit.id, joining=plan.class_id)
    visit.class_id = None
    session.flush()
    if blocks:
        visit.class_id = reserve(session, plan, now, appointment_id=visit.id)
    _write(session, visit, plan)


def _write(session: Session, visit: Appointment, plan: PlannedVisit) -> None:
    prices = [item.price_minor for item in items_of(session, visit.id)]
    session.execute(delete(AppointmentItem).where(AppointmentItem.appointment_id == visit.id))
    session.expire_all()
    kept = items(visit, plan)
    for item, price in zip(kept, prices, strict=True):
        item.price_minor = price
    session.add_all(kept)
    visit.staff_id, visit.location_id = plan.staff_id, plan.location_id
    visit.start_at, visit.end_at = plan.start, plan.end
    visit.zone, visit.wall_start = plan.zone, wall_start(plan.start, plan.zone)
    session.flush()
