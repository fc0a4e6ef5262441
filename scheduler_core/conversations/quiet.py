"""At night nobody is told what they have not asked for, unless their visit is near; pure."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler_core.businesses.policy import Policy

_BEFORE_THE_NIGHT = timedelta(minutes=30)


def when_to_say(now: datetime, zone: ZoneInfo, policy: Policy, visit_at: datetime) -> datetime:
    """Now, or when the quiet hours end on the clocks of ``zone``."""
    is_near = visit_at - now <= timedelta(hours=policy.quiet_spares_hours)
    return now if is_near else after_the_night(now, zone, policy)


def after_the_night(at: datetime, zone: ZoneInfo, policy: Policy) -> datetime:
    local = at.astimezone(zone)
    if not _is_quiet(local.hour, policy):
        return at
    ends = local.replace(hour=policy.quiet_until_hour, minute=0, second=0, microsecond=0, fold=0)
    return (ends if ends > local else ends + timedelta(days=1)).astimezone(UTC)


def before_the_night(at: datetime, zone: ZoneInfo, policy: Policy) -> datetime:
    """Half an hour before the quiet hours in which it lies."""
    local = at.astimezone(zone)
    if not _is_quiet(local.hour, policy):
        return at
    begins = local.replace(hour=policy.quiet_from_hour, minute=0, second=0, microsecond=0, fold=0)
    evening = begins if begins <= local else begins - timedelta(days=1)
    return evening.astimezone(UTC) - _BEFORE_THE_NIGHT


def _is_quiet(hour: int, policy: Policy) -> bool:
    begins, ends = policy.quiet_from_hour, policy.quiet_until_hour
    return begins <= hour < ends if begins <= ends else hour >= begins or hour < ends
