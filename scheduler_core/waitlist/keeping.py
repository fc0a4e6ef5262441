"""Until when a time is kept for the one who is asked; pure.

The minutes count only while the customer may be written to, so nobody loses a time in their sleep. The nearer the
visit the fewer they are: never more than half of what is left until it can no longer be booked, so that somebody else
can still be asked.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler_core.businesses.policy import Policy
from scheduler_core.conversations.quiet import when_to_say

#: Nobody can be expected to answer faster.
LEAST = timedelta(minutes=5)


def kept_until(now: datetime, start: datetime, zone: ZoneInfo, policy: Policy) -> datetime | None:
    """For a visit at ``start``, asked about ``now`` or when the night is over; ``None``: it is too near to ask."""
    if policy.waitlist_offer_minutes is None:
        return None
    said_at = when_to_say(now, zone, policy, start)
    last = start - timedelta(minutes=policy.min_notice_minutes)
    span = min(timedelta(minutes=policy.waitlist_offer_minutes), (last - said_at) / 2)
    if span < LEAST:
        return None
    until = min(_after_waking(said_at, span, start, zone, policy), last)
    return until.replace(second=0, microsecond=0) if until - said_at >= LEAST else None


def _after_waking(
    said_at: datetime, span: timedelta, start: datetime, zone: ZoneInfo, policy: Policy
) -> datetime:
    """When ``span`` has passed in which they may be written to."""
    moment = said_at
    while span:
        moment = when_to_say(moment, zone, policy, start)
        step = min(span, _night_after(moment, zone, policy) - moment)
        if start - moment <= timedelta(hours=policy.quiet_spares_hours):
            step = span
        moment, span = moment + step, span - step
    return moment


def _night_after(moment: datetime, zone: ZoneInfo, policy: Policy) -> datetime:
    local = moment.astimezone(zone)
    begins = local.replace(hour=policy.quiet_from_hour, minute=0, second=0, microsecond=0, fold=0)
    return (begins if begins > local else begins + timedelta(days=1)).astimezone(UTC)
