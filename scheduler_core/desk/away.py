"""The desk closes a place or keeps a person's time free: seen first, then said yes to, then told to whom it touches."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field, ValidationError
from sqlalchemy.orm import Session

from scheduler_core.appointments.api import changed_once
from scheduler_core.broadcasts.begin import begin
from scheduler_core.broadcasts.schemas import BroadcastIn
from scheduler_core.broadcasts.touched import Touched, touched
from scheduler_core.businesses import blocks, special_days
from scheduler_core.businesses.changing import change_once
from scheduler_core.businesses.models import Location, StaffMember
from scheduler_core.businesses.schemas.blocks import BlockIn
from scheduler_core.businesses.schemas.locations import ClosureIn
from scheduler_core.desk import queries
from scheduler_core.desk.html import page
from scheduler_core.errors import Malformed, NotFound
from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.inputs import Words
from scheduler_core.permissions.roles import Permission

router = APIRouter(prefix="/desk/away")

_OwnTime = Annotated[Caller, may(Permission.MANAGE_OWN_TIME)]
_A_DAY = timedelta(days=1)


class Form(BaseModel):
    """``whose``: "location 1" or "staff 2"; without ``last`` it is one day, without times whole days.

    ``key`` is new with each page, so that a form sent twice counts once.
    """

    key: Annotated[Words, Field(min_length=8, max_length=64)]
    whose: Annotated[str, Field(pattern=r"^(?:location|staff) [1-9]\d{0,8}$")]
    first: date
    last: date | None = None
    since: time | None = None
    until: time | None = None
    ill: bool = False
    tell: bool = False

    def asked(self, zone: ZoneInfo) -> BroadcastIn:
        """Whose time, from when to when on the wall of the business. Raises ``Malformed``."""
        kind, _, key = self.whose.partition(" ")
        last = self.last or self.first
        ends = datetime.combine(last, self.until) if self.until else datetime.combine(last + _A_DAY, time())
        try:
            return BroadcastIn.model_validate(
                {
                    f"{kind}_id": int(key),
                    "start": datetime.combine(self.first, self.since or time(), zone),
                    "end": ends.replace(tzinfo=zone),
                    "ill": self.ill,
                }
            )
        except (ValidationError, OverflowError) as error:
            raise Malformed("it ends after it starts") from error


@dataclass(frozen=True)
class Seen:
    """What the pages show; ``places``: those that this caller may close."""

    business: str
    zone: ZoneInfo
    staff: dict[int, str]
    places: dict[int, str]

    def said(self, asked: BroadcastIn) -> str:
        first, last = (each.astimezone(self.zone) for each in (asked.start, asked.end))
        name = self.staff.get(asked.staff_id or 0) or self.places.get(asked.location_id or 0)
        if name is None:
            raise NotFound("nobody's time")
        if first.time() == last.time() == time():
            days = dict.fromkeys(f"{each:%a %-d %b}" for each in (first, last - _A_DAY))
            return f"{name}, {' – '.join(days)}"
        return f"{name}, {first:%a %-d %b, %H:%M} – {last:%a %-d %b, %H:%M}"

    def clock(self, instant: datetime) -> str:
        return f"{instant.astimezone(self.zone):%a %-d %b, %H:%M}"


async def _form(request: Request) -> Form:
    """Fields that were left empty are as if they had not been sent."""
    sent = parse_qs((await request.body()).decode("utf-8", "replace"))
    try:
        return Form.model_validate({name: values[0] for name, values in sent.items()})
    except ValidationError as error:
        raise Malformed("not a form of this page") from error


_Sent = Annotated[Form, Depends(_form)]


@router.get("", response_class=HTMLResponse)
def away(caller: _OwnTime) -> HTMLResponse:
    """Where the desk says who is away, or what is closed."""
    seen = caller.ask(lambda session, _: _seen(session, caller))
    return page("away.html", seen=seen, key=secrets.token_urlsafe(12))


@router.post("/look", response_class=HTMLResponse, include_in_schema=False)
def look(caller: _OwnTime, form: _Sent) -> HTMLResponse:
    """Whom it would touch; nothing changes."""

    def work(session: Session, now: datetime) -> tuple[Seen, BroadcastIn, list[Touched]]:
        seen = _seen(session, caller)
        asked = form.asked(seen.zone)
        caller.must_be_own_staff(asked.staff_id)
        return seen, asked, touched(session, _shown_to(caller), asked, now)

    seen, asked, visits = caller.ask(work)
    return page("away_look.html", seen=seen, said=seen.said(asked), form=form, visits=visits)


@router.post("/keep", include_in_schema=False)
def keep(caller: _OwnTime, form: _Sent) -> Response:
    """Once for each form; then how far the word has come, or the desk when nobody is to be told."""
    business_id = _shown_to(caller)
    seen = caller.ask(lambda session, _: _seen(session, caller))
    asked = form.asked(seen.zone)
    seen.said(asked)
    _keep_free(caller, business_id, asked, f"{form.key}:free")
    if not form.tell:
        return RedirectResponse("/desk", status_code=303)
    told = changed_once(
        caller,
        business_id,
        f"{form.key}:tell",
        "broadcast",
        asked,
        lambda session, now: begin(session, caller, now, business_id, asked),
    )
    return RedirectResponse(f"/desk/tellings/{told['id']}", status_code=303)


def _keep_free(caller: Caller, business_id: int, asked: BroadcastIn, key: str) -> dict[str, Any]:
    """Nothing new is booked there, and the visits that are there are flagged."""
    span = {"start": asked.start, "end": asked.end}
    if asked.staff_id is not None:
        block = BlockIn(staff_id=asked.staff_id, kind="time_off", **span)
        return change_once(
            caller, business_id, key, {"block": block}, lambda made: blocks.create(made, block)
        )
    place, closure = asked.location_id or 0, ClosureIn(**span)
    return change_once(
        caller,
        business_id,
        key,
        {f"close {place}": closure},
        lambda made: special_days.close_for_once(made, place, closure),
    )


def _shown_to(caller: Caller) -> int:
    return caller.business_id or caller.settings.business_id


def _seen(session: Session, caller: Caller) -> Seen:
    business = queries.business(session, _shown_to(caller))
    staff = queries.names(session, StaffMember, business.id)
    may_close = caller.can(Permission.MANAGE_BUSINESS)
    places = queries.names(session, Location, business.id) if may_close else {}
    return Seen(business.name, ZoneInfo(business.zone), staff, places)
