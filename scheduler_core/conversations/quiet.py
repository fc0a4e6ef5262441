"""At night nobody is told what they have not asked for, unless their visit is near; pure."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler_core.businesses.policy import Policy


def when_to_say(now: datetime, zone: ZoneInfo, policy: Policy, visit_at: datetime) -> datetime:
    """Now, or when the quiet hours end on the clocks of ``zone``."""
    local = now.astimezone(zone)
    is_near = visit_at - now <= timedelta(hours=policy.quiet_spares_hours)
    if is_near or not _is_quiet(local.hour, policy):
        return now
    ends = local.replace(hour=policy.quiet_until_hour, minute=0, second=0, microsecond=0, fold=0)
    return (ends if ends > local else ends + timedelta(days=1)).astimezone(UTC)


def _is_quiet(hour: int, policy: Policy) -> bool:
    begins, ends = policy.quiet_from_hour, policy.quiet_until_hour
    return begins <= hour < ends if begins <= ends else hour >= begins or hour < ends
