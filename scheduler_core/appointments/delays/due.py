"""What somebody of the team is due for next: their working day, their next visit, or the end of the one under way."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment, AppointmentItem
from scheduler_core.appointments.status import ARRIVED, COMING, IN_PROGRESS
from scheduler_core.availability.memory import blueprint_of
from scheduler_core.availability.slots import instant_of, minute_from, minute_of

_A_DAY = timedelta(days=1)


def due_at(session: Session, business_id: int, staff_id: int, now: datetime) -> datetime:
    """Today and on the business's wall; now, when nothing waits for them."""
    zone = ZoneInfo(blueprint_of(session, business_id, now).zone)
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow = midnight + _A_DAY
    under_way = _theirs(staff_id, (IN_PROGRESS,), now - _A_DAY, now)
    until: datetime | None = session.scalar(under_way.with_only_columns(AppointmentItem.end_at))
    if until:
        return until
    visit = session.scalar(_theirs(staff_id, (*COMING, ARRIVED), midnight, tomorrow))
    shift = _shift(session, business_id, staff_id, now, tomorrow)
    return min([each for each in (visit, shift) if each] or [now])


def _theirs(staff_id: int, states: tuple[str, ...], since: datetime, before: datetime) -> Select[datetime]:
    return (
        select(AppointmentItem.start_at)
        .join(Appointment, Appointment.id == AppointmentItem.appointment_id)
        .where(
            AppointmentItem.staff_id == staff_id,
            Appointment.status.in_(states),
            AppointmentItem.start_at >= since,
            AppointmentItem.start_at < before,
        )
        .order_by(AppointmentItem.start_at)
        .limit(1)
    )


def _shift(
    session: Session, business_id: int, staff_id: int, now: datetime, before: datetime
) -> datetime | None:
    """The next time today at which they begin to work."""
    rules = blueprint_of(session, business_id, now)
    person, low, high = rules.people[staff_id], minute_from(now), minute_of(before)
    day = (low - 1, high)  # who began before now is at work already
    begins = [
        start for place in rules.places.values() for start, _ in person.at_work(place, *day) if start >= low
    ]
    return instant_of(min(begins)) if begins else None
