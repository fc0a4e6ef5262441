"""Tell the team how a broadcast went: when everybody has answered, and shortly before the first visit if not."""

from collections import Counter
from datetime import datetime

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from scheduler_core.appointments.changes import VisitChange
from scheduler_core.appointments.notices import locale_of, tell_noticed
from scheduler_core.broadcasts.models import WAITING, Broadcast, BroadcastVisit
from scheduler_core.broadcasts.progress import reached
from scheduler_core.broadcasts.schemas import ReachedOut
from scheduler_core.broadcasts.words import customers, told
from scheduler_core.outbox.due import Work

_NAMED = 5
#: What still needs somebody of the team, or an answer.
_UNSETTLED = ("waiting", "open", "person", "unreached")

#: Asked first, for it is asked after each of many is told.
_SOMEBODY_WAITS = select(
    exists().where(BroadcastVisit.broadcast_id == bindparam("broadcast"), BroadcastVisit.state == WAITING)
)


def report_at_the_end(session: Session, work: Work) -> None:
    """Who has not answered by then has to be called."""
    broadcast = session.get_one(Broadcast, work.payload["broadcast"], with_for_update=True)
    if broadcast.reported_at is None:
        _report(session, broadcast, reached(session, broadcast.id), work.now)


def follow(session: Session, change: VisitChange, work: Work) -> None:
    """A visit that was moved or dropped may have been the last that we waited for."""
    running = (
        select(Broadcast)
        .join(BroadcastVisit, BroadcastVisit.broadcast_id == Broadcast.id)
        .where(BroadcastVisit.appointment_id == change.appointment_id, Broadcast.reported_at.is_(None))
    )
    for broadcast in session.scalars(running).all():
        report_if_answered(session, broadcast, work.now)


def report_if_answered(session: Session, broadcast: Broadcast, now: datetime) -> None:
    session.refresh(broadcast, with_for_update=True)
    if broadcast.reported_at is not None or session.scalar(_SOMEBODY_WAITS, {"broadcast": broadcast.id}):
        return
    visits = reached(session, broadcast.id)
    if not any(each.answer in ("waiting", "open", "person") for each in visits):
        _report(session, broadcast, visits, now)


def _report(session: Session, broadcast: Broadcast, visits: list[ReachedOut], now: datetime) -> None:
    broadcast.reported_at = now
    locale = locale_of(session, broadcast.business_id)
    left = [each for each in visits if each.answer in _UNSETTLED]
    names = ", ".join(each.customer for each in left[:_NAMED])
    rest = f" … +{len(left) - _NAMED}" if len(left) > _NAMED else ""
    kind = "staff_broadcast_left" if left else "staff_broadcast_done"
    facts = {
        "customers": customers(locale, len(visits)),
        "told": told(locale, Counter(each.answer for each in visits)),
        "names": names + rest,
    }
    also = [broadcast.asked_by] if broadcast.asked_by else []
    reason = f"staff_broadcast:{broadcast.id}"
    tell_noticed(session, broadcast.business_id, locale, kind, reason, facts, now, also=also)
