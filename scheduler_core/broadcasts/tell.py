"""Tell one customer that their visit cannot stay, with what is free now; or that it takes place after all."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.appointments.customer_notices import tell_of
from scheduler_core.appointments.flags import table as flags_table
from scheduler_core.appointments.flags.fitting import KINDS
from scheduler_core.appointments.models import Appointment
from scheduler_core.appointments.night import Why
from scheduler_core.appointments.queries import to_change, view
from scheduler_core.appointments.status import COMING
from scheduler_core.broadcasts.models import (
    NEEDLESS,
    RESTORED,
    TOLD,
    UNREACHED,
    WAITING,
    Broadcast,
    BroadcastVisit,
)
from scheduler_core.broadcasts.report import report_if_answered
from scheduler_core.businesses.models import StaffMember
from scheduler_core.conversations.models import Notice
from scheduler_core.conversations.notices import Told
from scheduler_core.outbox.due import Work
from scheduler_core.permissions.caller import Caller

_KIND = "visit_must_move"


def tell_one(session: Session, work: Work) -> None:
    """As things are now: nobody is told of a visit that fits again, was moved or is gone."""
    row = session.get_one(BroadcastVisit, work.payload["row"], with_for_update=True)
    if row.state != WAITING:
        return
    broadcast = session.get_one(Broadcast, row.broadcast_id)
    visit = to_change(session, row.business_id, row.appointment_id)
    if _is_over(visit, row, work.now) or not _is_flagged(session, visit.id):
        row.state = NEEDLESS
    else:
        _tell(session, broadcast, row, work)
    report_if_answered(session, broadcast, work.now)


def restore(session: Session, caller: Caller, business_id: int, now: datetime) -> None:
    """The rules have changed: whose visit fits again after all is told so, if they have not answered yet."""
    rows = session.scalars(
        select(BroadcastVisit)
        .join(Broadcast, Broadcast.id == BroadcastVisit.broadcast_id)
        .where(
            BroadcastVisit.business_id == business_id, BroadcastVisit.state == TOLD, Broadcast.end_at > now
        )
        .order_by(BroadcastVisit.id)
    )
    for row in rows.all():
        visit = session.get_one(Appointment, row.appointment_id)
        if _is_over(visit, row, now) or _is_flagged(session, visit.id):
            continue
        shown = view(session, business_id, visit.id, now, caller.settings.public_url)
        tell_of(session, "visit_restored", shown, f"visit_restored:{visit.id}:b{row.id}", now)
        row.state = RESTORED
        session.flush()
        report_if_answered(session, session.get_one(Broadcast, row.broadcast_id), now)


def _is_over(visit: Appointment, row: BroadcastVisit, now: datetime) -> bool:
    return visit.status not in COMING or visit.version != row.version or visit.start_at <= now


def _is_flagged(session: Session, appointment_id: int) -> bool:
    return any(kind in KINDS for kind in flags_table.of_visit(session, appointment_id))


def _tell(session: Session, broadcast: Broadcast, row: BroadcastVisit, work: Work) -> None:
    shown = view(session, row.business_id, row.appointment_id, work.now, work.settings.public_url)
    who = session.get_one(StaffMember, broadcast.staff_id).name if broadcast.staff_id else ""
    key = f"{_KIND}:{row.id}"
    told = tell_of(session, _KIND, shown, key, work.now, why=Why(broadcast.because, who))
    if told in (Told.SAID, Told.SAID_BEFORE):
        row.state, row.told_at = TOLD, work.now
        row.notice_id = session.scalars(select(Notice.id).where(Notice.idem_key == key)).one()
    else:
        row.state, row.because = UNREACHED, told
    session.flush()
