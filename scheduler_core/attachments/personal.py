"""What this room knows of a person: their files, which go with their bytes."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from scheduler_core.attachments.models import Attachment
from scheduler_core.attachments.sweep import give_up, sweep
from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.person import Person, Room, Traces, kept


def _of(business_id: int, customer_id: int) -> Select[Attachment]:
    return (
        select(Attachment)
        .where(Attachment.business_id == business_id, Attachment.customer_id == customer_id)
        .order_by(Attachment.id)
    )


def _traces(session: Session, business_id: int, customer_id: int) -> Traces:
    found = session.scalars(_of(business_id, customer_id))
    return Traces(subjects=frozenset(("attachment", each.id) for each in found))


def _export(session: Session, person: Person) -> dict[str, Any]:
    """Each is named here, and its bytes are at ``GET …/attachments/{id}/content``."""
    found = session.scalars(_of(person.business_id, person.customer_id))
    return {"attachments": [kept(each, "place", "idem_key") for each in found]}


def _erase(session: Session, _caller: Caller, now: datetime, person: Person) -> None:
    for each in session.scalars(_of(person.business_id, person.customer_id)).all():
        give_up(session, each, now)
    session.flush()


ROOM = Room(export=_export, erase=_erase, tables=(Attachment,), traces=_traces, afterwards=sweep)
