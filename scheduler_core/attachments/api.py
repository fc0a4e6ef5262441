"""HTTP: files are brought, listed and fetched; whoever has a signed link may fetch the one it names."""

from datetime import datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy.orm import Session

from scheduler_core.attachments import keep as keeping
from scheduler_core.attachments import queries
from scheduler_core.attachments.files import Content, open_files
from scheduler_core.attachments.models import Attachment
from scheduler_core.attachments.queries import Filter
from scheduler_core.attachments.schemas import AttachmentOut, Described
from scheduler_core.attachments.sorts import MEDIA_TYPES
from scheduler_core.attachments.sweep import sweep
from scheduler_core.businesses.queries import business, must_own
from scheduler_core.errors import FileTooLarge, NotFound
from scheduler_core.outbox.file_links import opened
from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.inputs import Id, PathId
from scheduler_core.permissions.once import IdempotencyKey
from scheduler_core.permissions.paging import PAGE, After, Limit, Page, paged
from scheduler_core.permissions.roles import Permission
from scheduler_core.settings import Settings

router = APIRouter(prefix="/v1/businesses/{business_id}/attachments", tags=["attachments"])
public = APIRouter(tags=["attachments"])

Bringer = Annotated[Caller, may(Permission.CONVERSE)]
Reader = Annotated[Caller, may(Permission.READ_FILES)]
Asked = Annotated[Id | None, Query()]

_IN_MEMORY_BYTES = 1 << 20
_BYTES = {"type": "string", "format": "binary"}
_UPLOAD = {"requestBody": {"required": True, "content": {"application/octet-stream": {"schema": _BYTES}}}}
FILE: dict[int | str, dict[str, object]] = {
    200: {"description": "The file", "content": {each: {"schema": _BYTES} for each in MEDIA_TYPES}}
}


class FileContent(Response):
    """Of whatever media type the content is."""

    media_type = None


async def uploaded(request: Request) -> Content:
    """The body, read no further than a file may be long. Raises ``FileTooLarge``."""
    largest = request.app.state.settings.largest_file_bytes
    file = Content(max_size=_IN_MEMORY_BYTES)
    async for chunk in request.stream():
        if file.tell() + len(chunk) > largest:
            raise FileTooLarge(largest_bytes=largest)
        file.write(chunk)
    file.seek(0)
    return file


@router.post(
    "",
    status_code=201,
    openapi_extra=_UPLOAD,
    responses={200: {"model": AttachmentOut, "description": "It was kept under this key already"}},
)
def bring_attachment(
    business_id: PathId,
    asked: Annotated[Described, Query()],
    caller: Bringer,
    idempotency_key: IdempotencyKey,
    file: Annotated[Content, Depends(uploaded)],
    response: Response,
) -> AttachmentOut:
    """Keep the body as a file of a conversation; what it is counts, not what it is called (413, 415)."""
    with file:
        kept, new = keeping.keep(caller, business_id, asked, file, idempotency_key)
    if not new:
        response.status_code = 200
    sweep(caller)
    return kept


@router.get("")
def list_attachments(
    business_id: PathId,
    caller: Reader,
    customer_id: Asked = None,
    conversation_id: Asked = None,
    appointment_id: Asked = None,
    after: After = None,
    limit: Limit = PAGE,
) -> Page[AttachmentOut]:
    """In the order in which they came: of a customer, in a conversation, with a visit."""
    wanted = Filter(customer_id, conversation_id, appointment_id)

    def question(session: Session, _now: datetime) -> Page[AttachmentOut]:
        business(session, business_id)
        must_own(
            session,
            business_id,
            customer=customer_id,
            conversation=conversation_id,
            appointment=appointment_id,
        )
        found = queries.listed(session, business_id, wanted, after, limit + 1)
        return paged([AttachmentOut.of(each) for each in found], limit, lambda each: each.id)

    return caller.ask(question)


@router.get("/kept")
def find_attachment(
    business_id: PathId, caller: Bringer, key: Annotated[str, Query(min_length=1, max_length=200)]
) -> AttachmentOut | None:
    """What is kept under an Idempotency-Key, so that nobody fetches it again; null: nothing yet."""

    def question(session: Session, _now: datetime) -> AttachmentOut | None:
        business(session, business_id)
        found = queries.by_key(session, business_id, key)
        return AttachmentOut.of(found) if found else None

    return caller.ask(question)


@router.get("/{attachment_id}")
def get_attachment(business_id: PathId, attachment_id: PathId, caller: Reader) -> AttachmentOut:
    return AttachmentOut.of(
        caller.ask(lambda session, _: queries.attachment(session, business_id, attachment_id))
    )


@router.get("/{attachment_id}/content", response_class=FileContent, responses=FILE)
def get_content(business_id: PathId, attachment_id: PathId, caller: Reader) -> Response:
    """The file itself, to be saved and never to be run."""
    row = caller.ask(lambda session, _: queries.attachment(session, business_id, attachment_id))
    return content_of(row, caller.settings)


@public.get("/files/{token}", response_class=FileContent, responses=FILE)
def get_by_link(token: str, request: Request) -> Response:
    """The file that a signed link names, until the link runs out."""
    state = request.app.state
    named = opened(state.settings, token, state.clock())
    if named is None:
        raise NotFound("unknown or old link")
    with state.database.read() as session:
        row = queries.attachment(session, *named)
    return content_of(row, state.settings)


def content_of(row: Attachment, settings: Settings) -> Response:
    """Raises ``NotFound`` when the store has it no longer."""
    try:
        content = open_files(settings).read(row.place)
    except FileNotFoundError as error:
        raise NotFound("unknown attachment") from error
    headers = {
        "Content-Type": row.media_type,
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(row.name, safe='')}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }
    return Response(content, headers=headers)
