"""What this room knows of a person: the threads with them, what is arranged and held there, and what we told them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scheduler_core.availability.models import Hold
from scheduler_core.availability.reserve import release
from scheduler_core.conversations.holder import free
from scheduler_core.conversations.models import Conversation, Draft, Notice
from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.person import Person, Room, Traces, kept


def _of(session: Session, business_id: int, customer_id: int) -> Sequence[Conversation]:
    return session.scalars(
        select(Conversation)
        .where(Conversation.business_id == business_id, Conversation.customer_id == customer_id)
        .order_by(Conversation.id)
    ).all()


def _traces(session: Session, business_id: int, customer_id: int) -> Traces:
    threads = _of(session, business_id, customer_id)
    return Traces(
        frozenset(("conversation", thread.id) for thread in threads),
        frozenset((thread.channel, thread.address) for thread in threads),
    )


def _counts(_session: Session, person: Person, _now: datetime) -> dict[str, int]:
    return {"conversations": len(person.ids("conversation"))}


def _export(session: Session, person: Person) -> dict[str, Any]:
    threads = person.ids("conversation")
    return {
        "conversations": [kept(row) for row in _of(session, person.business_id, person.customer_id)],
        "drafts": [
            kept(row) for row in session.scalars(select(Draft).where(Draft.conversation_id.in_(threads)))
        ],
        "holds": [
            kept(row) for row in session.scalars(select(Hold).where(Hold.conversation_id.in_(threads)))
        ],
        "notices": [
            kept(row)
            for row in session.scalars(
                select(Notice).where(Notice.conversation_id.in_(threads)).order_by(Notice.id)
            )
        ],
    }


def _erase(session: Session, _caller: Caller, _now: datetime, person: Person) -> None:
    """Whatever the threads hold is free again, and whoever speaks there."""
    threads = person.ids("conversation")
    for thread in _of(session, person.business_id, person.customer_id):
        free(session, thread)
    for hold_id in session.scalars(select(Hold.id).where(Hold.conversation_id.in_(threads))).all():
        release(session, person.business_id, hold_id)
    for table in (Draft, Notice):
        session.execute(delete(table).where(table.conversation_id.in_(threads)))
    session.execute(
        delete(Conversation).where(
            Conversation.business_id == person.business_id, Conversation.id.in_(threads)
        )
    )


ROOM = Room(export=_export, erase=_erase, tables=(Conversation,), traces=_traces, counts=_counts)
