"""The desk says who of the team is late."""

import secrets
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field, ValidationError
from sqlalchemy.orm import Session

from scheduler_core.appointments.delays.say import say_late
from scheduler_core.appointments.delays.schemas import DelayIn
from scheduler_core.businesses.models import StaffMember
from scheduler_core.desk import queries
from scheduler_core.desk.html import page
from scheduler_core.errors import Malformed
from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.inputs import Id, Words
from scheduler_core.permissions.once import once
from scheduler_core.permissions.roles import Permission

router = APIRouter(prefix="/desk/team")

_OwnTime = Annotated[Caller, may(Permission.MANAGE_OWN_TIME)]


class LateForm(BaseModel):
    """``key`` is new with each page, so that a form sent twice counts once; no minutes: on time again."""

    key: Annotated[Words, Field(min_length=8, max_length=64)]
    staff_id: Id
    minutes: Annotated[int, Field(ge=0, le=720)]


async def _form(request: Request) -> LateForm:
    sent = parse_qs((await request.body()).decode("utf-8", "replace"))
    try:
        return LateForm.model_validate({name: values[0] for name, values in sent.items()})
    except ValidationError as error:
        raise Malformed("not a form of this page") from error


@router.get("", response_class=HTMLResponse)
def team(caller: _OwnTime) -> Response:
    """Where the desk says who is late."""
    business_id = caller.business_id or caller.settings.business_id

    def look(session: Session, _now: datetime) -> tuple[str, dict[int, str]]:
        return queries.business(session, business_id).name, queries.names(session, StaffMember, business_id)

    business, staff = caller.ask(look)
    return page("team.html", business=business, staff=staff.items(), key=secrets.token_urlsafe(12))


@router.post("/late", include_in_schema=False)
def say_somebody_late(caller: _OwnTime, form: Annotated[LateForm, Depends(_form)]) -> Response:
    """Once for each form; then the desk again."""
    business_id = caller.business_id or caller.settings.business_id
    request = {"desk_late": form.staff_id, "minutes": form.minutes}
    asked = DelayIn(minutes=form.minutes)

    def work(session: Session, now: datetime) -> dict[str, Any]:
        return once(
            session,
            now,
            business_id,
            form.key,
            request,
            lambda: say_late(session, caller, now, business_id, form.staff_id, asked, form.key),
        )

    caller.change(work)
    return RedirectResponse("/desk", status_code=303)
