"""What this room knows of a person: the wishes they wait with, and the times they were offered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.person import Person, Room, Traces, kept
from scheduler_core.waitlist.leave import leave
from scheduler_core.waitlist.models import WAITING, WaitlistEntry, WaitlistOffer
from scheduler_core.waitlist.queries import state_of


def _of(session: Session, business_id: int, customer_id: int) -> Sequence[WaitlistEntry]:
    return session.scalars(
        select(WaitlistEntry)
        .where(WaitlistEntry.business_id == business_id, WaitlistEntry.customer_id == customer_id)
        .order_by(WaitlistEntry.id)
    ).all()


def _traces(session: Session, business_id: int, customer_id: int) -> Traces:
    found = _of(session, business_id, customer_id)
    return Traces(subjects=frozenset(("waitlist_entry", entry.id) for entry in found))


def _counts(session: Session, person: Person, now: datetime) -> dict[str, int]:
    found = _of(session, person.business_id, person.customer_id)
    return {"waiting": sum(state_of(entry, now) == WAITING for entry in found)}


def _export(session: Session, person: Person) -> dict[str, Any]:
    offers = select(WaitlistOffer).where(
        WaitlistOffer.business_id == person.business_id, WaitlistOffer.customer_id == person.customer_id
    )
    return {
        "waitlist": [kept(entry) for entry in _of(session, person.business_id, person.customer_id)],
        "waitlist_offers": [kept(each) for each in session.scalars(offers.order_by(WaitlistOffer.id))],
    }


def _erase(session: Session, caller: Caller, now: datetime, person: Person) -> None:
    for entry in _of(session, person.business_id, person.customer_id):
        leave(session, caller, now, entry)
        entry.note = None
    session.flush()


ROOM = Room(
    export=_export, erase=_erase, tables=(WaitlistEntry, WaitlistOffer), traces=_traces, counts=_counts
)
