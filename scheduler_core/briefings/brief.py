"""Tell the team of their day: once a day each, on their page and in their chats."""

from datetime import datetime

from sqlalchemy.orm import Session

from scheduler_core.briefings.day import Day
from scheduler_core.briefings.evening import evening
from scheduler_core.briefings.morning import mornings
from scheduler_core.businesses.queries import leaders
from scheduler_core.outbox.enqueue import tell_staff


def brief_morning(session: Session, business_id: int, day: Day, now: datetime) -> None:
    """Everybody who has visits that day."""
    for staff_id, facts in mornings(session, business_id, day):
        kind = "staff_morning_one" if facts["count"] == 1 else "staff_morning"
        _tell(session, business_id, staff_id, kind, "morning", facts, day, now)


def brief_evening(session: Session, business_id: int, day: Day, now: datetime) -> None:
    """Who leads the house; nobody, when there is nothing to tell."""
    facts = evening(session, business_id, day, now)
    if facts is None:
        return
    for staff_id in leaders(session, business_id):
        _tell(session, business_id, staff_id, "staff_evening", "evening", facts, day, now)


def _tell(
    session: Session,
    business_id: int,
    staff_id: int,
    kind: str,
    when: str,
    facts: dict[str, object],
    day: Day,
    now: datetime,
) -> None:
    tell_staff(
        session,
        business_id=business_id,
        staff_id=staff_id,
        kind=kind,
        idem_key=f"{when}:{staff_id}:{day.on}",
        language=day.locale.language,
        facts=facts,
        now=now,
    )
