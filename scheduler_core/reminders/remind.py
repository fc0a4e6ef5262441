"""What is said when its time has come: to the customer, and to staff of whom has not answered."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.customer_notices import tell_of
from scheduler_core.appointments.notices import customer_name, locale_of, tell_noticed, when
from scheduler_core.appointments.queries import view, views
from scheduler_core.appointments.schemas import AppointmentOut
from scheduler_core.businesses.models import Business
from scheduler_core.conversations.models import Notice
from scheduler_core.conversations.notices import Told
from scheduler_core.conversations.quiet import after_the_night
from scheduler_core.customers.models import Customer
from scheduler_core.db.base import table_of
from scheduler_core.outbox.due import Work
from scheduler_core.reminders.plan import Visit, plan_one, policy_of, visits_of

#: Who was asked less than this ago is not asked again: two reminders may come due together when nobody worked.
_JUST_ASKED = timedelta(hours=1)
_WHILE_A_PERSON_SPEAKS = timedelta(hours=1)

_NOTICE = table_of(Notice)
_REMINDED = _NOTICE.c.kind == "reminder"
_ASKED_AT = (
    select(_NOTICE.c.appointment_id, _NOTICE.c.appointment_version, func.max(_NOTICE.c.said_at))
    .where(_NOTICE.c.appointment_id.in_(bindparam("visits", expanding=True)), _REMINDED)
    .group_by(_NOTICE.c.appointment_id, _NOTICE.c.appointment_version)
)
_UNANSWERED = select(func.count(_NOTICE.c.id), func.count(_NOTICE.c.answer)).where(
    _NOTICE.c.appointment_id == bindparam("visit"),
    _NOTICE.c.appointment_version == bindparam("version"),
    _REMINDED,
)


def remind(session: Session, works: Sequence[Work]) -> None:
    """Ask customers whether they come; what came too late for the evening waits for the morning."""
    wished = [(work, visit) for work, visit in visits_of(session, works) if _is_wished(work, visit)]
    to_ask = list(_once_each(session, wished))
    shown = _shown(session, to_ask)
    with _at_hand(session, [visit for _, visit in to_ask]):
        for work, visit in to_ask:
            _ask(session, work, visit, shown[visit.id])


def _ask(session: Session, work: Work, visit: Visit, shown: AppointmentOut) -> None:
    morning = after_the_night(work.now, ZoneInfo(visit.night), policy_of(visit))
    if morning > work.now:
        _later(session, visit, work, morning)
        return
    key = f"reminder:{visit.id}:{visit.version}:{work.payload['ahead']}"
    if tell_of(session, "reminder", shown, key, work.now) is Told.TAKEN_OVER:
        _later(session, visit, work, work.now + _WHILE_A_PERSON_SPEAKS)


def tell_staff_of_silence(session: Session, work: Work) -> None:
    """The customer was asked whether they come, and has not answered."""
    for _, visit in visits_of(session, [work]):
        if policy_of(visit).escalate_hours_before is not None:
            _tell_staff(session, work, visit)


def _tell_staff(session: Session, work: Work, visit: Visit) -> None:
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


def _is_wished(work: Work, visit: Visit) -> bool:
    """The business may want other reminders by now."""
    return work.payload["ahead"] in [ahead.name for ahead in policy_of(visit).reminders]


def _once_each(session: Session, found: Sequence[tuple[Work, Visit]]) -> Iterator[tuple[Work, Visit]]:
    """Of each visit one, and none of whom has just been asked."""
    rows = session.execute(_ASKED_AT, {"visits": [visit.id for _, visit in found]})
    asked_at = {(visit, version): at for visit, version, at in rows}
    for work, visit in found:
        key = visit.id, visit.version
        if key not in asked_at or asked_at[key] <= work.now - _JUST_ASKED:
            asked_at[key] = work.now
            yield work, visit


def _shown(session: Session, to_ask: Sequence[tuple[Work, Visit]]) -> dict[int, AppointmentOut]:
    ids = defaultdict(list)
    for work, visit in to_ask:
        ids[work.business_id].append(visit.id)
    found = [views(session, of, ids[of], work.now, work.settings.public_url) for of in ids]
    return {each.id: each for of_one in found for each in of_one}


@contextmanager
def _at_hand(session: Session, visits: Sequence[Visit]) -> Iterator[Sequence[object]]:
    """Whom it is about and who tells them, read for all at once: a session forgets what nobody holds."""
    people = select(Customer).where(Customer.id.in_({visit.customer_id for visit in visits}))
    businesses = select(Business).where(Business.id.in_({visit.business_id for visit in visits}))
    held = [*session.scalars(people), *session.scalars(businesses)]
    yield held


def _later(session: Session, visit: Visit, work: Work, at: datetime) -> None:
    if at < visit.start_at:
        plan_one(session, visit, work.kind, at, work.payload, f"{work.payload['ahead']}:{at.isoformat()}")
