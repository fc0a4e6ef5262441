"""What HTTP hears and sees of a location, and of the days on which it is not open as usual."""

from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, Field

from scheduler_core.businesses.schemas import LocationOut
from scheduler_core.businesses.schemas.fields import (
    Asked,
    Day,
    DayWindows,
    Name,
    Patch,
    Reason,
    Span,
    Stripped,
    WeekHours,
    Zone,
)

_Address = Annotated[Stripped, Field(min_length=1, max_length=200)]


class LocationChange(Patch):
    name: Name = ""
    address: _Address = ""
    zone: Zone = ""


class LocationIn(LocationChange):
    """A new location; ``zone`` is the business's unless it says otherwise, and without ``hours`` it does not open."""

    name: Name
    address: _Address
    hours: WeekHours = Field({})


class LocationFull(LocationOut):
    """``archived_at``: since when it is no longer booked; ``None``: it is."""

    archived_at: AwareDatetime | None


class DayHoursIn(Asked):
    """That date's hours in place of the weekday's; no window: none that day."""

    windows: DayWindows


class DayHoursOut(BaseModel):
    date: date
    windows: list[list[str]]


class HolidaysIn(Asked):
    name: Name
    dates: Annotated[list[Day], Field(min_length=1, max_length=400)]


class HolidayOut(BaseModel):
    date: date
    name: str


class HolidaysOut(BaseModel):
    items: list[HolidayOut]


class ClosureIn(Span):
    reason: Reason | None = None


class ClosureOut(BaseModel):
    id: int
    start: AwareDatetime
    end: AwareDatetime
    reason: str | None
