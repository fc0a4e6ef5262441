"""Keep a file once: its row first, then its bytes, then that it has them.

A process that dies on the way leaves a row that says where bytes may be, so that whoever forgets the person finds
them; the same key then takes the same row and the same place.
"""

from datetime import datetime
from hashlib import file_digest, sha256
from os import SEEK_END

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.attachments.files import Content, open_files
from scheduler_core.attachments.models import Attachment
from scheduler_core.attachments.queries import customer_of
from scheduler_core.attachments.schemas import AttachmentOut, Described
from scheduler_core.attachments.sorts import HEAD_BYTES, Sort, safe_name, sort_of
from scheduler_core.businesses.queries import must_be_theirs
from scheduler_core.db.base import table_of
from scheduler_core.db.insert_once import InsertOnce
from scheduler_core.errors import FileKindRefused, KeyReused, NotFound
from scheduler_core.permissions.caller import Caller

_INSERT = InsertOnce(table_of(Attachment))


def keep(
    caller: Caller, business_id: int, asked: Described, file: Content, key: str
) -> tuple[AttachmentOut, bool]:
    """The file, and is it new? Raises ``NotFound``, ``FileKindRefused`` and, for another file, ``KeyReused``."""
    caller.ask(lambda session, _: _whose(session, business_id, asked))
    sort = sort_of(file.read(HEAD_BYTES))
    if sort is None:
        raise FileKindRefused()
    row = caller.change(lambda session, now: _row(session, now, business_id, asked, file, sort, key))
    if row.kept_at is not None:
        return AttachmentOut.of(row), False
    files = open_files(caller.settings)
    file.seek(0)
    files.keep(row.place, file)
    kept = caller.change(lambda session, now: _kept(session, now, row.id))
    if kept is None:  # forgotten meanwhile, with its person
        files.forget(row.place)
        raise NotFound("unknown conversation")
    return AttachmentOut.of(kept), True


def _whose(session: Session, business_id: int, asked: Described) -> int:
    """The customer of the conversation, and of the visit if one is named. Raises ``NotFound``."""
    customer_id = customer_of(session, business_id, asked.conversation_id)
    must_be_theirs(session, business_id, customer_id, appointment=asked.appointment_id)
    return customer_id


def _row(
    session: Session,
    now: datetime,
    business_id: int,
    asked: Described,
    file: Content,
    sort: Sort,
    key: str,
) -> Attachment:
    idem_key = sha256(f"{business_id}:{key}".encode()).hexdigest()
    file.seek(0)
    digest = file_digest(file, "sha256").hexdigest()
    customer_id = _whose(session, business_id, asked)
    _INSERT(
        session,
        business_id=business_id,
        customer_id=customer_id,
        conversation_id=asked.conversation_id,
        appointment_id=asked.appointment_id,
        inbound_id=asked.inbound_id,
        idem_key=idem_key,
        sent_by=asked.sent_by,
        name=safe_name(asked.name, sort),
        kind=sort.kind,
        media_type=sort.media_type,
        size=file.seek(0, SEEK_END),
        digest=digest,
        place=f"{business_id}/{idem_key[:2]}/{idem_key}",
        created_at=now,
    )
    row = session.scalars(select(Attachment).where(Attachment.idem_key == idem_key)).one()
    if (row.digest, row.conversation_id) != (digest, asked.conversation_id):
        raise KeyReused()
    return row


def _kept(session: Session, now: datetime, attachment_id: int) -> Attachment | None:
    row = session.get(Attachment, attachment_id, with_for_update=True)
    if row is not None:
        row.kept_at = row.kept_at or now
    return row
