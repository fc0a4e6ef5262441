"""What this room knows of a person: what was changed for them, the keys they had, and answers that name them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, cast, or_, select, update
from sqlalchemy.orm import Session

from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.models import AnsweredRequest, ApiKey, AuditEntry
from scheduler_core.permissions.person import Person, Room, kept

#: What answers say in somebody's own words, beside ids, times and states.
_WORDS = {"attendee", "note", "cancel_reason", "reason"}


def _export(session: Session, person: Person) -> dict[str, Any]:
    changes = select(AuditEntry).where(_about(person)).order_by(AuditEntry.id)
    return {
        "changes": [kept(row) for row in session.scalars(changes)],
        "keys": [kept(row, "digest") for row in session.scalars(_keys(person))],
    }


def _erase(session: Session, _caller: Caller, now: datetime, person: Person) -> None:
    """Changes stay on record, without the message that asked for them."""
    session.execute(update(AuditEntry).where(_about(person)).values(caused_by=None))
    for key in session.scalars(_keys(person)).all():
        key.label, key.revoked_at = "", key.revoked_at or now
    for answered in session.scalars(_answers(person)).all():
        answered.answer = _without_words(answered.answer, person)
    session.flush()


def _about(person: Person) -> ColumnElement[bool]:
    subjects = [
        and_(AuditEntry.subject_kind == kind, AuditEntry.subject_id.in_(person.ids(kind)))
        for kind in person.kinds()
    ]
    return and_(
        AuditEntry.business_id == person.business_id,
        or_(AuditEntry.customer_id == person.customer_id, *subjects),
    )


def _keys(person: Person) -> Select[ApiKey]:
    return select(ApiKey).where(
        ApiKey.business_id == person.business_id, ApiKey.customer_id == person.customer_id
    )


def _answers(person: Person) -> Select[AnsweredRequest]:
    """Those about the person, and more: JSON is kept as Python writes it."""
    return select(AnsweredRequest).where(
        AnsweredRequest.business_id == person.business_id,
        cast(AnsweredRequest.answer, Text).contains(f'"customer_id": {person.customer_id}', autoescape=True),
    )


def _without_words(answer: Any, person: Person, theirs: bool = False) -> Any:
    """The answer as it was, ids and all, so that the request that comes again is still answered."""
    if isinstance(answer, list):
        return [_without_words(each, person, theirs) for each in answer]
    if not isinstance(answer, dict):
        return answer
    theirs = theirs or answer.get("customer_id") == person.customer_id
    return {
        name: None if theirs and name in _WORDS else _without_words(value, person, theirs)
        for name, value in answer.items()
    }


ROOM = Room(export=_export, erase=_erase, tables=(AuditEntry, ApiKey))
