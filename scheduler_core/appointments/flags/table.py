"""The flags of visits as rows: what should be flagged is put beside what is, and only the difference is written.

What staff have settled is not flagged again for the same reason, as long as the visit stays where it is.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from scheduler_core.appointments.models import Appointment, VisitFlag
from scheduler_core.appointments.status import STANDING
from scheduler_core.db.base import table_of
from scheduler_core.permissions.models import AuditEntry

#: What the record of changes calls it when staff take a flag off; its facts are ``kind``, ``because`` and ``start``.
SETTLED = "flag_settled"
#: Longer ago nobody comes any more.
_OVERDUE = timedelta(days=1)

#: A visit and the kind of its flag.
Key = tuple[int, str]

_FLAGS = table_of(VisitFlag)
_GONE = delete(_FLAGS).where(_FLAGS.c.id == bindparam("flag"))
_CHANGED = update(_FLAGS).where(_FLAGS.c.id == bindparam("flag")).values(facts=bindparam("new_facts"))
_NEW = {
    "sqlite": sqlite.insert(_FLAGS).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(_FLAGS).on_conflict_do_nothing(),
}


def known(
    session: Session, business_id: int, kinds: Collection[str]
) -> dict[Key, tuple[int, dict[str, Any]]]:
    """The business's flags of these kinds: their ids and facts."""
    rows = session.execute(
        select(_FLAGS.c.appointment_id, _FLAGS.c.kind, _FLAGS.c.id, _FLAGS.c.facts).where(
            _FLAGS.c.business_id == business_id, _FLAGS.c.kind.in_(kinds)
        )
    )
    return {(visit, kind): (flag, facts) for visit, kind, flag, facts in rows}


def of_visit(session: Session, appointment_id: int) -> dict[str, dict[str, Any]]:
    """Its flags: their facts by kind."""
    flags = select(_FLAGS.c.kind, _FLAGS.c.facts).where(_FLAGS.c.appointment_id == appointment_id)
    return {flag.kind: flag.facts for flag in session.execute(flags)}


def put(
    session: Session,
    business_id: int,
    now: datetime,
    before: Mapping[Key, tuple[int, dict[str, Any]]],
    wanted: Mapping[Key, dict[str, Any]],
) -> list[Key]:
    """Leave the flags that are ``wanted`` of those ``before``; the new ones."""
    connection = session.connection()
    if gone := [{"flag": before[key][0]} for key in before.keys() - wanted.keys()]:
        connection.execute(_GONE, gone)
    changed = [
        {"flag": before[key][0], "new_facts": wanted[key]}
        for key in before.keys() & wanted.keys()
        if before[key][1] != wanted[key]
    ]
    if changed:
        connection.execute(_CHANGED, changed)
    raised = sorted(wanted.keys() - before.keys())
    if raised:
        settled = _settled(session, business_id, now)
        raised = [key for key in raised if wanted[key] not in settled[key]]
    if raised:
        rows = [
            {
                "business_id": business_id,
                "appointment_id": visit,
                "kind": kind,
                "facts": wanted[visit, kind],
                "raised_at": now,
            }
            for visit, kind in raised
        ]
        connection.execute(_NEW[connection.dialect.name], rows)
    return raised


def _settled(session: Session, business_id: int, now: datetime) -> dict[Key, list[dict[str, Any]]]:
    """The facts of settled flags, of visits to come that are still where they were then."""
    found: dict[Key, list[dict[str, Any]]] = defaultdict(list)
    rows = session.execute(
        select(Appointment.id, Appointment.start_at, AuditEntry.facts)
        .join(AuditEntry, AuditEntry.subject_id == Appointment.id)
        .where(
            Appointment.business_id == business_id,
            Appointment.start_at > now - _OVERDUE,
            Appointment.status.in_(STANDING),
            AuditEntry.business_id == business_id,
            AuditEntry.subject_kind == "appointment",
            AuditEntry.action == SETTLED,
        )
    )
    for visit, start, facts in rows:
        if facts["start"] == start.isoformat():
            found[visit, facts["kind"]].append(facts["because"])
    return found


def take_off(session: Session, appointment_id: int) -> set[str]:
    """Take all flags off a visit; their kinds."""
    gone = delete(VisitFlag).where(VisitFlag.appointment_id == appointment_id).returning(VisitFlag.kind)
    return set(session.scalars(gone))
