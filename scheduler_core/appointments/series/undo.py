"""Take back a series that was just booked, for as long as any step can be; staff are told once."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from scheduler_core.appointments.cancel_many import give_up_all, to_come
from scheduler_core.appointments.history import UNDO_FOR
from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.series import queries as series_queries
from scheduler_core.appointments.series.notices import tell_of_series
from scheduler_core.appointments.series.schemas import SeriesUndone
from scheduler_core.appointments.status import COMING
from scheduler_core.errors import UndoTooLate, WrongState
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller


def undo_series(
    session: Session, caller: Caller, now: datetime, business_id: int, series_id: int
) -> dict[str, Any]:
    """As JSON the visits that were taken back, and those that have changed since and stay.

    Raises ``UndoTooLate``, ``WrongState`` or ``NotFound``.
    """
    series = series_queries.one(session, business_id, series_id)
    caller.must_be_own_customer(series.customer_id)
    until = series.created_at + UNDO_FOR
    if now >= until:
        raise UndoTooLate(until=until.isoformat())
    as_booked = Appointment.series_id == series.id, Appointment.version == 1
    visits = to_come(session, business_id, now, *as_booked)
    for visit in visits:
        caller.must_be_own_staff(visit.staff_id)
    if not visits:
        raise WrongState("nothing to undo", step="undo")
    give_up_all(session, caller, now, visits, "undone", step="undone")
    record(
        session,
        caller,
        now,
        business_id=business_id,
        action="series_undone",
        subject=("series", series.id),
        customer_id=series.customer_id,
        visits=len(visits),
    )
    ids = {visit.id for visit in visits}
    every = series_queries.visits(session, business_id, series.id, now, caller.settings.public_url)
    undone = [visit for visit in every if visit.id in ids]
    kept = [visit for visit in every if visit.id not in ids and visit.status in COMING]
    kind = "staff_series_cancelled"
    tell_of_series(session, kind, f"{kind}:{series.id}:undone", business_id, undone, now)
    return SeriesUndone(undone=undone, kept=kept).model_dump(mode="json")
