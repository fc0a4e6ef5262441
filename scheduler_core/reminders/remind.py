"""What is said when its time has come: to the customer, and to staff of whom has not answered."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.customer_notices import ask_of_many, tell_of
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
from scheduler_core.reminders.plan import REMIND, Visit, plan_one, policy_of, visits_of
from scheduler_core.reminders.together import JUST_ASKED, REMINDED, Asked, asked_at, by_message

_WHILE_A_PERSON_SPEAKS = timedelta(hours=1)

_NOTICE = table_of(Notice)
_UNANSWERED = select(func.count(_NOTICE.c.id), func.count(_NOTICE.c.answer)).where(
    _NOTICE.c.appointment_id == bindparam("visit"),
    _NOTICE.c.appointment_version == bindparam("version"),
    REMINDED,
)


def remind(session: Session, works: Sequence[Work]) -> None:
    """Ask customers whether they come; what came too late for the evening waits for the morning."""
    wished = [(work, visit) for work, visit in visits_of(session, works) if _is_wished(work, visit)]
    due = [each for each in _once_each(session, wished) if not _waits_for_the_morning(session, each)]
    messages = by_message(session, due, works[0].now)
    asked = [each for message in messages for each in message]
    shown = _shown(session, asked, works[0])
    with _at_hand(session, [each.visit for each in asked]):
        for message in messages:
            _ask(session, message, shown, works[0].now)


def _ask(
    session: Session, message: Sequence[Asked], shown: Mapping[int, AppointmentOut], now: datetime
) -> None:
    visits = [(shown[each.visit.id], each.key) for each in message]
    told = (
        ask_of_many(session, visits, now)
        if len(visits) > 1
        else tell_of(session, "reminder", *visits[0], now)
    )
    if told is Told.TAKEN_OVER:
        for each in message:
            _later(session, each, now + _WHILE_A_PERSON_SPEAKS)


def _waits_for_the_morning(session: Session, asked: Asked) -> bool:
    assert asked.work is not None
    now, visit = asked.work.now, asked.visit
    morning = after_the_night(now, ZoneInfo(visit.night), policy_of(visit))
    if morning > now:
        _later(session, asked, morning)
    return morning > now


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


def _once_each(session: Session, found: Sequence[tuple[Work, Visit]]) -> Iterator[Asked]:
    """Of each visit one, and none of whom has just been asked."""
    last_asked = asked_at(session, [visit for _, visit in found])
    for work, visit in found:
        key = visit.id, visit.version
        if key not in last_asked or last_asked[key] <= work.now - JUST_ASKED:
            last_asked[key] = work.now
            yield Asked(visit, work.payload["ahead"], work)


def _shown(session: Session, asked: Sequence[Asked], work: Work) -> dict[int, AppointmentOut]:
    ids = defaultdict(list)
    for each in asked:
        ids[each.visit.business_id].append(each.visit.id)
    found = [views(session, of, ids[of], work.now, work.settings.public_url) for of in ids]
    return {each.id: each for of_one in found for each in of_one}


@contextmanager
def _at_hand(session: Session, visits: Sequence[Visit]) -> Iterator[Sequence[object]]:
    """Whom it is about and who tells them, read for all at once: a session forgets what nobody holds."""
    people = select(Customer).where(Customer.id.in_({visit.customer_id for visit in visits}))
    businesses = select(Business).where(Business.id.in_({visit.business_id for visit in visits}))
    held = [*session.scalars(people), *session.scalars(businesses)]
    yield held


def _later(session: Session, asked: Asked, at: datetime) -> None:
    """What has its own work to come is left to that."""
    if asked.work is not None and at < asked.visit.start_at:
        name = f"{asked.name}:{at.isoformat()}"
        plan_one(session, asked.visit, REMIND, at, asked.work.payload, name)
