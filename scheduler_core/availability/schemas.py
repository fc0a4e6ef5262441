"""What HTTP sees of bookable time: instants in UTC, ranges half-open."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BaseModel, Field, NaiveDatetime, model_validator

from scheduler_core.availability.diary import Spot
from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.listing import Listing
from scheduler_core.availability.search import Found, WallWish
from scheduler_core.availability.slots import Interval, instant_of, minute_from, number_of
from scheduler_core.permissions.inputs import Id, Instant

_LAST_YEAR = 2200


class Range(BaseModel):
    """[start, end) for the start of a slot."""

    start: Instant
    end: Instant

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.end <= self.start:
            raise ValueError("a range ends after it starts")
        return self

    def minutes(self) -> Interval:
        return minute_from(self.start), minute_from(self.end)


class WallTime(BaseModel):
    """A start as the clock of the location shows it, without an offset, to the minute."""

    wall: NaiveDatetime

    @model_validator(mode="after")
    def _is_a_minute_in_reach(self) -> Self:
        if self.wall.second or self.wall.microsecond or not 1990 <= self.wall.year < _LAST_YEAR:
            raise ValueError("a time to the minute between 1990 and 2200, please")
        return self

    def minutes(self) -> WallWish:
        return WallWish(number_of(self.wall.date()), self.wall.hour * 60 + self.wall.minute)


class Asked(BaseModel):
    """What is to be booked. ``also``: further services and add-ons of the same visit, in order after the first.

    Without a person anybody will do who is not in ``not_with``, without a location anywhere.
    ``customer_id``: their limits and other visits count, unless the visit is ``for_another``.
    """

    service_id: Id
    also: Annotated[list[Id], Field(max_length=9)] = []
    staff_id: Id | None = None
    location_id: Id | None = None
    customer_id: Id | None = None
    for_another: bool = False
    not_with: Annotated[list[Id], Field(max_length=50)] = []

    def question(self, business_id: int, **own: Any) -> Enquiry:
        return Enquiry(
            business_id,
            (self.service_id, *self.also),
            self.staff_id,
            self.location_id,
            **{"customer_id": self.customer_id, "for_another": self.for_another, **own},
            not_with=tuple(self.not_with),
        )


class SearchIn(Asked):
    """``wishes`` in order; none: as soon as possible. ``after`` and ``shown`` leave out what was named.

    ``order``: the first or the last times of the wish; without it, times that are spread over it. ``together``: the
    ranges are one wish, each as good as the others; its times are of one week.

    ``conversation_id``: that conversation's own hold is not in its way.
    """

    wishes: Annotated[list[Range | WallTime], Field(max_length=200)] = []
    limit: Annotated[int, Field(ge=1, le=50)] = 3
    order: Literal["soonest", "latest"] | None = None
    together: bool = False
    exclude_appointment_id: Id | None = None
    conversation_id: Id | None = None
    after: Instant | None = None
    shown: Annotated[list[Instant], Field(max_length=200)] = []


class ListIn(Asked, Range):
    """Every bookable start within [start, end); ``conversation_id``: that conversation's own hold is not in the way."""

    limit: Annotated[int, Field(ge=1, le=1000)] = 200
    conversation_id: Id | None = None


class SlotOut(BaseModel):
    """``id`` tells two slots apart that a clock shows alike; ``wall_start`` with its offset and name is that clock."""

    id: str
    start: AwareDatetime
    end: AwareDatetime
    staff_id: int
    location_id: int
    class_id: int | None = None
    wall_start: datetime
    zone_name: str

    @classmethod
    def of(cls, spot: Spot, zone: str) -> Self:
        start = instant_of(spot.start)
        local = start.astimezone(ZoneInfo(zone))
        return cls(
            id=f"{start:%Y%m%dT%H%MZ}-{spot.staff_id}-{spot.location_id}",
            start=start,
            end=instant_of(spot.end),
            staff_id=spot.staff_id,
            location_id=spot.location_id,
            class_id=spot.class_id,
            wall_start=local,
            zone_name=local.tzname() or zone,
        )


class ClosedOut(BaseModel):
    """``code``: past, too_soon, too_far, closed_day, outside_hours, person_away, off_grid, resource_busy or taken;

    customer_busy, too_many_visits, too_many_that_day or day_full for a limit; ambiguous_time or no_such_time for a wall
    time that a clock shows twice or never.
    """

    code: str
    facts: dict[str, Any]


class SearchOut(BaseModel):
    slots: list[SlotOut]
    wish: int | None
    closed: ClosedOut | None
    alternatives: list[SlotOut]

    @classmethod
    def of(cls, found: Found) -> Self:
        def shown(spots: list[Spot]) -> list[SlotOut]:
            return [SlotOut.of(spot, found.zones[spot.location_id]) for spot in spots]

        return cls(
            slots=shown(found.spots),
            wish=found.wish,
            closed=ClosedOut(code=found.closed.code, facts=found.closed.facts) if found.closed else None,
            alternatives=shown(found.alternatives),
        )


class ListOut(BaseModel):
    """``next``: ask again with this as ``start`` for the rest; ``null``: that was all."""

    items: list[SlotOut]
    next: AwareDatetime | None

    @classmethod
    def of(cls, listed: Listing) -> Self:
        return cls(
            items=[SlotOut.of(spot, listed.zones[spot.location_id]) for spot in listed.spots],
            next=instant_of(listed.next) if listed.next is not None else None,
        )


class HoldIn(Asked):
    conversation_id: Id
    start: Instant
    exclude_appointment_id: Id | None = None


class HoldOut(BaseModel):
    id: int
    expires_at: AwareDatetime
    staff_id: int
    location_id: int
