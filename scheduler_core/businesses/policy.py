"""The rules that a business sets for its bookings; a service may have some of its own.

A visit keeps the whole set that was in force when it was agreed, so a later change never touches a promise.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from scheduler_core.businesses.after_visit import AfterVisitPolicy

_YEAR_OF_MINUTES = 366 * 24 * 60

Minutes = Annotated[int, Field(ge=0, le=_YEAR_OF_MINUTES)]
Hour = Annotated[int, Field(ge=0, le=23)]
WallClock = Annotated[str, Field(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Limit = Annotated[int, Field(ge=1, le=1000)] | None


class DaysBefore(BaseModel):
    """On the wall of the visit's place, whatever the clocks do in between: "the day before at 10:00"."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    days_before: Annotated[int, Field(ge=1, le=60)]
    at: WallClock

    @property
    def name(self) -> str:
        return f"{self.days_before}d{self.at}"


class HoursBefore(BaseModel):
    """Elapsed time: 24 hours before is another wall time when the clocks change in between."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    hours_before: Annotated[int, Field(ge=1, le=336)]

    @property
    def name(self) -> str:
        return f"{self.hours_before}h"


Ahead = DaysBefore | HoursBefore


class Policy(AfterVisitPolicy):
    """``None`` for a limit means none. Fees are parts of the price; hours and minutes are elapsed time.

    ``pending_blocks``: a request that waits for approval keeps its time. ``assignment``: who is chosen when anybody
    will do – who has fewest bookings that day, or who has been idle longest; the other rule breaks ties.
    ``takeover_silence_minutes``: how long after each word of staff the assistant stays out of a conversation.
    ``quiet_from_hour`` to ``quiet_until_hour``, on the business's clock: what customers have not asked for waits until
    these end, unless it is about a visit within ``quiet_spares_hours``; from and until the same hour: no quiet hours.
    ``late_grace_minutes``: a visit that starts less late than that is on time, and what less changes is no news.
    ``morning_at`` and ``evening_at``, on that clock: when the team is told of its day, and who leads it how it went;
    ``None``: never.
    ``reminders``: when a customer is asked whether they come, but not within ``reminder_silence_hours`` of a change of
    the visit; ``escalate_hours_before`` it, staff are told of whom has not answered. Of these what a business says
    today holds for all its visits.
    ``waitlist_offer_minutes``: how long a time that became free is kept for one who waits for it; ``None``: nobody who
    waits is asked.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    min_notice_minutes: Minutes = 60
    horizon_days: Annotated[int, Field(ge=1, le=730)] = 60
    grid_minutes: Annotated[int, Field(ge=1, le=1440)] = 15
    hold_minutes: Annotated[int, Field(ge=1, le=1440)] = 10
    buffers_beyond_hours: bool = False
    approval_needed: bool = False
    pending_blocks: bool = True
    free_cancel_hours: Annotated[int, Field(ge=0, le=8760)] = 24
    late_fee_percent: Annotated[int, Field(ge=0, le=100)] = 0
    max_reschedules: Annotated[int, Field(ge=0, le=1000)] | None = None
    max_upcoming_per_customer: Limit = None
    max_per_customer_per_day: Limit = None
    max_per_day: Limit = None
    customer_may_overlap: bool = False
    assignment: Literal["fewest", "longest_idle"] = "fewest"
    takeover_silence_minutes: Annotated[int, Field(ge=1, le=_YEAR_OF_MINUTES)] = 120
    quiet_from_hour: Hour = 21
    quiet_until_hour: Hour = 8
    quiet_spares_hours: Annotated[int, Field(ge=0, le=168)] = 12
    late_grace_minutes: Annotated[int, Field(ge=1, le=240)] = 10
    morning_at: WallClock | None = "07:30"
    evening_at: WallClock | None = "20:00"
    reminders: Annotated[tuple[Ahead, ...], Field(max_length=5)] = (
        DaysBefore(days_before=1, at="10:00"),
        HoursBefore(hours_before=2),
    )
    reminder_silence_hours: Annotated[int, Field(ge=0, le=168)] = 4
    escalate_hours_before: Annotated[int, Field(ge=1, le=168)] | None = None
    waitlist_offer_minutes: Annotated[int, Field(ge=5, le=1440)] | None = 30

    def with_own(self, own: Mapping[str, Any]) -> Self:
        """This policy with what a service says for itself; raises pydantic's ``ValidationError``."""
        return type(self).model_validate({**self.model_dump(), **own}) if own else self

    def free_cancel_until(self, start: datetime) -> datetime:
        return start - timedelta(hours=self.free_cancel_hours)

    def late_fee_minor(self, price_minor: int) -> int:
        """What a cancellation after the free time costs, in the currency's smallest unit."""
        return price_minor * self.late_fee_percent // 100
