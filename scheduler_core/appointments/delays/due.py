"""What somebody of the team is due for next: their working day, their next visit, or the end of the one under way."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment, AppointmentItem
from scheduler_core.appointments.status import ARRIVED, COMING, IN_PROGRESS
from scheduler_core.availability.memory import blueprint_of
from scheduler_core.availability.slots import instant_of, minute_of

_A_DAY = timedelta(days=1)
_SOON = timedelta(hours=1)


def due_at(session: Session, business_id: int, staff_id: int, by: timedelta, now: datetime) -> datetime:
    """What they will be late for by so much, today on the business's wall; now, when nothing waits for them soon."""
    zone = ZoneInfo(blueprint_of(session, business_id, now).zone)
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    visit = _next_visit(session, staff_id, midnight, now)
    if visit:
        start, end, status = visit
        if status == IN_PROGRESS or start + by <= now:  # not everybody says when they begin
            return end
    shift = _shift(session, business_id, staff_id, now, midnight + _A_DAY)
    return min([each for each in (visit and visit[0], shift) if each] or [now])


def _next_visit(
    session: Session, staff_id: int, since: datetime, now: datetime
) -> tuple[datetime, datetime, str] | None:
    """The one under way, else the first that is not over by its time."""
    found = session.execute(
        select(AppointmentItem.start_at, AppointmentItem.end_at, Appointment.status)
        .join(Appointment, Appointment.id == AppointmentItem.appointment_id)
        .where(
            AppointmentItem.staff_id == staff_id,
            AppointmentItem.start_at >= since,
            AppointmentItem.start_at < now + _SOON,
            or_(
                Appointment.status == IN_PROGRESS,
                and_(Appointment.status.in_((*COMING, ARRIVED)), AppointmentItem.end_at > now),
            ),
        )
        .order_by(Appointment.status != IN_PROGRESS, AppointmentItem.start_at)
        .limit(1)
    ).first()
    return (found[0], found[1], found[2]) if found else None


def _shift(
    session: Session, business_id: int, staff_id: int, now: datetime, before: datetime
) -> datetime | None:
    """The next time today at which they begin to work; None when they are at work."""
    rules = blueprint_of(session, business_id, now)
    person, minute = rules.people[staff_id], minute_of(now)
    at_work = [
        hours for place in rules.places.values() for hours in person.at_work(place, minute, minute_of(before))
    ]
    if not at_work:
        return None
    first = min(start for start, _ in at_work)
    return instant_of(first) if first > minute else None
