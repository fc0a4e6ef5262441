"""What HTTP hears and sees of the people who do the work, and of when they work."""

from datetime import date
from typing import Annotated, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from scheduler_core.businesses.schemas import StaffOut
from scheduler_core.businesses.schemas.fields import (
    Aliases,
    Asked,
    Clock,
    DayWindows,
    Ids,
    Name,
    Patch,
    Skills,
    Weekday,
    Zone,
)
from scheduler_core.businesses.wall import DAY_MINUTES, minute_of, overlap_in_a_week
from scheduler_core.permissions.inputs import Id


class StaffChange(Patch):
    """``zone``: the one their hours are meant in; ``null``: that of the location. ``gets_notices``: of bookings."""

    name: Name = ""
    aliases: Aliases = Field([])
    zone: Zone | None = None
    skills: Skills = Field([])
    service_ids: Ids = Field([])
    gets_notices: bool = False


class StaffIn(StaffChange):
    model_config = ConfigDict(json_schema_extra=None)

    name: Name


class StaffFull(StaffOut):
    """``resource_id`` is the person as something that can be in use; ``service_ids`` are those named for them."""

    resource_id: int
    zone: str | None
    skills: list[str]
    service_ids: list[int]
    gets_notices: bool
    archived_at: AwareDatetime | None


class WeeklyBreak(Asked):
    """[start, end) of a weekday, Monday is 0; an end after "24:00" lies in the next day."""

    weekday: Weekday
    start: Clock
    end: Clock

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if not minute_of(self.start) < min(minute_of(self.end), DAY_MINUTES):
            raise ValueError("a window starts before midnight and ends after it starts")
        return self

    @property
    def minutes(self) -> tuple[int, int]:
        return minute_of(self.start), minute_of(self.end)


class WeeklyWork(WeeklyBreak):
    location_id: Id


class WorkingWeek(Asked):
    """The whole week: where and when, and the pauses, wherever that is. Nobody is in two places at once."""

    hours: Annotated[list[WeeklyWork], Field(max_length=200)]
    breaks: Annotated[list[WeeklyBreak], Field(max_length=200)] = Field([])

    @model_validator(mode="after")
    def _lie_apart(self) -> Self:
        for windows in (self.hours, self.breaks):
            if overlap_in_a_week((each.weekday, each.minutes) for each in windows):
                raise ValueError("windows may not overlap, also from one day into the next")
        return self


class StaffDayIn(Asked):
    """That date's hours, at one location and nowhere else, in place of the weekday's; no window: a day off."""

    location_id: Id
    windows: DayWindows


class StaffDayOut(BaseModel):
    date: date
    location_id: int
    windows: list[list[str]]
