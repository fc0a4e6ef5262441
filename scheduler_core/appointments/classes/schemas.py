"""What HTTP sees of the meetings of a class."""

from typing import Literal

from pydantic import AwareDatetime, BaseModel

from scheduler_core.appointments.schemas import AppointmentOut
from scheduler_core.appointments.series.schemas import AmbiguousOut, ClashOut, Rule
from scheduler_core.permissions.inputs import Id, Instant


class ClassIn(BaseModel):
    """A meeting, or with an ``rrule`` (RFC 5545) a timetable of them on the wall clock of the place.

    ``clash``: where one cannot be, leave it out, or schedule nothing at all.
    """

    service_id: Id
    staff_id: Id
    location_id: Id
    start: Instant
    rrule: Rule | None = None
    clash: Literal["skip", "abort"] = "abort"


class ClassOut(BaseModel):
    """``scheduled``: staff put it there, so it stays without bookings. ``taken``: seats booked or held."""

    id: int
    service_id: int
    service_name: str
    staff_id: int
    staff_name: str
    location_id: int
    location_name: str
    zone: str
    start: AwareDatetime
    end: AwareDatetime
    scheduled: bool
    seats: int
    taken: int


class ClassFull(ClassOut):
    appointments: list[AppointmentOut]


class ClassesScheduled(BaseModel):
    scheduled: list[ClassOut]
    skipped: list[ClashOut]
    ambiguous: list[AmbiguousOut]


class ClassEnded(BaseModel):
    cancelled: list[AppointmentOut]
