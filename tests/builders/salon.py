"""A small business of the core: one place, two people who do one service, and what a test changes about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from scheduler_core.businesses.hours import TIME_OFF
from tests.builders.parts import (
    WEEKDAYS,
    Hours,
    a_block,
    a_business,
    a_customer,
    a_location,
    a_person,
    a_service,
    resource_of,
)

__all__ = ["WEEKDAYS", "Hours", "Plan", "Salon", "a_customer", "a_salon", "an_absence"]


@dataclass(frozen=True)
class Salon:
    """The ids of what was made."""

    id: int
    location: int
    service: int
    ana: int
    ben: int
    customer: int
    conversation: int


@dataclass(frozen=True)
class Plan:
    """What the salon is like. Ben may have hours of his own; ``None``: those of the place.

    ``policy``: more fields of the business's policy, ``service``: more fields of the one service. Whatever else a test
    needs it adds with ``tests.builders.parts``.
    """

    zone: str = "America/New_York"
    hours: Hours = field(default_factory=lambda: WEEKDAYS)
    ben_hours: Hours | None = None
    minutes: int = 60
    before: int = 0
    after: int = 0
    grid: int = 60
    min_notice_minutes: int = 0
    horizon_days: int = 60
    buffers_beyond_hours: bool = False
    policy: Mapping[str, Any] = field(default_factory=dict)
    service: Mapping[str, Any] = field(default_factory=dict)


def a_salon(session: Session, now: datetime, plan: Plan | None = None) -> Salon:
    plan = plan or Plan()
    policy = {
        "min_notice_minutes": plan.min_notice_minutes,
        "horizon_days": plan.horizon_days,
        "grid_minutes": plan.grid,
        "buffers_beyond_hours": plan.buffers_beyond_hours,
        **plan.policy,
    }
    salon = a_business(session, plan.zone, **policy)
    place = a_location(session, salon, plan.zone, plan.hours)
    ana = a_person(session, salon, "Ana", {place: plan.hours}, gets_notices=True)
    ben = a_person(session, salon, "Ben", {place: plan.ben_hours or plan.hours})
    service = a_service(
        session,
        salon,
        by=(ana, ben),
        **{
            "duration_minutes": plan.minutes,
            "buffer_before_minutes": plan.before,
            "buffer_after_minutes": plan.after,
            **plan.service,
        },
    )
    customer, conversation = a_customer(session, salon, now, "maria")
    return Salon(salon, place, service, ana, ben, customer, conversation)


def an_absence(session: Session, salon: Salon, staff_id: int, start: datetime, end: datetime) -> None:
    a_block(session, salon.id, resource_of(session, staff_id), start, end, TIME_OFF)
