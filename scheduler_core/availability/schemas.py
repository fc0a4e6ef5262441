"""What HTTP sees of bookable time: instants in UTC, ranges half-open."""

from typing import Annotated, Any, Self

from pydantic import AwareDatetime, BaseModel, Field, model_validator

from scheduler_core.availability.board import Spot
from scheduler_core.availability.search import Found
from scheduler_core.availability.slots import instant_of
from scheduler_core.permissions.inputs import Id, Instant


class Range(BaseModel):
    """[start, end) for the start of a slot."""

    start: Instant
    end: Instant

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.end <= self.start:
            raise ValueError("a range ends after it starts")
        return self


class SearchIn(BaseModel):
    """``wishes`` in order; none: as soon as possible. ``after`` and ``shown`` leave out what was named.

    ``conversation_id``: that conversation's own hold is not in its way.
    """

    service_id: Id
    staff_id: Id | None = None
    location_id: Id | None = None
    wishes: Annotated[list[Range], Field(max_length=200)] = []
    limit: Annotated[int, Field(ge=1, le=50)] = 3
    exclude_appointment_id: Id | None = None
    conversation_id: Id | None = None
    after: Instant | None = None
    shown: Annotated[list[Instant], Field(max_length=200)] = []


class SlotOut(BaseModel):
    start: AwareDatetime
    end: AwareDatetime
    staff_id: int
    location_id: int

    @classmethod
    def of(cls, spot: Spot, duration: int) -> Self:
        return cls(
            start=instant_of(spot.start),
            end=instant_of(spot.start + duration),
            staff_id=spot.staff_id,
            location_id=spot.location_id,
        )


class ClosedOut(BaseModel):
    """``code``: past, too_soon, too_far, closed_day, outside_hours, person_away, off_grid or taken."""

    code: str
    facts: dict[str, Any]


class SearchOut(BaseModel):
    slots: list[SlotOut]
    wish: int | None
    closed: ClosedOut | None
    alternatives: list[SlotOut]

    @classmethod
    def of(cls, found: Found) -> Self:
        return cls(
            slots=[SlotOut.of(spot, found.duration) for spot in found.spots],
            wish=found.wish,
            closed=ClosedOut(code=found.closed.code, facts=found.closed.facts) if found.closed else None,
            alternatives=[SlotOut.of(spot, found.duration) for spot in found.alternatives],
        )


class HoldIn(BaseModel):
    conversation_id: Id
    service_id: Id
    staff_id: Id
    location_id: Id
    start: Instant
    exclude_appointment_id: Id | None = None


class HoldOut(BaseModel):
    id: int
    expires_at: AwareDatetime
