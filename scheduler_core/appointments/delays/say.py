"""Somebody of the team says that they are late, will be there at some time, or are on time again."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete
from sqlalchemy.orm import Session

from scheduler_core.appointments.attend import late
from scheduler_core.appointments.delays.due import due_at
from scheduler_core.appointments.delays.schemas import DelayIn, DelayOut
from scheduler_core.appointments.delays.told import tell_waiting
from scheduler_core.appointments.models import StaffDelay
from scheduler_core.appointments.notices import tell_noticed
from scheduler_core.businesses.models import Business, StaffMember
from scheduler_core.businesses.rows import business_to_change, in_use
from scheduler_core.errors import Malformed
from scheduler_core.outbox.words import counted, words
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller

_LONGEST = timedelta(hours=24)


def say_late(
    session: Session,
    caller: Caller,
    now: datetime,
    business_id: int,
    staff_id: int,
    asked: DelayIn,
    key: str,
) -> dict[str, Any]:
    """What it does to the visits behind, as JSON; the newest word holds. ``key`` names the request.

    Raises ``NotFound`` or ``Malformed``.
    """
    caller.must_be_own_staff(staff_id)
    business = business_to_change(session, business_id)
    person = in_use(session, StaffMember, business_id, staff_id)
    until = _keep(session, business_id, staff_id, asked, now)
    before = late.minutes_late(session, business_id)
    late.reckon(session, business_id, now, until)
    visits = tell_waiting(session, caller.settings.public_url, business_id, now, staff_id, before)
    said = DelayOut(staff_id=staff_id, until=until, visits=visits)
    record(
        session,
        caller,
        now,
        business_id=business_id,
        action="delayed" if until else "on_time",
        subject=("staff_member", staff_id),
        until=until.isoformat() if until else None,
    )
    _tell_staff(session, business, person, said, key, now)
    return said.model_dump(mode="json")


def _keep(
    session: Session, business_id: int, staff_id: int, asked: DelayIn, now: datetime
) -> datetime | None:
    """Until when they are awaited; None when they are not."""
    session.execute(delete(StaffDelay).where(StaffDelay.staff_id == staff_id))
    if asked.minutes == 0:
        return None
    by = asked.until - now if asked.until else timedelta(minutes=asked.minutes or 0)
    due = due_at(session, business_id, staff_id, by, now)
    until = asked.until or due + by
    if not now < until < now + _LONGEST:
        raise Malformed("a time still to come, within a day")
    since = min(now, due)
    session.add(StaffDelay(staff_id=staff_id, business_id=business_id, since_at=since, until_at=until))
    session.flush()
    return until


def _waiting(locale: str, said: DelayOut) -> dict[str, str]:
    """How many wait, and how many of them have just been told."""
    later = sum(each.expected > each.start for each in said.visits)
    told = sum(each.outcome == "told" for each in said.visits)
    if not later:
        return {"waits": words(locale, "delayed_nobody"), "told": ""}
    return {
        "waits": counted(locale, "delayed_visits", later),
        "told": counted(locale, "delayed_told", told) if told else words(locale, "delayed_told_nobody"),
    }


def _tell_staff(
    session: Session, business: Business, person: StaffMember, said: DelayOut, key: str, now: datetime
) -> None:
    kind = "staff_delayed" if said.until else "staff_on_time"
    here = said.until.astimezone(ZoneInfo(business.zone)) if said.until else now
    facts = {
        "staff": person.name,
        "until": f"{here:%H:%M}",
        **_waiting(business.locale, said),
    }
    reason = sha256(f"{business.id}:{key}".encode()).hexdigest()[:32]
    tell_noticed(session, business.id, business.locale, kind, f"{kind}:{reason}", facts, now)
