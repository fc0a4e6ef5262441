"""Every change of what a business offers and when: one after the other, recorded, and a repeated one only once."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel
from sqlalchemy.orm import Session

from scheduler_core.businesses.freed import time_freed
from scheduler_core.businesses.models import Business
from scheduler_core.businesses.policy import Policy
from scheduler_core.businesses.rows import business_to_change
from scheduler_core.db.base import Base
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.once import once

Result = TypeVar("Result")
Shown = TypeVar("Shown", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Change:
    """One change in its transaction: of which business (its row is locked), by whom and when."""

    session: Session
    caller: Caller
    now: datetime
    business: Business

    @property
    def business_id(self) -> int:
        return self.business.id

    def record(self, action: str, kind: str, key: int, **facts: Any) -> None:
        record(
            self.session,
            self.caller,
            self.now,
            business_id=self.business_id,
            action=action,
            subject=(kind, key),
            **facts,
        )

    def frees(self, start: datetime, end: datetime) -> None:
        """[start, end) may be bookable after this change, though nobody has given anything up."""
        reason = f"rules:{secrets.token_hex(12)}"
        time_freed(self.session, self.business_id, start, end, at=self.now, reason=reason)

    def frees_day(self, day: date) -> None:
        midnight = datetime.combine(day, time(), ZoneInfo(self.business.zone))
        self.frees(midnight, midnight + timedelta(days=1))

    def frees_weeks(self) -> None:
        """As far ahead as anything can be booked."""
        horizon = Policy.model_validate(self.business.policy).horizon_days
        self.frees(self.now, self.now + timedelta(days=horizon))


def change(caller: Caller, business_id: int, work: Callable[[Change], Result]) -> Result:
    """Do some work on a business's rules; raises ``NotFound`` for an unknown business."""

    def run(session: Session, now: datetime) -> Result:
        return work(Change(session, caller, now, business_to_change(session, business_id)))

    return caller.change_rules(business_id, run)


def change_once(
    caller: Caller,
    business_id: int,
    key: str,
    request: Mapping[str, BaseModel],
    work: Callable[[Change], Shown],
) -> dict[str, Any]:
    """As ``change``, but under an Idempotency-Key; ``request`` says by name what was asked."""
    asked = {name: body.model_dump(mode="json") for name, body in request.items()}

    def first_time(made: Change) -> dict[str, Any]:
        def answer() -> dict[str, Any]:
            return work(made).model_dump(mode="json")

        return once(made.session, made.now, made.business_id, key, asked, answer)

    return change(caller, business_id, first_time)


def put(row: Base, fields: Mapping[str, Any]) -> list[str]:
    """Give a row its new values; the names of those that differ."""
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    return sorted(changed)
