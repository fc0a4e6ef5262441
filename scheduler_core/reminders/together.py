"""Which visits one message asks about: those of one customer on one day, of which they would be reminded soon."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.status import BOOKED
from scheduler_core.conversations.models import Notice
from scheduler_core.db.base import table_of
from scheduler_core.outbox.due import Work
from scheduler_core.reminders.moments import SPREAD
from scheduler_core.reminders.plan import VISITS, Visit, key_of, moments_of

#: Who was asked less than this ago is not asked again: two reminders may come due together when nobody worked.
JUST_ASKED = timedelta(hours=1)
#: What they would be asked within this time of a visit that day is asked in the same message.
_SOON = JUST_ASKED + SPREAD

_VISIT, _NOTICE = table_of(Appointment), table_of(Notice)
REMINDED = _NOTICE.c.kind.in_(("reminder", "reminder_many"))
_ASKED_AT = (
    select(_NOTICE.c.appointment_id, _NOTICE.c.appointment_version, func.max(_NOTICE.c.said_at))
    .where(_NOTICE.c.appointment_id.in_(bindparam("visits", expanding=True)), REMINDED)
    .group_by(_NOTICE.c.appointment_id, _NOTICE.c.appointment_version)
)
_TOLD = select(_NOTICE.c.idem_key).where(_NOTICE.c.idem_key.in_(bindparam("keys", expanding=True)))
_OF_THEM = (
    VISITS.where(
        _VISIT.c.customer_id.in_(bindparam("people", expanding=True)),
        _VISIT.c.id.not_in(bindparam("visits", expanding=True)),
        _VISIT.c.status == BOOKED,
        _VISIT.c.start_at > bindparam("since", type_=_VISIT.c.start_at.type),
        _VISIT.c.start_at < bindparam("until", type_=_VISIT.c.start_at.type),
    )
    .order_by(_VISIT.c.id)
    .with_for_update(read=True, of=_VISIT)
)


@dataclass(frozen=True, slots=True)
class Asked:
    """``name``: of the rule by which it is reminded of; ``work``: ``None`` when its own is still to come."""

    visit: Visit
    name: str
    work: Work | None = None

    @property
    def key(self) -> str:
        return key_of(self.visit, self.name)


def asked_at(session: Session, visits: Sequence[Visit]) -> dict[tuple[int, int], datetime]:
    """When they were last asked, by the visit's id and version."""
    rows = session.execute(_ASKED_AT, {"visits": [visit.id for visit in visits]})
    return {(visit, version): at for visit, version, at in rows}


def by_message(session: Session, due: Sequence[Asked], now: datetime) -> list[list[Asked]]:
    """Each message's visits, the first of the day first."""
    if not due:
        return []
    messages: dict[tuple[int, date], list[Asked]] = {}
    for each in due:
        messages.setdefault(_whose_day(each.visit), []).append(each)
    others = [each for each in _of_them(session, due, now) if _whose_day(each) in messages]
    for each in _unsaid(session, others, now):
        messages[_whose_day(each.visit)].append(each)
    return [
        sorted(each, key=lambda asked: (asked.visit.start_at, asked.visit.id)) for each in messages.values()
    ]


def _of_them(session: Session, due: Sequence[Asked], now: datetime) -> Iterable[Visit]:
    wanted = {
        "people": {each.visit.customer_id for each in due},
        "visits": [each.visit.id for each in due],
        "since": now,
        "until": max(each.visit.start_at for each in due) + timedelta(days=1),
    }
    return session.execute(_OF_THEM, wanted).all()


def _unsaid(session: Session, others: Sequence[Visit], now: datetime) -> list[Asked]:
    """Those of which they would be reminded soon, or would have been."""
    soon = [Asked(each, name) for each in others for name, at in moments_of(each) if at <= now + _SOON]
    if not soon:
        return []
    told = set(session.scalars(_TOLD, {"keys": [each.key for each in soon]}))
    last_asked = asked_at(session, others)
    unsaid = {each.visit.id: each for each in soon if each.key not in told}
    return [
        each
        for each in unsaid.values()
        if last_asked.get((each.visit.id, each.visit.version), now - JUST_ASKED) <= now - JUST_ASKED
    ]


def _whose_day(visit: Visit) -> tuple[int, date]:
    return visit.customer_id, visit.start_at.astimezone(ZoneInfo(visit.zone)).date()
