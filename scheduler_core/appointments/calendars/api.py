"""HTTP: visits for people's own calendars, at addresses that need no key because nobody can guess them."""

from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response
from pydantic import BaseModel
from sqlalchemy import select

from scheduler_core.appointments import queries
from scheduler_core.appointments.calendars import feed as calendar_feed
from scheduler_core.appointments.calendars.visit import to_ics
from scheduler_core.appointments.models import Appointment
from scheduler_core.businesses.models import Business
from scheduler_core.errors import NotFound
from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.inputs import PathId
from scheduler_core.permissions.roles import Permission

router = APIRouter(prefix="/v1/businesses/{business_id}/staff/{staff_id}/calendar", tags=["calendar"])
public = APIRouter(tags=["calendar"])

Own = Annotated[Caller, may(Permission.MANAGE_OWN_TIME)]

_KEPT_PRIVATE = {"Cache-Control": "private, no-cache"}


class CalendarFile(Response):
    media_type = "text/calendar; charset=utf-8"


class FeedOut(BaseModel):
    """``url`` is shown this once: whoever knows it reads the calendar."""

    url: str


@router.post("", status_code=201)
def open_calendar(business_id: PathId, staff_id: PathId, caller: Own) -> FeedOut:
    """A new private address of a person's calendar; the one before it ends. Staff open their own."""
    return FeedOut(
        url=caller.change(
            lambda session, now: calendar_feed.make(session, caller, now, business_id, staff_id)
        )
    )


@router.delete("", status_code=204)
def close_calendar(business_id: PathId, staff_id: PathId, caller: Own) -> None:
    """The address leads nowhere from now on."""
    caller.change(lambda session, now: calendar_feed.revoke(session, caller, now, business_id, staff_id))


@public.get("/calendar/{token}.ics", response_class=CalendarFile)
def calendar_file(token: str, request: Request) -> Response:
    """A visit for the customer's own calendar; whoever has the link may read it."""
    state = request.app.state
    with state.database.read() as session:
        visit = queries.by_token(session, token, state.clock(), state.settings.public_url)
        if visit is None:
            raise NotFound("unknown calendar link")
        name = session.scalars(
            select(Business.name)
            .join(Appointment, Appointment.business_id == Business.id)
            .where(Appointment.id == visit.id)
        ).one()
    body = to_ics(visit, f"{sha256(token.encode()).hexdigest()[:32]}@frontdesk", name, state.clock())
    named = {"Content-Disposition": 'inline; filename="appointment.ics"'}
    return CalendarFile(body, headers=named | _KEPT_PRIVATE)


@public.get(
    "/calendar/staff/{token}.ics",
    response_class=CalendarFile,
    responses={304: {"description": "Nothing has changed since the ETag in If-None-Match"}},
)
def staff_calendar(
    token: str, request: Request, if_none_match: Annotated[str | None, Header()] = None
) -> Response:
    """A person's own calendar, the last 30 days and all that is to come; whoever has the link may read it."""
    state = request.app.state
    with state.database.read() as session:
        feed = calendar_feed.feed_of(session, token, state.clock(), state.settings.public_url)
    headers = {"ETag": feed.etag} | _KEPT_PRIVATE
    if _is_known(feed.etag, if_none_match):
        return Response(status_code=304, headers=headers)
    return CalendarFile(feed.file(), headers=headers)


def _is_known(etag: str, if_none_match: str | None) -> bool:
    """RFC 9110, section 13.1.2: weakly compared, and ``*`` is anything."""
    known = [each.strip().removeprefix("W/") for each in (if_none_match or "").split(",")]
    return etag in known or "*" in known
