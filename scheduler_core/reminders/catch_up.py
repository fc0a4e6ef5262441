"""Visits that nobody has planned for get their reminders: those of an older house, and those of changed wishes."""

import json
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.status import BOOKED
from scheduler_core.businesses.models import Business, Service
from scheduler_core.outbox import due
from scheduler_core.outbox.due import Work
from scheduler_core.reminders.plan import VISITS, plan_for

CATCH_UP = "catch_up_reminders"
#: The fields of a policy that say when customers are asked.
_WISHES = ("reminders", "reminder_silence_hours", "escalate_hours_before")
_PAGE = 200


def catch_up_with_all(session: Session, work: Work) -> None:
    """Once a day: each business is looked through."""
    for business_id in session.scalars(select(Business.id).order_by(Business.id)):
        _plan_page(session, business_id, work.now, after=0, name=f"{work.now.date()}")


def catch_up(session: Session, work: Work) -> None:
    """A page of a business's visits to come; what is planned already stays as it is."""
    visits = session.execute(
        VISITS.where(
            Appointment.business_id == work.business_id,
            Appointment.id > work.payload["after"],
            Appointment.start_at > work.now,
            Appointment.status == BOOKED,
        )
        .order_by(Appointment.id)
        .limit(_PAGE)
    ).all()
    for visit in visits:
        plan_for(session, visit, work.now)
    if len(visits) == _PAGE:
        _plan_page(session, work.business_id, work.now, after=visits[-1].id, name=work.payload["name"])


def when_wishes_change(session: Session, business_id: int, now: datetime) -> None:
    """Called in the transaction that changes a business's rules, of whatever kind."""
    wishes = [
        {name: policy[name] for name in _WISHES if name in policy}
        for policy in (
            *session.scalars(select(Business.policy).where(Business.id == business_id)),
            *session.scalars(
                select(Service.policy).where(Service.business_id == business_id).order_by(Service.id)
            ),
        )
    ]
    digest = sha256(json.dumps(wishes, sort_keys=True).encode()).hexdigest()[:32]
    _plan_page(session, business_id, now, after=0, name=f"{now.date()} {digest}")


def _plan_page(session: Session, business_id: int, now: datetime, after: int, name: str) -> None:
    due.plan(
        session,
        business_id=business_id,
        kind=CATCH_UP,
        subject=f"business:{business_id}",
        due_at=now,
        payload={"after": after, "name": name},
        idem_key=f"{CATCH_UP}:{business_id}:{name}:{after}",
    )
