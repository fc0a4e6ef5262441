"""Bytes go after their row: no store is spoken to while a transaction is open, and none is forgotten in a crash."""

from datetime import datetime
from functools import partial

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scheduler_core.attachments.files import open_files
from scheduler_core.attachments.models import Attachment, ForgottenFile
from scheduler_core.errors import FileStoreAway
from scheduler_core.permissions.caller import Caller

_AT_ONCE = 100


def give_up(session: Session, row: Attachment, now: datetime) -> None:
    """In the caller's transaction: the row is gone with it, the bytes when ``sweep`` comes by."""
    session.merge(ForgottenFile(place=row.place, forgotten_at=now))
    session.delete(row)


def sweep(caller: Caller) -> None:
    """Delete the bytes of what was given up; what the store does not take now is tried again the next time."""
    files = open_files(caller.settings)
    for place in caller.ask(_waiting):
        try:
            files.forget(place)
        except FileStoreAway:
            return
        caller.change(partial(_forget, place))


def _forget(place: str, session: Session, _now: datetime) -> None:
    session.execute(delete(ForgottenFile).where(ForgottenFile.place == place))


def _waiting(session: Session, _now: datetime) -> list[str]:
    oldest = select(ForgottenFile.place).order_by(ForgottenFile.forgotten_at).limit(_AT_ONCE)
    return list(session.scalars(oldest))
