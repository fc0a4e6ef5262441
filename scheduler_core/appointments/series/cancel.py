"""Cancel the visits of a series that are still ahead; staff are told once."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from scheduler_core.appointments.cancel_many import give_up_all, to_come
from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.series import queries as series_queries
from scheduler_core.appointments.series.notices import tell_of_series
from scheduler_core.appointments.series.schemas import SeriesCancelIn, SeriesCancelled
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller


def cancel_series(
    session: Session, caller: Caller, now: datetime, business_id: int, series_id: int, asked: SeriesCancelIn
) -> dict[str, Any]:
    """The visits that were cancelled as JSON, none when none was ahead; raises ``NotFound``."""
    series = series_queries.one(session, business_id, series_id)
    caller.must_be_own_customer(series.customer_id)
    visits = to_come(
        session,
        business_id,
        now,
        Appointment.series_id == series.id,
        Appointment.start_at >= (asked.since or now),
    )
    for visit in visits:
        caller.must_be_own_staff(visit.staff_id)
    if not visits:
        return SeriesCancelled(cancelled=[]).model_dump(mode="json")
    give_up_all(session, caller, now, visits, asked.reason)
    record(
        session,
        caller,
        now,
        business_id=business_id,
        action="series_cancelled",
        subject=("series", series.id),
        customer_id=series.customer_id,
        visits=len(visits),
    )
    ids = {visit.id for visit in visits}
    every = series_queries.visits(session, business_id, series.id, now, caller.settings.public_url)
    shown = [visit for visit in every if visit.id in ids]
    kind = "staff_series_cancelled"
    reason = f"{kind}:{series.id}:{shown[0].id}:{shown[0].version}"
    tell_of_series(session, kind, reason, business_id, shown, now)
    return SeriesCancelled(cancelled=shown).model_dump(mode="json")
