"""Files in a conversation: put with the visit that is being spoken of, told to the team, sent to the customer."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from scheduler_core.appointments.customer_notices import locale_for, moment
from scheduler_core.appointments.notices import when
from scheduler_core.appointments.queries import upcoming, view
from scheduler_core.appointments.schemas import AppointmentOut
from scheduler_core.attachments import queries as kept
from scheduler_core.attachments.models import Attachment
from scheduler_core.businesses.queries import business
from scheduler_core.conversations.handoff import tell_team
from scheduler_core.conversations.models import Conversation, Draft
from scheduler_core.conversations.notices import remembered
from scheduler_core.conversations.queries import to_change
from scheduler_core.conversations.schemas import PlacedOut, PlaceIn
from scheduler_core.errors import NotFound
from scheduler_core.outbox.records import File
from scheduler_core.outbox.words import words
from scheduler_core.permissions.caller import Caller


def place(
    session: Session, caller: Caller, now: datetime, business_id: int, conversation_id: int, asked: PlaceIn
) -> PlacedOut:
    """Once more places and tells nothing anew. Raises ``NotFound``."""
    found = to_change(session, business_id, conversation_id)
    files = of_customer(session, found, asked.attachment_ids)
    draft = session.get(Draft, found.id)
    summary = draft.summary if draft else None
    if summary is None and (spoken_of := _spoken_of(session, caller, now, found)):
        for each in files:
            each.appointment_id = each.appointment_id or spoken_of
        session.flush()
    visit = _visit_of(session, caller, now, files)
    for each in files:
        _tell(session, caller, now, found, each, visit, summary)
    return PlacedOut(
        visit=_in_words(session, business_id, visit, asked.language) if visit else None,
        arranging=summary is not None,
    )


def of_customer(session: Session, found: Conversation, ids: Sequence[int]) -> list[Attachment]:
    """Files of whoever speaks there; raises ``NotFound`` for another's."""
    files = kept.all_of(session, found.business_id, ids)
    if any(each.customer_id != found.customer_id for each in files):
        raise NotFound("unknown attachment of this customer")
    return files


def as_files(attachments: Sequence[Attachment], page: str | None = None) -> list[File]:
    """As messages carry them; ``page``: where staff find them."""
    return [File(each.id, each.name, each.media_type, each.size, page) for each in attachments]


def _spoken_of(session: Session, caller: Caller, now: datetime, found: Conversation) -> int | None:
    """The coming visit that we wrote about last, else the next one."""
    url = caller.settings.public_url
    coming = [each.id for each in upcoming(session, found.business_id, found.customer_id, now, url)]
    told_of = (each.appointment_id for each in remembered(session, found.id, now))
    return next((each for each in told_of if each in coming), coming[0] if coming else None)


def _visit_of(
    session: Session, caller: Caller, now: datetime, files: Sequence[Attachment]
) -> AppointmentOut | None:
    ids = [each.appointment_id for each in files if each.appointment_id]
    url = caller.settings.public_url
    return view(session, files[0].business_id, ids[0], now, url) if ids else None


def _in_words(session: Session, business_id: int, visit: AppointmentOut, language: str) -> str:
    locale = locale_for(language, business(session, business_id).locale)
    facts = {"service": visit.service_name, "moment": moment(visit.start, visit.zone, locale)}
    return words(locale.language, "file_visit", **facts)


def _tell(
    session: Session,
    caller: Caller,
    now: datetime,
    found: Conversation,
    file: Attachment,
    visit: AppointmentOut | None,
    summary: str | None,
) -> None:
    locale = business(session, found.business_id).locale
    told = ""
    if visit:
        facts = {"service": visit.service_name, "when": when(visit.start, visit.zone, locale)}
        told = words(locale, "staff_file_with_visit", **facts)
    elif summary:
        told = words(locale, "staff_file_arranging", summary=summary)
    page = f"{caller.settings.public_url}/desk/conversations/{found.id}"
    said = {"file": file.name, "visit": told, "attachment_id": file.id}
    tell_team(session, found, "staff_file", said, f"file:{file.id}", now, as_files([file], page))
