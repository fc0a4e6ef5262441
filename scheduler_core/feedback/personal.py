"""What this room knows of a person: what they thought of their visits, and what was said to them afterwards."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scheduler_core.feedback.models import Feedback, FollowUp
from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.person import Person, Room, Traces, kept


def _traces(session: Session, business_id: int, customer_id: int) -> Traces:
    own = select(Feedback.id).where(Feedback.business_id == business_id, Feedback.customer_id == customer_id)
    return Traces(subjects=frozenset(("feedback", key) for key in session.scalars(own)))


def _export(session: Session, person: Person) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for name, table in (("feedback", Feedback), ("follow_ups", FollowUp)):
        own = (
            select(table)
            .where(table.business_id == person.business_id, table.customer_id == person.customer_id)
            .order_by(table.id)
        )
        shown[name] = [kept(row) for row in session.scalars(own)]
    return shown


def _erase(session: Session, _caller: Caller, _now: datetime, person: Person) -> None:
    """Scores stay, as visits do, so that they can be counted; not a word of the person's does."""
    own = select(Feedback).where(
        Feedback.business_id == person.business_id, Feedback.customer_id == person.customer_id
    )
    for row in session.scalars(own):
        row.words = row.state = row.reply_by = None
    session.execute(
        delete(FollowUp).where(
            FollowUp.business_id == person.business_id, FollowUp.customer_id == person.customer_id
        )
    )
    session.flush()


ROOM = Room(export=_export, erase=_erase, tables=(Feedback, FollowUp), traces=_traces)
