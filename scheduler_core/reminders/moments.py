"""When a visit is reminded of; pure."""

from datetime import UTC, datetime, time, timedelta
from zlib import crc32
from zoneinfo import ZoneInfo

from scheduler_core.businesses.policy import Ahead, DaysBefore, Policy
from scheduler_core.conversations.quiet import before_the_night

#: Visits begin on the hour; what is said by the hour is spread, but only ahead: two hours are never less than two.
SPREAD = timedelta(minutes=6)


def moment(
    ahead: Ahead, visit_at: datetime, place: ZoneInfo, night: ZoneInfo, policy: Policy, key: int
) -> datetime:
    """``place``: on whose wall the days are counted; ``night``: whose nights are quiet; ``key``: the visit's."""
    if isinstance(ahead, DaysBefore):
        day = visit_at.astimezone(place).date() - timedelta(days=ahead.days_before)
        at = datetime.combine(day, time.fromisoformat(ahead.at), place).astimezone(UTC)
    else:
        spread = timedelta(seconds=crc32(str(key).encode()) % SPREAD.total_seconds())
        at = visit_at - timedelta(hours=ahead.hours_before) - spread
    return before_the_night(at, night, policy)


def escalation(visit_at: datetime, night: ZoneInfo, policy: Policy) -> datetime | None:
    """When staff are told that nobody answered; ``None``: they do not want to be."""
    if policy.escalate_hours_before is None:
        return None
    return before_the_night(visit_at - timedelta(hours=policy.escalate_hours_before), night, policy)
