"""When the team is told of its day: planned from hour to hour, so that a change of the policy counts the same day."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.briefings.brief import brief_evening, brief_morning
from scheduler_core.briefings.day import Day
from scheduler_core.businesses.models import Business
from scheduler_core.businesses.policy import Policy
from scheduler_core.outbox import due
from scheduler_core.outbox.due import Handler, Work

PLANNED_EVERY = timedelta(hours=1)
_AHEAD = 2 * PLANNED_EVERY
#: Of a house that was not running: what is older helps nobody.
_TOO_LATE = timedelta(hours=3)

_Brief = Callable[[Session, int, Day, datetime], None]
_BRIEFS: dict[str, _Brief] = {"morning": brief_morning, "evening": brief_evening}


def plan_briefings(session: Session, work: Work) -> None:
    """Those of the next hours, of every business; each is planned once."""
    for business in session.scalars(select(Business)):
        for kind in _BRIEFS:
            _plan(session, business, kind, work.now)


def _plan(session: Session, business: Business, kind: str, now: datetime) -> None:
    clock = _clock(business, kind)
    if clock is None:
        return
    for each in (now - _TOO_LATE, now + _AHEAD):
        day = Day.of(business, each.astimezone(ZoneInfo(business.zone)).date())
        if now - _TOO_LATE < (at := day.at(clock)) <= now + _AHEAD:
            due.plan(
                session,
                business_id=business.id,
                kind=kind,
                subject=f"{kind}:{business.id}",
                due_at=at,
                idem_key=f"{kind}:{business.id}:{day.on}:{clock}",
                payload={"day": day.on.isoformat(), "clock": clock},
            )


def _brief(session: Session, work: Work) -> None:
    business = session.get_one(Business, work.business_id)
    if _clock(business, work.kind) != work.payload["clock"] or work.now - work.due_at > _TOO_LATE:
        return
    day = Day.of(business, datetime.fromisoformat(work.payload["day"]).date())
    _BRIEFS[work.kind](session, business.id, day, work.now)


def _clock(business: Business, kind: str) -> str | None:
    policy = Policy.model_validate(business.policy)
    return policy.morning_at if kind == "morning" else policy.evening_at


HANDLERS: dict[str, Handler] = dict.fromkeys(_BRIEFS, _brief)
