"""How far the word about visits that cannot stay has come, on the desk and on a page of its own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.broadcasts import words
from scheduler_core.broadcasts.models import Broadcast
from scheduler_core.broadcasts.progress import shown
from scheduler_core.broadcasts.schemas import BroadcastOut, ReachedOut
from scheduler_core.businesses.models import Location, StaffMember
from scheduler_core.desk import queries
from scheduler_core.desk.html import page
from scheduler_core.errors import NotFound
from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.inputs import PathId
from scheduler_core.permissions.roles import Permission

router = APIRouter(prefix="/desk/tellings")

_LANGUAGE = "en"
_NEWEST = 3
_LEFT = ("waiting", "open", "person", "unreached")


@dataclass(frozen=True)
class Telling:
    """A broadcast on the page; `left`: whose answer, or whom, the team still waits for."""

    broadcast: BroadcastOut
    who: str
    first: datetime
    left: list[ReachedOut]
    zone: ZoneInfo

    @property
    def customers(self) -> str:
        return words.customers(_LANGUAGE, len(self.broadcast.visits))

    @property
    def told(self) -> str:
        return words.told(_LANGUAGE, self.broadcast.progress)

    @property
    def delivered(self) -> int:
        return self.broadcast.progress.get("delivered", 0)

    def clock(self, visit: ReachedOut) -> str:
        return f"{visit.start.astimezone(self.zone):%a %-d %b, %H:%M}"


def newest_tellings(session: Session, business_id: int, zone: ZoneInfo) -> list[Telling]:
    newest = session.scalars(
        select(Broadcast)
        .where(Broadcast.business_id == business_id)
        .order_by(Broadcast.id.desc())
        .limit(_NEWEST)
    ).all()
    tellings = [_telling(session, each, zone) for each in newest]
    return [each for each in tellings if each.broadcast.visits]


def _telling(session: Session, told: Broadcast, zone: ZoneInfo) -> Telling:
    broadcast = shown(session, told)
    left = [each for each in broadcast.visits if each.answer in _LEFT]
    return Telling(broadcast, _whose(session, told), broadcast.start.astimezone(zone), left, zone)


def _whose(session: Session, told: Broadcast) -> str:
    if told.staff_id is not None:
        return session.get_one(StaffMember, told.staff_id).name
    return session.get_one(Location, told.location_id).name if told.location_id is not None else ""


@router.get("/{broadcast_id}", response_class=HTMLResponse)
def telling(broadcast_id: PathId, caller: Annotated[Caller, may(Permission.READ_DESK)]) -> HTMLResponse:
    """Each of its customers, and what they have answered; it renews itself."""
    business_id = caller.business_id or caller.settings.business_id

    def look(session: Session, _now: datetime) -> tuple[str, Telling]:
        found = session.get(Broadcast, broadcast_id)
        if found is None or found.business_id != business_id:
            raise NotFound("unknown broadcast")
        business = queries.business(session, business_id)
        return business.name, _telling(session, found, ZoneInfo(business.zone))

    business, telling = caller.ask(look)
    return page("telling.html", business=business, telling=telling, answers=ANSWERS)


#: What became of a visit, as the team reads it.
ANSWERS = {
    "moved": "has another time",
    "dropped": "has cancelled",
    "restored": "takes place after all",
    "needless": "no longer had to be told",
    "open": "no answer yet",
    "person": "wants a person",
    "waiting": "not told yet",
    "unreached": "not reached",
}
