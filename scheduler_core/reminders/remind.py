"""What is said when its time has come: to the customer, and to staff of whom has not answered."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.customer_notices import tell_of
from scheduler_core.appointments.notices import customer_name, locale_of, tell_noticed, when
from scheduler_core.appointments.queries import view
from scheduler_core.conversations.models import Notice
from scheduler_core.conversations.notices import Told
from scheduler_core.conversations.quiet import after_the_night
from scheduler_core.db.base import table_of
from scheduler_core.outbox.due import Work
from scheduler_core.reminders.plan import Visit, plan_one, policy_of, visit_of

#: Who was asked less than this ago is not asked again: two reminders may come due together when nobody worked.
_JUST_ASKED = timedelta(hours=1)
_WHILE_A_PERSON_SPEAKS = timedelta(hours=1)

_NOTICE = table_of(Notice)
_OF_VISIT = (
    _NOTICE.c.appointment_id == bindparam("visit"),
    _NOTICE.c.appointment_version == bindparam("version"),
    _NOTICE.c.kind == "reminder",
)
_ASKED_AT = select(func.max(_NOTICE.c.said_at)).where(*_OF_VISIT)
_UNANSWERED = select(func.count(_NOTICE.c.id), func.count(_NOTICE.c.answer)).where(*_OF_VISIT)


def remind(session: Session, work: Work) -> None:
    """Ask the customer whether they come; what came too late for the evening waits for the morning."""
    visit = visit_of(session, work)
    if visit is None:
        return
    policy, now = policy_of(visit), work.now
    if work.payload["ahead"] not in [ahead.name for ahead in policy.reminders] or _just_asked(
        session, visit, now
    ):
        return
    morning = after_the_night(now, ZoneInfo(visit.night), policy)
    if morning > now:
        _later(session, visit, work, morning)
        return
    shown = view(session, visit.business_id, visit.id, now, work.settings.public_url)
    key = f"reminder:{visit.id}:{visit.version}:{work.payload['ahead']}"
    if tell_of(session, "reminder", shown, key, now) is Told.TAKEN_OVER:
        _later(session, visit, work, now + _WHILE_A_PERSON_SPEAKS)


def tell_staff_of_silence(session: Session, work: Work) -> None:
    """The customer was asked whether they come, and has not answered."""
    visit = visit_of(session, work)
    if visit is None or policy_of(visit).escalate_hours_before is None:
        return
    asked, answered = session.execute(_UNANSWERED, {"visit": visit.id, "version": visit.version}).one()
    if not asked or answered:
        return
    shown = view(session, visit.business_id, visit.id, work.now, work.settings.public_url)
    locale = locale_of(session, visit.business_id)
    facts = {
        "customer": customer_name(session, visit.customer_id),
        "service": shown.service_name,
        "staff": shown.staff_name,
        "location": shown.location_name,
        "when": when(shown.start, shown.zone, locale),
        "appointment_id": visit.id,
    }
    kind = "staff_unanswered_reminder"
    tell_noticed(
        session, visit.business_id, locale, kind, f"{kind}:{visit.id}:{visit.version}", facts, work.now
    )


def _just_asked(session: Session, visit: Visit, now: datetime) -> bool:
    asked_at = session.scalar(_ASKED_AT, {"visit": visit.id, "version": visit.version})
    return asked_at is not None and asked_at > now - _JUST_ASKED


def _later(session: Session, visit: Visit, work: Work, at: datetime) -> None:
    if at < visit.start_at:
        plan_one(session, visit, work.kind, at, work.payload, f"{work.payload['ahead']}:{at.isoformat()}")
