"""The reminders of a visit are planned when it is booked, and anew whenever it changes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.changes import VisitChange, subject_of
from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.status import BOOKED
from scheduler_core.businesses.models import Business, Service
from scheduler_core.businesses.policy import Policy
from scheduler_core.conversations.notices import unsaid_with
from scheduler_core.db.base import table_of
from scheduler_core.outbox import due
from scheduler_core.outbox.due import Work
from scheduler_core.reminders.moments import escalation, moment

REMIND, UNANSWERED = "remind", "unanswered_reminder"

_VISIT, _SERVICE, _BUSINESS = table_of(Appointment), table_of(Service), table_of(Business)
#: A visit with what its business and its service wish for today.
VISITS: Select[Any] = (
    select(
        _VISIT.c.id,
        _VISIT.c.business_id,
        _VISIT.c.customer_id,
        _VISIT.c.version,
        _VISIT.c.status,
        _VISIT.c.start_at,
        _VISIT.c.zone,
        _VISIT.c.updated_at,
        _BUSINESS.c.zone.label("night"),
        _BUSINESS.c.policy.label("rules"),
        _SERVICE.c.policy.label("own"),
    )
    .join(_BUSINESS, _BUSINESS.c.id == _VISIT.c.business_id)
    .join(_SERVICE, _SERVICE.c.id == _VISIT.c.service_id)
)
_ONE = VISITS.where(_VISIT.c.id == bindparam("visit"), _VISIT.c.business_id == bindparam("business"))
#: Whoever changes a visit waits for who reminds of it. Those who remind do not wait for each other, though one message
#: may speak of visits that another has in hand: the notice that is told once decides.
_LOCKED = (
    VISITS.where(_VISIT.c.id.in_(bindparam("visits", expanding=True)))
    .order_by(_VISIT.c.id)
    .with_for_update(read=True, of=_VISIT)
)

Visit = Row[Any]


def follow(session: Session, change: VisitChange, work: Work) -> None:
    """What waited for the visit as it was is withdrawn already; what is to be said of it now is planned."""
    visit = session.execute(_ONE, _named(change.business_id, change.appointment_id)).first()
    if visit is not None and visit.version == change.version:
        plan_for(session, visit, work.due_at)
        _ask_of_the_others(session, visit, work)


def _ask_of_the_others(session: Session, changed: Visit, work: Work) -> None:
    """Of whom one message was to ask together with this visit, and now does not."""
    for notice in unsaid_with(session, changed.id, changed.version):
        if notice.appointment_id != changed.id:
            named = _named(work.business_id, notice.appointment_id or 0)
            visit = session.execute(_ONE, named).one()
            name = notice.idem_key.split(":", 3)[3]
            plan_one(session, visit, REMIND, work.now, {"ahead": name}, f"{name}:but {notice.id}")
        session.delete(notice)


def plan_for(session: Session, visit: Visit, since: datetime) -> int:
    """Plan what is to be said of a visit after ``since``, once; how much was not planned before.

    When whoever should have planned it was away, some of it may be due already.
    """
    if visit.status != BOOKED or visit.start_at <= since:
        return 0
    planned = 0
    for name, at in moments_of(visit):
        if at > since:
            planned += plan_one(session, visit, REMIND, at, {"ahead": name}, name)
    policy = policy_of(visit)
    asked_until = escalation(visit.start_at, ZoneInfo(visit.night), policy)
    if asked_until and asked_until > since:
        planned += plan_one(session, visit, UNANSWERED, asked_until, {}, str(policy.escalate_hours_before))
    return planned


def moments_of(visit: Visit) -> list[tuple[str, datetime]]:
    """When a visit is reminded of, each with the rule's name; not so soon after it was booked or has changed."""
    policy, night = policy_of(visit), ZoneInfo(visit.night)
    earliest = visit.updated_at + timedelta(hours=policy.reminder_silence_hours)
    found = [
        (ahead.name, moment(ahead, visit.start_at, ZoneInfo(visit.zone), night, policy, visit.id))
        for ahead in policy.reminders
    ]
    return [(name, at) for name, at in found if at > earliest]


def key_of(visit: Visit, name: str) -> str:
    """Under which a visit is reminded of once by each rule."""
    return f"reminder:{visit.id}:{visit.version}:{name}"


def plan_one(
    session: Session, visit: Visit, kind: str, at: datetime, payload: dict[str, Any], name: str
) -> bool:
    return due.plan(
        session,
        business_id=visit.business_id,
        kind=kind,
        subject=subject_of(visit.id),
        version=visit.version,
        due_at=at,
        payload=payload | {"appointment_id": visit.id},
        idem_key=f"{kind}:{visit.id}:{visit.version}:{name}",
    )


def visits_of(session: Session, works: Sequence[Work]) -> list[tuple[Work, Visit]]:
    """Each with the visit it is about, locked, but for visits that are not to come any more as they were then."""
    found = session.execute(_LOCKED, {"visits": [work.payload["appointment_id"] for work in works]})
    visits = {(visit.business_id, visit.id): visit for visit in found}
    about = [(work, visits.get((work.business_id, work.payload["appointment_id"]))) for work in works]
    return [(work, visit) for work, visit in about if visit is not None and _is_to_come(visit, work)]


def _is_to_come(visit: Visit, work: Work) -> bool:
    return (visit.version, visit.status) == (work.version, BOOKED) and bool(visit.start_at > work.now)


def policy_of(visit: Visit) -> Policy:
    return Policy.model_validate(visit.rules).with_own(visit.own)


def _named(business_id: int, appointment_id: int) -> dict[str, int]:
    return {"business": business_id, "visit": appointment_id}
