"""Tell staff, once for all of them, which visits will start late, no longer fit the rules, or may not be wanted."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.notices import locale_of, tell_noticed, waited_for, when
from scheduler_core.businesses.models import Service
from scheduler_core.customers.models import Customer
from scheduler_core.outbox.words import counted

_NAMED = 5


def tell_late(session: Session, visit: Appointment, late: Mapping[int, int], now: datetime) -> None:
    """``late``: minutes by visit, because of ``visit``. None: nobody is told anything."""
    if not late:
        return
    locale = locale_of(session, visit.business_id)
    named = _names(session, visit.business_id, sorted(late), locale)
    listed = [f"{name} (+{late[key]} min)" for key, name in named.items()]
    facts = {"visits": _list(listed, len(late)), "appointment_ids": list(named)}
    tell_noticed(
        session, visit.business_id, locale, "staff_late", f"staff_late:{visit.id}:{visit.version}", facts, now
    )


def tell_waits(session: Session, visit: Appointment, notice_id: int, now: datetime) -> None:
    """Who was told that it starts late comes all the same; whom they wait for hears of it as well."""
    locale = locale_of(session, visit.business_id)
    (named,) = _names(session, visit.business_id, [visit.id], locale).values()
    service = session.scalars(select(Service.name).where(Service.id == visit.service_id)).one()
    facts = {"visit": named, "service": service, "appointment_id": visit.id}
    reason, also = f"staff_waits:{notice_id}", waited_for(session, visit.id)
    tell_noticed(session, visit.business_id, locale, "staff_waits", reason, facts, now, also=also)


def tell_flagged(
    session: Session, business_id: int, visits: Sequence[int], reason: str, now: datetime
) -> None:
    """``visits`` no longer fit, the soonest first; ``reason`` names the change after which they do not."""
    kind = "staff_flagged_one" if len(visits) == 1 else "staff_flagged"
    _tell(session, business_id, kind, visits, f"staff_flagged:{business_id}:{reason}", now)


def tell_may_drop(
    session: Session, business_id: int, visits: Sequence[int], reason: str, now: datetime
) -> None:
    """``visits`` of somebody who can be asked nothing any more; ``reason`` names what they said."""
    _tell(session, business_id, "staff_may_drop", visits, f"staff_may_drop:{reason}", now)


def _tell(
    session: Session, business_id: int, kind: str, visits: Sequence[int], reason: str, now: datetime
) -> None:
    locale = locale_of(session, business_id)
    named = _names(session, business_id, visits[:_NAMED], locale)
    facts = {
        "count": len(visits),
        "stays": counted(locale, "may_drop_stays", len(visits)),
        "visits": _list(list(named.values()), len(visits)),
        "appointment_ids": list(named),
    }
    tell_noticed(session, business_id, locale, kind, reason, facts, now)


def _names(session: Session, business_id: int, visits: Sequence[int], locale: str) -> dict[int, str]:
    """The first few by their time, as staff know them."""
    rows = session.execute(
        select(Appointment.id, Appointment.customer_id, Customer.name, Appointment.start_at, Appointment.zone)
        .join(Customer, Customer.id == Appointment.customer_id)
        .where(Appointment.business_id == business_id, Appointment.id.in_(visits))
        .order_by(Appointment.start_at, Appointment.id)
        .limit(_NAMED)
    )
    return {
        key: f"{name or f'Customer {customer}'}, {when(start, zone, locale)}"
        for key, customer, name, start, zone in rows
    }


def _list(listed: list[str], count: int) -> str:
    rest = count - len(listed)
    return "; ".join(listed) + (f" … +{rest}" if rest else "")
