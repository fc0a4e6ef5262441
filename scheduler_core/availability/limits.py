"""What the policies forbid whatever is free: notice, horizon, how many visits a person or a day may have; pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler_core.availability.blueprint import Blueprint
from scheduler_core.availability.diary import SpokenFor
from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.shape import Shape
from scheduler_core.availability.slots import (
    Interval,
    day_span,
    minute_from,
    minute_of,
    wall,
)

CUSTOMER_BUSY, TOO_MANY_VISITS = "customer_busy", "too_many_visits"
TOO_MANY_THAT_DAY, DAY_FULL = "too_many_that_day", "day_full"

_ALWAYS = (-(1 << 40), 1 << 40)
_OVERRIDDEN_HORIZON = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Forbidden:
    """Starts within ``minutes`` are refused with ``code``."""

    code: str
    minutes: tuple[Interval, ...]


def bounds(shape: Shape, question: Enquiry, now: datetime) -> Interval:
    """The first and the last minute at which the visit may start."""
    if question.override:
        return minute_from(now), minute_of(now + _OVERRIDDEN_HORIZON)
    policy = shape.policy
    earliest = minute_from(now + timedelta(minutes=policy.min_notice_minutes))
    return earliest, minute_of(now + timedelta(days=policy.horizon_days))


def counts_days(shape: Shape, question: Enquiry) -> bool:
    return shape.policy.max_per_day is not None and not question.override


def counts_visits(shape: Shape, question: Enquiry) -> bool:
    """Do the customer's other visits matter?"""
    policy = shape.policy
    if question.customer_id is None or question.override:
        return False
    limited = (policy.max_upcoming_per_customer, policy.max_per_customer_per_day) != (None, None)
    return limited or not (policy.customer_may_overlap or question.for_another)


def forbidden(
    blueprint: Blueprint, shape: Shape, question: Enquiry, known: SpokenFor, now: datetime
) -> Sequence[Forbidden]:
    """Each limit that is reached, with the starts it forbids. Days are those of the business's own zone."""
    if question.override:
        return []
    policy, found = shape.policy, []
    if question.customer_id is not None:
        if not policy.customer_may_overlap and not question.for_another:
            busy = [(start - shape.minutes + 1, end) for start, end, own in known.visits if own]
            found.append(Forbidden(CUSTOMER_BUSY, tuple(busy)))
        most = policy.max_upcoming_per_customer
        if most is not None and known.upcoming >= most:
            found.append(Forbidden(TOO_MANY_VISITS, (_ALWAYS,)))
        starts = [start for start, _, _ in known.visits]
        if policy.max_per_customer_per_day is not None:
            full = _full_days(starts, blueprint.zone, policy.max_per_customer_per_day)
            found.append(Forbidden(TOO_MANY_THAT_DAY, full))
    if policy.max_per_day is not None:
        service = question.service_ids[0]
        own_limit = "max_per_day" in blueprint.services[service].own_policy
        starts = [start for start, of in known.days if not own_limit or of == service]
        found.append(Forbidden(DAY_FULL, _full_days(starts, blueprint.zone, policy.max_per_day)))
    return [each for each in found if each.minutes]


def _full_days(starts: Sequence[int], zone: str, most: int) -> tuple[Interval, ...]:
    counts = Counter(wall(zone, start)[0] for start in starts)
    full = [day for day, count in counts.items() if count >= most]
    return tuple(day_span(zone, day) for day in sorted(full))
