"""The staff's page, plain HTML that reloads itself, and the sign over the door that customers see."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy.orm import Session

from scheduler_core.appointments.remind import remind
from scheduler_core.conversations import undelivered
from scheduler_core.conversations.costs import CostsOut, of_month
from scheduler_core.conversations.queries import listed, threads
from scheduler_core.conversations.schemas import ThreadOut
from scheduler_core.conversations.undelivered import UndeliveredOut
from scheduler_core.desk import queries
from scheduler_core.desk.conversation import Form, sent_form
from scheduler_core.desk.html import page
from scheduler_core.desk.queries import Booking, Notice, Offered, Wait
from scheduler_core.desk.tellings import ANSWERS, Telling, newest_tellings
from scheduler_core.errors import AlreadyStarted, OptedOut, Unreachable, WrongState
from scheduler_core.feedback import queries as feedback
from scheduler_core.feedback.queries import Filter
from scheduler_core.feedback.schemas import FeedbackOut, FigureOut
from scheduler_core.feedback.summary import figures
from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.inputs import PathId
from scheduler_core.permissions.once import once
from scheduler_core.permissions.roles import Permission

_DAYS_SHOWN = 8
_NOTICES_SHOWN = 30
_WAITING_SHOWN = 50
_OFFERED_SHOWN = 12
_THREADS_SHOWN = 12
_DAYS_OF_OPINIONS = 90
_COMPLAINTS_SHOWN = 10

#: Why a customer could not be asked, in the team's words.
_TROUBLES: dict[type[Exception], str] = {
    OptedOut: "This customer wants no more messages, so no reminder was sent.",
    Unreachable: "This customer can't be reached by message right now, so no reminder was sent.",
    WrongState: "That visit is not to come any more, so no reminder was sent.",
    AlreadyStarted: "That visit has begun, so no reminder was sent.",
}
_UNDELIVERED_SHOWN = 12

router = APIRouter()


@dataclass(frozen=True)
class Day:
    """One day of bookings; `name` is "Today", "Tomorrow" or the weekday."""

    name: str
    date: date
    bookings: list[Booking]


@dataclass(frozen=True)
class Opinions:
    """How visits of late were, and the complaints that somebody has still to reply to, by when where it is."""

    figures: FigureOut
    complaints: list[tuple[FeedbackOut, datetime]]


@dataclass(frozen=True)
class Desk:
    """All that the page shows; ``key`` is for its forms."""

    name: str
    now: datetime
    days: list[Day]
    notices: list[Notice]
    waiting: list[Wait]
    offered: list[Offered]
    threads: list[ThreadOut]
    tellings: list[Telling]
    undelivered: list[UndeliveredOut]
    costs: CostsOut
    key: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    opinions: Opinions | None = None


@router.get("/desk", response_class=HTMLResponse)
def desk(caller: Annotated[Caller, may(Permission.READ_DESK)]) -> HTMLResponse:
    """Today's and coming bookings, who waits for a time, the newest notices, and who has written."""
    return drawn(caller)


@router.post("/desk/visits/{appointment_id}/ask", response_class=HTMLResponse, include_in_schema=False)
def ask(
    appointment_id: PathId,
    caller: Annotated[Caller, may(Permission.ATTEND)],
    form: Annotated[Form, Depends(sent_form)],
) -> Response:
    """Ask the customer whether they come, once for each form, and show the desk again."""
    business_id = shown_to(caller)

    def work(session: Session, now: datetime) -> dict[str, Any]:
        def remind_once() -> dict[str, Any]:
            return remind(session, caller, now, business_id, appointment_id, form.key)

        return once(
            session, now, business_id, form.key, {"desk": "ask", "visit": appointment_id}, remind_once
        )

    try:
        caller.change(work)
    except tuple(_TROUBLES) as refusal:
        return drawn(caller, _TROUBLES[type(refusal)])
    return RedirectResponse("/desk", status_code=303)


def drawn(caller: Caller, trouble: str = "") -> HTMLResponse:
    """The page; ``trouble``: what could not be done."""
    business_id = shown_to(caller)
    shown = caller.ask(lambda session, now: look_up(session, business_id, now))
    if caller.can(Permission.READ_FEEDBACK):
        shown = replace(shown, opinions=caller.ask(lambda session, now: _opinions(session, business_id, now)))
    allowed = {
        "may_speak": caller.can(Permission.CONVERSE),
        "may_see_files": caller.can(Permission.READ_FILES),
        "may_delay": caller.can(Permission.MANAGE_OWN_TIME),
        "may_ask": caller.can(Permission.ATTEND),
    }
    return page("desk.html", desk=shown, trouble=trouble, answers=ANSWERS, **allowed)


@router.get("/desk/sign")
def sign(caller: Annotated[Caller, may(Permission.READ_BUSINESS)]) -> dict[str, str]:
    """What may stand over the public door."""
    business_id = shown_to(caller)
    return {"name": caller.ask(lambda session, _now: queries.business(session, business_id).name)}


def shown_to(caller: Caller) -> int:
    """The caller's own business; the installation's when the caller is the system."""
    return caller.business_id or caller.settings.business_id


def look_up(session: Session, business_id: int, now: datetime) -> Desk:
    """Days begin at midnight of the business's own zone. Raises NotFound for an unknown business."""
    business = queries.business(session, business_id)
    zone = ZoneInfo(business.zone)
    here = now.astimezone(zone)
    midnight = datetime(here.year, here.month, here.day, tzinfo=zone)
    end = midnight + timedelta(days=_DAYS_SHOWN)
    bookings = queries.bookings_between(session, business_id, midnight, end)
    notices = queries.newest_notices(session, business_id, zone, _NOTICES_SHOWN)
    waiting = queries.waiting(session, business_id, now, zone, _WAITING_SHOWN)
    offered = queries.offered(session, business_id, zone, _OFFERED_SHOWN)
    found = threads(session, listed(session, business_id, None, _THREADS_SHOWN), now)
    failed = undelivered.listed(session, business_id, None, _UNDELIVERED_SHOWN)
    costs = of_month(session, business_id, here.date().replace(day=1))
    days = _by_day(bookings, here.date())
    return Desk(
        business.name,
        here,
        days,
        list(notices),
        list(waiting),
        list(offered),
        found,
        newest_tellings(session, business_id, zone),
        failed,
        costs,
    )


def _opinions(session: Session, business_id: int, now: datetime) -> Opinions:
    zone = ZoneInfo(queries.business(session, business_id).zone)
    lately = feedback.all_of(session, business_id, Filter(since=now - timedelta(days=_DAYS_OF_OPINIONS)))
    waits = feedback.listed(session, business_id, Filter(state="open"), None, _COMPLAINTS_SHOWN)
    return Opinions(figures(lately), [(each, (each.reply_by or now).astimezone(zone)) for each in waits])


def _by_day(bookings: Iterable[Booking], today: date) -> list[Day]:
    """Today is always there, so that an empty day can be seen to be empty."""
    by_date = {day: list(group) for day, group in groupby(bookings, key=lambda booking: booking.start.date())}
    return [Day(_day_name(day, today), day, by_date.get(day, [])) for day in sorted({today, *by_date})]


def _day_name(day: date, today: date) -> str:
    return {0: "Today", 1: "Tomorrow"}.get((day - today).days, f"{day:%A}")
