"""Tell staff of many visits in one notice."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from scheduler_core.appointments.notices import customer_name, locale_of, tell_noticed, when, who_does
from scheduler_core.appointments.schemas import AppointmentOut
from scheduler_core.outbox.words import counted


def tell_of_series(
    session: Session,
    kind: str,
    reason: str,
    business_id: int,
    visits: Sequence[AppointmentOut],
    now: datetime,
) -> None:
    """``visits`` of one customer, soonest first; ``reason`` names what happened, which is told once."""
    if not visits:
        return
    first, last = visits[0], visits[-1]
    locale = locale_of(session, business_id)
    span = {"when": when(first.start, first.zone, locale), "last": when(last.start, last.zone, locale)}
    facts = {
        "customer": customer_name(session, first.customer_id),
        "service": first.service_name,
        "staff": first.staff_name,
        "location": first.location_name,
        "visits": counted(locale, "series_visits", len(visits), **span),
        "series_id": first.series_id,
    }
    own = {staff_id for visit in visits for staff_id in who_does(visit)}
    tell_noticed(session, business_id, locale, kind, reason, facts, now, own=own)
